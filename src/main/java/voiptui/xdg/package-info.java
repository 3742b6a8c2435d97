/**
 * Where a user's files belong. Stateless; any thread. Imports nothing of ours.
 */
@NullMarked
package voiptui.xdg;

import org.jspecify.annotations.NullMarked;
