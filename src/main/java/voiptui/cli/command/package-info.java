/** The subcommands: each checks its options, creates the parts that it needs and runs them. May import every package. */
@NullMarked
package voiptui.cli.command;

import org.jspecify.annotations.NullMarked;
