/**
 * Load for a relay: thousands of light phones, and what they measure ({@code voiptui bench relay}).
 *
 * <pre>
 * {@link voiptui.bench.RelayBench}   signs phones in, connects calls, measures more and more of them
 * {@link voiptui.bench.Ramp}         how many calls are tried next
 * {@link voiptui.bench.LightPhone}   a v2 phone without threads: TLS, sign-in, heartbeats, calls
 * {@link voiptui.bench.ClassicPhone} a classic client: registration and heartbeats
 * {@link voiptui.bench.PhoneMedia}   the UDP traffic of all of them: binds, RTP and classic packets
 * {@link voiptui.bench.RelayChild}   a relay of the bench's own, as a process
 * </pre>
 *
 * <p>On the wire all is as with real phones. Imports {@code relay}, {@code relay.media.linux}, {@code relay.media.socket}, {@code identity}, {@code protocol}, {@code protocol.classic}, {@code protocol.offer}
 * and {@code rtp}.
 */
@NullMarked
package voiptui.bench;

import org.jspecify.annotations.NullMarked;
