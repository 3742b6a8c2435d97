/**
 * The screen of a phone that waits for calls: who is there, who calls, whom to call; and in a call the screen of that call.
 *
 * <pre>
 * {@link voiptui.tui.phone.PhoneModel}   what is known, immutable; in a call with the call's own model in it
 * {@link voiptui.tui.phone.PhoneUpdate}  an event or the time in, the next model out, and the bell
 * {@link voiptui.tui.phone.PhoneKeys}    a key in, the next model and commands out
 * {@link voiptui.tui.phone.PhoneView}    a model in, cells out
 * </pre>
 *
 * <p>Imports {@code event}, {@code report} for words, the parent package, and {@code tui.call} for its program.
 */
@NullMarked
package voiptui.tui.phone;

import org.jspecify.annotations.NullMarked;
