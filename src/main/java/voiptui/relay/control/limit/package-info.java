/**
 * Limits for strangers on the relay's TCP side: who may connect, who may make a TLS handshake and when, who gives way.
 *
 * <pre>
 * {@link voiptui.relay.control.limit.AcceptThrottle}      accepts fewer connections while too many are pending
 * {@link voiptui.relay.control.limit.PendingConnections}  connections that nobody has signed in on; whose give way, whose are turned away
 * {@link voiptui.relay.control.limit.BlockedConnections}  addresses that the operator has blocked; few are told so
 * {@link voiptui.relay.control.limit.HandshakeLimiter}    how many handshakes an address and its networks may make
 * {@link voiptui.relay.control.limit.HandshakeQueue}      handshakes in progress and waiting: whose turn it is
 * {@link voiptui.relay.control.limit.NetworkTally}        finds the network with the most of anything
 * </pre>
 *
 * <p>Owned by the thread {@code relay-control}. Imports {@code net}, {@code event} and {@code time}.
 */
@NullMarked
package voiptui.relay.control.limit;

import org.jspecify.annotations.NullMarked;
