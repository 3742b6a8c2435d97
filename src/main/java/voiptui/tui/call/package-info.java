/**
 * The screen of a call: what a user needs to see why it sounds as it does.
 *
 * <pre>
 * {@link voiptui.tui.call.CallModel}   what is known, immutable
 * {@link voiptui.tui.call.CallUpdate}  an event or the time in, the next model out
 * {@link voiptui.tui.call.CallKeys}    a key in, the next model and commands out
 * {@link voiptui.tui.call.CallView}    a model in, cells out; one class for each pane
 * </pre>
 *
 * <p>Imports {@code event}, {@code report} for words, and the parent package. Knows nothing of a call's own logic.
 */
@NullMarked
package voiptui.tui.call;

import org.jspecify.annotations.NullMarked;
