/**
 * A client's line to a relay of the second protocol: the TLS connection, signing in, heartbeats, coming back; and the way
 * that media takes, by UDP or through the TLS connection.
 *
 * <p>Imports {@code identity}, {@code signal}, {@code net}, {@code event} and {@code time}. Knows nothing of calls and
 * sound.
 */
package voiptui.line;
