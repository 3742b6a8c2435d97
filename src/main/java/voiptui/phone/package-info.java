/**
 * A phone that waits for calls: who is there, who rings, one call after the other.
 *
 * <p>Imports {@code call} and what stands below. Knows nothing of terminals.
 */
@NullMarked
package voiptui.phone;

import org.jspecify.annotations.NullMarked;
