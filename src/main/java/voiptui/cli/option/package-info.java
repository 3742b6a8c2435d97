/**
 * Groups of options that several commands share, and what they mean as configurations. May import every package except
 * {@code cli.command} and {@code cli.run}.
 */
@NullMarked
package voiptui.cli.option;

import org.jspecify.annotations.NullMarked;
