/**
 * The relay: registers clients over TCP and passes their media on over UDP, payload untouched. Headless.
 *
 * <p>Two threads, each the owner of its own half; between them go messages only, never a lock:
 *
 * <pre>
 * relay-control   connection → {@link voiptui.relay.control.ClassicConnection} (one message) → {@link voiptui.relay.control.ClassicRequestHandler}
 *                 → {@link voiptui.relay.call.ClassicRegistry} (who is there, who talks with whom) → {@link voiptui.relay.media.MediaPlane}
 * relay-media     socket → {@link voiptui.relay.media.MediaLoop} → {@link voiptui.relay.media.Forwarder} (look up sender, count, pass on) → socket
 * </pre>
 *
 * <p>On the control thread the second protocol's clients, called <em>stations</em>, stand beside the classic ones:
 *
 * <pre>
 * {@link voiptui.relay.call.SessionChannel} (a connection) → {@link voiptui.relay.call.Registrar} (who is signed in, under which name)
 *                 → {@link voiptui.relay.call.CallMessageHandler} (what is said about calls) → {@link voiptui.relay.call.CallController} (the calls) → {@link voiptui.relay.media.MediaPlane}
 * {@link voiptui.relay.call.ClassicRegistry} → {@link voiptui.relay.call.ClassicBridge} (a classic client alone makes a call) → {@link voiptui.relay.call.CallController}
 * </pre>
 *
 * <p>The control thread tells the media thread what to do through {@link voiptui.relay.media.MediaPlane}; the media thread
 * leaves what it saw of each client in a {@link voiptui.relay.media.FlowStats}.
 *
 * <p>Imports {@code identity}, {@code signal}, {@code net}, {@code event}, {@code time} and the packet header of {@code rtp}; never
 * {@code audio}, {@code codec}, {@code jitter} or {@code tui}.
 */
@NullMarked
package voiptui.relay;

import org.jspecify.annotations.NullMarked;
