/**
 * Media packets on the wire (RTP, RTCP, the classic packet) and reception statistics.
 *
 * <p>Imports {@code time} only. Knows layouts and sequence numbers, but neither sockets nor audio.
 */
@NullMarked
package voiptui.rtp;

import org.jspecify.annotations.NullMarked;
