/**
 * The command line: options in, parts put together, exit codes out.
 *
 * <p>The only package that knows all the others.
 */
package voiptui.cli;
