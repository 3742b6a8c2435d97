package voiptui.relay.media.measure;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much was lost on the legs of calls, counted once for each leg and interval between two looks at it, in parts per
 * million. Owned by the control thread; the distributions may be read by any thread.
 */
public final class LegLosses {

    private static final long MILLION = 1_000_000;

    private record Reading(long expected, long lost, long forwarded, long forwardedLost) {

        static final Reading NONE = new Reading(0, 0, 0, 0);

        static Reading of(LegMeter leg) {
            return new Reading(leg.expected(), leg.lost(), Math.max(0, leg.forwarded()), leg.forwardedLost());
        }
    }

    private final Distribution fromClients = shares();
    private final Distribution toClients = shares();
    private Map<LegMeter, Reading> former = new IdentityHashMap<>();

    private static Distribution shares() {
        return new Distribution(0, 1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000);
    }

    /** Counts what was lost since the last look. Legs that are not given any more are forgotten. */
    public void look(List<LegMeter> legs) {
        Map<LegMeter, Reading> latest = new IdentityHashMap<>();
        for (LegMeter leg : legs) {
            Reading now = Reading.of(leg);
            Reading then = former.getOrDefault(leg, Reading.NONE);
            add(fromClients, now.expected - then.expected, now.lost - then.lost);
            add(toClients, now.forwarded - then.forwarded, now.forwardedLost - then.forwardedLost);
            latest.put(leg, now);
        }
        former = latest;
    }

    /** A late packet makes the loss of an interval negative. */
    private static void add(Distribution losses, long packets, long lost) {
        if (packets > 0) {
            losses.add(Math.max(0, Math.min(packets, lost)) * MILLION / packets, 1);
        }
    }

    /** Returns the losses between clients and the relay. */
    public Distribution fromClients() {
        return fromClients;
    }

    /** Returns the losses between the relay and clients, of those that report it. */
    public Distribution toClients() {
        return toClients;
    }
}
