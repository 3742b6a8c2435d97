/** Exit statuses, and the exception that carries one. Imports {@code call} and {@code event}. */
@NullMarked
package voiptui.cli.exit;

import org.jspecify.annotations.NullMarked;
