/**
 * The screen of a phone: people, recent calls, the headset, an incoming or outgoing call; during a call, the screen of that call.
 *
 * <pre>
 * {@link voiptui.tui.phone.PhoneModel}   what is shown, immutable; includes the model of the active call
 * {@link voiptui.tui.phone.PhoneUpdate}  event or time in, next model and bell out
 * {@link voiptui.tui.phone.PhoneKeys}    key in, next model and commands out
 * {@link voiptui.tui.phone.PhoneView}    model in, cells out
 * </pre>
 *
 * <p>Everything runs on the UI thread. Imports {@code event}, {@code report} for wording, {@code tui}, {@code
 * tui.key}, {@code tui.terminal}, {@code tui.terminal.input} and {@code tui.widget}, and {@code tui.call} with {@code tui.call.model}
 * for the screen of a call, and {@code tui.device}.
 */
@NullMarked
package voiptui.tui.phone;

import org.jspecify.annotations.NullMarked;
