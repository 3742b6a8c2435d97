/**
 * Turns packets as the network delivers them into frames at the pace of the speaker: reordering, playout delay, and the
 * decision what to play next.
 *
 * <p>The network thread fills {@link voiptui.jitter.ArrivalQueue}; the playout thread drains it into {@link
 * voiptui.jitter.JitterBuffer}. Imports no other package. Knows payload bytes, not samples.
 */
@NullMarked
package voiptui.jitter;

import org.jspecify.annotations.NullMarked;
