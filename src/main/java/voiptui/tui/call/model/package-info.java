/**
 * What the call screen shows, as immutable records. {@link voiptui.tui.call.model.CallModel} is the root.
 *
 * <p>No threads, no drawing. Imports {@code event}, {@code tui.device}, {@code tui.key} and {@code tui.widget}.
 */
@NullMarked
package voiptui.tui.call.model;

import org.jspecify.annotations.NullMarked;
