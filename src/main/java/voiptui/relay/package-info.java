/**
 * The relay: registers clients over TCP and forwards their media over UDP, payload untouched. Headless.
 *
 * <p>The control thread owns one half, the media threads the other; they exchange messages only, never a lock:
 *
 * <pre>
 * relay-control  TCP socket → first byte → TLS: {@link voiptui.relay.control.ClientConnection v2} or {@link voiptui.relay.control.ClassicConnection classic}
 *                → rules ({@link voiptui.relay.registrar}, {@link voiptui.relay.call}): {@link voiptui.relay.registrar.Registrar} and {@link voiptui.relay.call.CallController}, or {@link voiptui.relay.call.ClassicRegistry}
 *                → {@link voiptui.relay.media.MediaPlane}
 * relay-media    UDP socket → {@link voiptui.relay.media.MediaLoop} → {@link voiptui.relay.media.Forwarder} (find the sender's flow, count, forward to its peer) → UDP socket
 * </pre>
 *
 * <p>The control thread instructs the media threads through {@link voiptui.relay.media.MediaPlane}; a media thread
 * publishes what it saw of each client in a {@link voiptui.relay.media.measure.FlowStats}. TLS handshakes are computed on the
 * thread {@code relay-tls}, files of the state directory are read and written on {@code relay-state}, and the operator's
 * commands arrive on {@code relay-ops}.
 *
 * <p>This package wires the sub-packages together. It imports {@code relay.control}, {@code relay.control.limit}, {@code relay.registrar}, {@code relay.call},
 * {@code relay.admission}, {@code relay.directory}, {@code relay.media}, {@code relay.media.measure}, {@code relay.media.socket},
 * {@code relay.metrics}, {@code relay.ops}, {@code relay.cluster}, {@code relay.cluster.node}, {@code identity},
 * {@code protocol.classic}, {@code net}, {@code event} and {@code time}. No part of the relay imports {@code audio}, {@code codec}, {@code jitter}, {@code media} or {@code tui}.
 */
@NullMarked
package voiptui.relay;

import org.jspecify.annotations.NullMarked;
