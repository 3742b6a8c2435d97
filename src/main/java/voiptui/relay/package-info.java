/**
 * The relay: registers clients over TCP and passes their media on over UDP, payload untouched. Headless.
 *
 * <p>Two threads, each the owner of its own half; between them go messages only, never a lock:
 *
 * <pre>
 * relay-control   connection → {@link voiptui.relay.ControlConnection} (one message) → {@link voiptui.relay.ControlDesk}
 *                 → {@link voiptui.relay.ClientRegistry} (who is there, who talks with whom) → {@link voiptui.relay.MediaPlane}
 * relay-media     socket → {@link voiptui.relay.MediaLoop} → {@link voiptui.relay.Forwarder} (look up sender, count, pass on) → socket
 * </pre>
 *
 * <p>On the control thread the second protocol's clients, called <em>stations</em>, stand beside the classic ones:
 *
 * <pre>
 * {@link voiptui.relay.StationPort} (a connection) → {@link voiptui.relay.Switchboard} (who is signed in, under which name)
 *                 → {@link voiptui.relay.CallDesk} (what is said about calls) → {@link voiptui.relay.Exchange} (the calls) → {@link voiptui.relay.MediaPlane}
 * {@link voiptui.relay.ClientRegistry} → {@link voiptui.relay.ClassicBridge} (a classic client alone makes a call) → {@link voiptui.relay.Exchange}
 * </pre>
 *
 * <p>The control thread tells the media thread what to do through {@link voiptui.relay.MediaPlane}; the media thread
 * leaves what it saw of each client in a {@link voiptui.relay.MediaStatus}.
 *
 * <p>Imports {@code identity}, {@code signal}, {@code net}, {@code event}, {@code time} and the packet header of {@code rtp}; never
 * {@code audio}, {@code codec}, {@code jitter} or {@code tui}.
 */
package voiptui.relay;
