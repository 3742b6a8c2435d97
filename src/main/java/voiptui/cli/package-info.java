/**
 * The command line: options in, parts put together, exit codes out.
 *
 * <p>The only package that knows all the others.
 */
@NullMarked
package voiptui.cli;

import org.jspecify.annotations.NullMarked;
