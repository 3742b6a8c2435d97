/**
 * Control messages of v2 between client and relay, and their wire format: frames in a TLS stream, and bind datagrams for
 * media. Classic messages are in {@code protocol.classic}. Imports {@code protocol.offer} and {@code net}.
 */
@NullMarked
package voiptui.protocol;

import org.jspecify.annotations.NullMarked;
