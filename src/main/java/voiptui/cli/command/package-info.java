/** The subcommands, one class each. */
@NullMarked
package voiptui.cli.command;

import org.jspecify.annotations.NullMarked;
