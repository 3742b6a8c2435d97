package voiptui.rtp;

import static voiptui.time.NanoClock.NS_PER_MS;

/**
 * Interarrival jitter: how unevenly packets arrive, compared with how they were sent.
 *
 * <p>Source: RFC 3550, 6.4.1 and A.8. With R the arrival and S the sending time of packets i and j,
 * {@code D(i,j) = (Rj - Ri) - (Sj - Si)}, and {@code J(i) = J(i-1) + (|D(i-1,i)| - J(i-1)) / 16}. S is the RTP
 * timestamp; the classic packet has none, so its sequence number stands in. Computed in nanoseconds instead of timestamp
 * units, which affects only rounding.
 *
 * <p>Owned by the network thread.
 */
public final class InterarrivalJitter {

    private static final long SECOND_NS = 1_000_000_000L;

    /** A timestamp unit is {@code unitsNs / units} nanoseconds. */
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
     * Creates an estimator for packets without timestamps; starts at zero.
     *
     * @param frameNs the packet interval, in nanoseconds
     */
    public InterarrivalJitter(long frameNs) {
        this(frameNs, 1);
    }

    /**
     * Creates an estimator for packets with RTP timestamps; starts at zero.
     *
     * @param hz the RTP clock, in hertz
     */
    public static InterarrivalJitter ofClock(int hz) {
        return new InterarrivalJitter(SECOND_NS, hz);
    }

    /**
     * Updates the estimate with a packet that is no duplicate.
     *
     * @param sent its timestamp or sequence number; only the lower 32 bits count
     * @param arrivalNs its time of arrival
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

    /** Starts a new stream but keeps the estimate, because the network is the same. */
    public void onNewStream() {
        started = false;
    }

    /** Returns the current estimate in milliseconds. */
    public double jitterMs() {
        return jitterNs / NS_PER_MS;
    }

    /**
     * Returns the current estimate as in a report block: unsigned 32 bits.
     *
     * @param clockHz the RTP clock, in hertz
     */
    public int jitterUnits(int clockHz) {
        return (int) (long) Math.min(0xffff_ffffL, jitterNs * clockHz / SECOND_NS);
    }
}
