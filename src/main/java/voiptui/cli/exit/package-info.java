/** Exit statuses, and the failure that carries one. */
@NullMarked
package voiptui.cli.exit;

import org.jspecify.annotations.NullMarked;
