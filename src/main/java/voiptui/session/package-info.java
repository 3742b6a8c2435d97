/**
 * A client's line to a relay of the second protocol: the TLS connection, signing in, heartbeats, coming back; and the way
 * that media takes, by UDP or through the TLS connection.
 *
 * <pre>
 * line thread   signals, time → LineMachine → listener, events                RelayLine
 * line-in       connect, handshake, frames → line thread, path thread         LineConnection
 * line-out      bounded queue → TLS                                           LineConnection
 * path thread   UDP → answers to PathMachine, the rest to the call's handler  UdpPath
 * </pre>
 *
 * <p>Imports {@code identity}, {@code signal}, {@code net}, {@code event} and {@code time}. Knows nothing of calls and
 * sound.
 */
@NullMarked
package voiptui.session;

import org.jspecify.annotations.NullMarked;
