package voiptui.rtp.repair;

import voiptui.rtp.rtcp.VoipMetrics;

/**
 * Losses and discards of a stream since the beginning of reception, and how they cluster: bursts and gaps (RFC 3611, 4.7.1,
 * 4.7.2 and A.2).
 *
 * <p>A burst begins and ends with a missing packet (lost or discarded), has two of them at least, and fewer than Gmin packets
 * received in a row. All else is gap; a missing packet alone belongs to it. The stream counts as preceded and followed by
 * Gmin received packets. Counted by that definition rather than by the transition counts of A.2, which do not tell how long
 * a burst at the time of the report is.
 *
 * <p>Told of each packet expected, once and in order, for instance by {@link LossDetector}. Owned by one thread. Allocates
 * nothing but the results of {@link #losses}.
 */
public final class BurstGapTracker implements LossDetector.Listener {

    private final int gmin;
    private long expected;
    private long lost;
    private long discarded;

    private long bursts;
    private long burstPackets;
    private long burstMissing;
    private long gapMissing;
    private boolean beganWithBurst;
    private long lastBurstEnd;

    /** Missing packets of the burst that may have begun; 0: none. One of them alone is no burst. */
    private long openMissing;

    private long openBegin;
    private long openEnd;
    private long receivedInARow;

    /**
     * Creates a tracker of no packets.
     *
     * @param gmin packets received in a row that end a burst, 1 to 255; {@link VoipMetrics.Losses#RECOMMENDED_GMIN}
     */
    public BurstGapTracker(int gmin) {
        this.gmin = gmin;
    }

    @Override
    public void onReceived(long nowNs) {
        expected++;
        receivedInARow++;
        if (openMissing > 0 && receivedInARow >= gmin) {
            close();
        }
    }

    @Override
    public void onLost(int packets, long nowNs) {
        lost += packets;
        missing(packets);
    }

    @Override
    public void onDiscarded(long nowNs) {
        discarded++;
        missing(1);
    }

    /** Counts a packet as discarded that counted as lost: it came too late. */
    @Override
    public void onLostArrived(long nowNs) {
        lost--;
        discarded++;
    }

    private void missing(int packets) {
        if (openMissing == 0) {
            openBegin = expected;
        }
        openMissing += packets;
        expected += packets;
        openEnd = expected;
        receivedInARow = 0;
    }

    private void close() {
        if (openMissing > 1) {
            beganWithBurst |= openBegin == 0;
            bursts++;
            burstPackets += openEnd - openBegin;
            burstMissing += openMissing;
            lastBurstEnd = openEnd;
        } else {
            gapMissing += openMissing;
        }
        openMissing = 0;
    }

    /** Returns the packets expected so far. */
    public long expected() {
        return expected;
    }

    /** Returns the packets lost so far. */
    public long lost() {
        return lost;
    }

    /** Returns the packets discarded so far. */
    public long discarded() {
        return discarded;
    }

    /**
     * Returns the metrics so far, as if Gmin packets were received from now on.
     *
     * @param packetMs length of audio in a packet, in milliseconds
     */
    public VoipMetrics.Losses losses(double packetMs) {
        boolean openBurst = openMissing > 1;
        long allBursts = bursts + (openBurst ? 1 : 0);
        long inBursts = burstPackets + (openBurst ? openEnd - openBegin : 0);
        long missingInBursts = burstMissing + (openBurst ? openMissing : 0);
        long missingInGaps = gapMissing + (openBurst ? 0 : openMissing);
        long inGaps = expected - inBursts;
        boolean startsInBurst = beganWithBurst || openBurst && openBegin == 0;
        boolean endsInBurst = (openBurst ? openEnd : lastBurstEnd) == expected && allBursts > 0;
        long gaps = allBursts + 1 - (startsInBurst ? 1 : 0) - (endsInBurst ? 1 : 0);
        return new VoipMetrics.Losses(
                ratio(lost, expected),
                ratio(discarded, expected),
                ratio(missingInBursts, inBursts),
                ratio(missingInGaps, inGaps),
                meanMs(inBursts, allBursts, packetMs),
                meanMs(inGaps, gaps, packetMs),
                gmin);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static int meanMs(long packets, long periods, double packetMs) {
        return periods == 0 ? 0 : (int) Math.min(0xffff, Math.round(packets * packetMs / periods));
    }
}
