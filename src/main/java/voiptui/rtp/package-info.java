/**
 * Media packets on the wire (RTP, the classic packet), their sources, sequence numbers, timestamps and jitter.
 *
 * <p>Imports {@code time} only. Knows layouts and sequence numbers, but neither sockets nor audio.
 */
@NullMarked
package voiptui.rtp;

import org.jspecify.annotations.NullMarked;
