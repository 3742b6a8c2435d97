/**
 * A v2 client's session with a relay: TLS connection, sign-in, heartbeats and reconnection; and the media path, over UDP or
 * through the TLS connection.
 *
 * <pre>
 * session thread  messages, timers → SessionMachine → listener, events           RelaySession
 * session-in      connect, handshake, frames → session thread, path thread       TlsConnection
 * session-out     bounded queue → TLS                                            TlsConnection
 * path thread     UDP → answers to PathMachine, the rest to the call's handler   MediaTransport
 * </pre>
 *
 * <p>Imports {@code identity}, {@code protocol}, {@code protocol.offer}, {@code net}, {@code net.ssh}, {@code event} and
 * {@code time}.
 */
@NullMarked
package voiptui.session;

import org.jspecify.annotations.NullMarked;
