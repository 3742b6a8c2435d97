/**
 * Packets as the network delivers them, put in order, and how long they should wait for each other.
 *
 * <p>The network thread fills {@link voiptui.jitter.ArrivalQueue}; the playout thread drains it into a {@link
 * voiptui.jitter.PacketStore}, and asks a {@link voiptui.jitter.DelayTarget} for the playout delay. Imports no other package.
 * Knows payload bytes, not samples.
 */
@NullMarked
package voiptui.jitter;

import org.jspecify.annotations.NullMarked;
