/**
 * The command line: parses options, wires the parts together, runs them, and returns the exit status.
 *
 * <p>{@code cli.option} holds the options, {@code cli.config} their values from environment and file, {@code cli.command} the
 * commands, {@code cli.run} what presents a running call or relay, {@code cli.exit} the exit statuses. The only packages that may import all others.
 */
@NullMarked
package voiptui.cli;

import org.jspecify.annotations.NullMarked;
