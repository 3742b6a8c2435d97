/**
 * Control messages between client and relay, classic and v2, and their wire format.
 *
 * <p>Classic: one message per TCP connection, no terminator; the relay answers and closes. V2: frames in a TLS stream, and
 * bind datagrams for media. Imports {@code net}.
 */
@NullMarked
package voiptui.protocol;

import org.jspecify.annotations.NullMarked;
