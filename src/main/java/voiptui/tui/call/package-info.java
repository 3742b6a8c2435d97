/**
 * The screen of a call: what a user needs to see why it sounds the way it does.
 *
 * <pre>
 * {@link voiptui.tui.call.model.CallModel}   what is shown, immutable
 * {@link voiptui.tui.call.CallUpdate}  event or time in, next model out
 * {@link voiptui.tui.call.CallKeys}    key in, next model and commands out
 * {@link voiptui.tui.call.CallView}    model in, cells out; one class for each pane in {@code tui.call.pane}
 * </pre>
 *
 * <p>Everything runs on the UI thread. Imports {@code event}, {@code report} for wording, {@code tui}, {@code
 * tui.call.model}, {@code tui.call.pane}, {@code tui.device}, {@code tui.key}, {@code tui.terminal}, {@code tui.terminal.input}
 * and {@code tui.widget}.
 */
@NullMarked
package voiptui.tui.call;

import org.jspecify.annotations.NullMarked;
