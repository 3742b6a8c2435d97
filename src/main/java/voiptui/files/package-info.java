/**
 * Where a user's files belong, who may read them, and how they are replaced. Stateless; any thread. Imports nothing of ours.
 */
@NullMarked
package voiptui.files;

import org.jspecify.annotations.NullMarked;
