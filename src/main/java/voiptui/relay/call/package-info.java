/**
 * The relay's rules, without sockets: who is signed in, which phones ring, who is connected with whom.
 *
 * <pre>
 * v2 connection  → {@link voiptui.relay.call.Registrar} (sign-in, sessions) → {@link voiptui.relay.call.CallMessageHandler} (messages about calls)
 *                → {@link voiptui.relay.call.CallController} (state of the calls) → {@code relay.media.MediaPlane}
 *                → {@link voiptui.relay.call.CallNotifier} (messages about calls) → v2 connections
 * classic message → {@link voiptui.relay.call.ClassicRegistry} (registrations, pairs) → {@code relay.media.MediaPlane}
 *                → {@link voiptui.relay.call.ClassicBridge} (a classic client without a peer calls) → {@link voiptui.relay.call.CallController}
 * </pre>
 *
 * <p>Everything here is owned by the control thread. Replies leave through {@link voiptui.relay.session.SessionChannel};
 * addresses are values, no socket is touched. What a session is apart from its calls is in {@code relay.session}, and who is told
 * that it is online in {@code relay.presence}; both see a {@link voiptui.relay.call.ClientSession} through interfaces of their own.
 *
 * <p>Imports {@code relay.admission}, {@code relay.directory}, {@code relay.presence}, {@code relay.session}, {@code relay.media},
 * {@code relay.media.measure}, {@code protocol}, {@code protocol.classic}, {@code protocol.offer}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.call;

import org.jspecify.annotations.NullMarked;
