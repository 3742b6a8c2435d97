/** Options that several commands share, and their validation. */
package voiptui.cli.option;
