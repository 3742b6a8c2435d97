/**
 * Addresses and their look-up, UDP sockets, TCP connections and requests, for client and relay.
 *
 * <p>Imports {@code time} only. Knows bytes, not their meaning.
 */
@NullMarked
package voiptui.net;

import org.jspecify.annotations.NullMarked;
