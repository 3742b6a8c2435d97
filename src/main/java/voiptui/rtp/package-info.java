/**
 * Media packets on the wire, and the statistics of receiving them.
 *
 * <p>Imports {@code time} only. Knows layouts and sequence numbers, not sockets and not sound.
 */
@NullMarked
package voiptui.rtp;

import org.jspecify.annotations.NullMarked;
