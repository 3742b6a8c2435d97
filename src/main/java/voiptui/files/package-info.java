/**
 * Where a user's files belong, and who may read them. Stateless; any thread. Imports nothing of ours.
 */
@NullMarked
package voiptui.files;

import org.jspecify.annotations.NullMarked;
