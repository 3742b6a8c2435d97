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
 * <p>The control thread tells the media thread what to do through {@link voiptui.relay.MediaPlane}; the media thread
 * leaves what it saw of each client in a {@link voiptui.relay.MediaStatus}.
 *
 * <p>Imports {@code signal}, {@code net}, {@code event}, {@code time} and the packet header of {@code rtp}; never
 * {@code audio}, {@code codec}, {@code jitter} or {@code tui}.
 */
package voiptui.relay;
