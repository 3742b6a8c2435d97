/**
 * The phone: who is online, incoming and missed calls, ringing, and one call after the other.
 *
 * <pre>
 * session thread  {@link voiptui.session.RelaySession} reports; each report is queued for the phone thread
 * phone thread    {@link voiptui.phone.PhoneSession}: queue, {@link voiptui.phone.PhoneMachine}, {@link voiptui.call.Call}
 * ringer thread   {@link voiptui.phone.Ringer}: opens the speaker and plays the ring tone
 * </pre>
 *
 * <p>The machine asks {@link voiptui.phone.CallScreening} whether a caller may ring; {@link voiptui.phone.RingingCalls} are the calls that do.
 * {@link voiptui.phone.EncryptionScreening} judges their fingerprints by the {@link voiptui.phone.peers.PeerBook}.
 * {@link voiptui.phone.FallbackCall} repeats a call with the classic protocol if the relay is a classic one. Imports
 * {@code phone.peers}, {@code call}, {@code media}, {@code media.device}, {@code session}, {@code identity}, {@code audio}, {@code audio.dsp},
 * {@code protocol}, {@code protocol.offer}, {@code net}, {@code event} and {@code time}; knows nothing of terminals.
 */
@NullMarked
package voiptui.phone;

import org.jspecify.annotations.NullMarked;
