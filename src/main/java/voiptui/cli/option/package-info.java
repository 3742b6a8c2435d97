/** Options that several commands share, and their validation. */
@NullMarked
package voiptui.cli.option;

import org.jspecify.annotations.NullMarked;
