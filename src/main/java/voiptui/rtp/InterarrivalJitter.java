package voiptui.rtp;

/**
 * Interarrival jitter: how unevenly packets come, compared with how they were sent.
 *
 * <p>Source: RFC 3550, 6.4.1 and A.8. With R the arrival and S the moment of sending of packets i and j,
 * {@code D(i,j) = (Rj - Ri) - (Sj - Si)}, and {@code J(i) = J(i-1) + (|D(i-1,i)| - J(i-1)) / 16}. The classic packet has
 * no timestamp; its number times its length in time stands for one. Computed in nanoseconds rather than in timestamp
 * units, which changes nothing but the rounding.
 *
 * <p>Owned by the network thread.
 */
public final class InterarrivalJitter {

    private final long frameNs;
    private boolean started;
    private long lastTransitNs;
    private double jitterNs;

    /**
     * Starts at zero.
     *
     * @param frameNs the time that one packet's sound lasts, in nanoseconds
     */
    public InterarrivalJitter(long frameNs) {
        this.frameNs = frameNs;
    }

    /**
     * Takes account of one packet that is no duplicate.
     *
     * @param extended its number in the endless count of {@link SequenceTracker}
     * @param arrivalNs when it came
     */
    public void onPacket(long extended, long arrivalNs) {
        long transitNs = arrivalNs - extended * frameNs;
        if (started) {
            jitterNs += (Math.abs(transitNs - lastTransitNs) - jitterNs) / 16;
        }
        started = true;
        lastTransitNs = transitNs;
    }

    /** Begins anew with a new stream, keeping the estimate: the network is still the same. */
    public void onNewStream() {
        started = false;
    }

    /** The estimate by now, in milliseconds. */
    public double jitterMs() {
        return jitterNs / 1e6;
    }
}
