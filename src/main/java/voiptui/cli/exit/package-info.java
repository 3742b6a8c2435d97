/** Exit statuses, and the failure that carries one. */
package voiptui.cli.exit;
