/**
 * The relay's TCP side on the thread {@code relay-control}: Netty connections, TLS and framing; limits for strangers are in
 * {@code relay.control.limit}.
 *
 * <pre>
 * {@link voiptui.relay.control.ControlServer} accepts → {@link voiptui.relay.control.ProtocolDetector} reads the first byte
 *   classic: {@link voiptui.relay.control.ClassicConnection} (one message) → {@link voiptui.relay.control.ClassicRequestHandler} → {@code ClassicRegistry}
 *   v2:      {@link voiptui.relay.control.TlsAcceptor} → TLS → {@link voiptui.relay.control.ControlFrameDecoder} → {@link voiptui.relay.control.ClientConnection} → {@code SessionHandler}
 * </pre>
 *
 * <p>{@link voiptui.relay.control.TlsEngines} are the implementations of TLS. Certificates are checked, and without BoringSSL whole
 * handshakes computed, on the thread {@code relay-tls}; the media thread writes to a client's TLS connection
 * through {@link voiptui.relay.control.TlsTunnel}.
 *
 * <p>Imports {@code relay.control.limit}, {@code relay.registrar}, {@code relay.call}, {@code relay.session}, {@code relay.media}, {@code identity}, {@code natives},
 * {@code protocol}, {@code protocol.classic}, {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.control;

import org.jspecify.annotations.NullMarked;
