/** The subcommands, one class each. */
package voiptui.cli.command;
