package voiptui.rtp;

import static voiptui.time.NanoClock.NS_PER_MS;

/**
 * Interarrival jitter: how unevenly packets come, compared with how they were sent.
 *
 * <p>Source: RFC 3550, 6.4.1 and A.8. With R the arrival and S the moment of sending of packets i and j,
 * {@code D(i,j) = (Rj - Ri) - (Sj - Si)}, and {@code J(i) = J(i-1) + (|D(i-1,i)| - J(i-1)) / 16}. S is the packet's
 * timestamp; the classic packet has none, and its number stands for one. Computed in nanoseconds rather than in timestamp
 * units, which changes nothing but the rounding.
 *
 * <p>Owned by the network thread.
 */
public final class InterarrivalJitter {

    private static final long SECOND_NS = 1_000_000_000L;

    /** A unit of the timestamp lasts {@code unitsNs / units} nanoseconds. */
    private final long unitsNs;

    private final long units;
    private boolean started;
    private long lastSent;
    private long lastArrivalNs;
    private double jitterNs;

    private InterarrivalJitter(long unitsNs, long units) {
        this.unitsNs = unitsNs;
        this.units = units;
    }

    /**
     * Starts at zero, for packets that are told by their number.
     *
     * @param frameNs the time that one packet's sound lasts, in nanoseconds
     */
    public InterarrivalJitter(long frameNs) {
        this(frameNs, 1);
    }

    /**
     * Starts at zero, for packets with timestamps.
     *
     * @param hz units of the timestamp in a second
     */
    public static InterarrivalJitter ofClock(int hz) {
        return new InterarrivalJitter(SECOND_NS, hz);
    }

    /**
     * Takes account of one packet that is no duplicate.
     *
     * @param sent its timestamp, or its number; of what wraps, the lower 32 bits tell
     * @param arrivalNs when it came
     */
    public void onPacket(long sent, long arrivalNs) {
        if (started) {
            long sentLaterNs = (int) (sent - lastSent) * unitsNs / units;
            jitterNs += (Math.abs(arrivalNs - lastArrivalNs - sentLaterNs) - jitterNs) / 16;
        }
        started = true;
        lastSent = sent;
        lastArrivalNs = arrivalNs;
    }

    /** Begins anew with a new stream, keeping the estimate: the network is still the same. */
    public void onNewStream() {
        started = false;
    }

    /** The estimate by now, in milliseconds. */
    public double jitterMs() {
        return jitterNs / NS_PER_MS;
    }

    /**
     * The estimate by now as a report tells it: 32 bits without a sign.
     *
     * @param clockHz units in a second
     */
    public int jitterUnits(int clockHz) {
        return (int) (long) Math.min(0xffff_ffffL, jitterNs * clockHz / SECOND_NS);
    }
}
