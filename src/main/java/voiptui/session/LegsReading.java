package voiptui.session;

import org.jspecify.annotations.Nullable;
import voiptui.event.SessionEvent;
import voiptui.protocol.RelayMessage;

/**
 * Turns what the relay knows about the legs of a call into an event. What reaches the clients the relay learns from their reports; if these
 * are encrypted, it follows from what the two ends have lost in all. Stateless.
 */
final class LegsReading {

    private static final double US_PER_MS = 1_000.0;

    private LegsReading() {}

    /**
     * Returns the event.
     *
     * @param losses what the two ends have lost; null: unknown
     */
    static SessionEvent.Legs of(RelayMessage.Legs legs, MediaPath.@Nullable Losses losses) {
        return new SessionEvent.Legs(
                up(legs.own()),
                down(legs.own(), legs.peer(), losses == null ? -1 : losses.here()),
                up(legs.peer()),
                down(legs.peer(), legs.own(), losses == null ? -1 : losses.there()));
    }

    private static SessionEvent.Leg up(RelayMessage.Leg leg) {
        return new SessionEvent.Leg(leg.expected(), leg.lost(), leg.jitterUs() / US_PER_MS);
    }

    /**
     * Returns the leg from the relay to a client.
     *
     * @param sender what the other client sent to the relay
     * @param lostInAll packets of the other client that did not reach this one, wherever they were lost; -1: unknown
     */
    private static SessionEvent.@Nullable Leg down(RelayMessage.Leg leg, RelayMessage.Leg sender, long lostInAll) {
        if (leg.forwarded() >= 0) {
            return new SessionEvent.Leg(leg.forwarded(), leg.forwardedLost(), null);
        }
        if (lostInAll < 0) {
            return null;
        }
        long forwarded = sender.expected() - sender.lost();
        return new SessionEvent.Leg(forwarded, Math.max(0, Math.min(forwarded, lostInAll - sender.lost())), null);
    }
}
