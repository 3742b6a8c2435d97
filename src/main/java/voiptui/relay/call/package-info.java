/**
 * The relay's rules about calls, without sockets: which phones ring, who is connected with whom; and the registered classic clients.
 *
 * <pre>
 * messages of v2 clients, checked by {@code relay.registrar} → {@link voiptui.relay.call.CallMessageHandler} (messages about calls)
 *                → {@link voiptui.relay.call.CallController} (state of the calls) → {@code relay.media.MediaPlane}
 *                → {@link voiptui.relay.call.CallNotifier} (messages about calls) → v2 connections
 * classic message → {@link voiptui.relay.call.ClassicRegistry} (registrations, pairs) → {@code relay.media.MediaPlane}
 *                → {@link voiptui.relay.call.ClassicBridge} (a classic client without a peer calls) → {@link voiptui.relay.call.CallController}
 * message of another relay → {@link voiptui.relay.call.RemoteCalls} → {@link voiptui.relay.call.CallController}
 * </pre>
 *
 * <p>Everything here is owned by the control thread. Replies leave through {@link voiptui.relay.session.SessionChannel};
 * addresses are values, no socket is touched. What a session is apart from its calls is in {@code relay.session}, and who is told
 * that it is online in {@code relay.presence}; both see a {@link voiptui.relay.call.ClientSession} through interfaces of their own.
 *
 * <p>Imports {@code relay.admission}, {@code relay.presence}, {@code relay.session}, {@code relay.media},
 * {@code relay.media.measure}, {@code protocol}, {@code protocol.classic}, {@code protocol.offer}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.call;

import org.jspecify.annotations.NullMarked;
