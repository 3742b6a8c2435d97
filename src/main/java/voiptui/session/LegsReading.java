package voiptui.session;

import org.jspecify.annotations.Nullable;
import voiptui.event.SessionEvent;
import voiptui.protocol.RelayMessage;

/** Turns what the relay knows about the legs of a call into an event. Stateless. */
final class LegsReading {

    private static final double US_PER_MS = 1_000.0;

    private LegsReading() {}

    /** Returns the event. */
    static SessionEvent.Legs of(RelayMessage.Legs legs) {
        return new SessionEvent.Legs(up(legs.own()), down(legs.own()), up(legs.peer()), down(legs.peer()));
    }

    private static SessionEvent.Leg up(RelayMessage.Leg leg) {
        return new SessionEvent.Leg(leg.expected(), leg.lost(), leg.jitterUs() / US_PER_MS);
    }

    private static SessionEvent.@Nullable Leg down(RelayMessage.Leg leg) {
        return leg.forwarded() < 0 ? null : new SessionEvent.Leg(leg.forwarded(), leg.forwardedLost(), null);
    }
}
