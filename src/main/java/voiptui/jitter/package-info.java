/**
 * From packets as the network delivers them to frames at the pace of the speaker: reordering, playout delay, and the
 * decision what to play next.
 *
 * <p>Imports {@code rtp} and {@code time}. Knows payload bytes, not samples.
 */
@NullMarked
package voiptui.jitter;

import org.jspecify.annotations.NullMarked;
