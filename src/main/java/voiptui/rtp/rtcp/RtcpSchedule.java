package voiptui.rtp.rtcp;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.random.RandomGenerator;
import voiptui.rtp.RtpPacket;

/**
 * When to send RTCP packets: regular reports (RFC 3550, 6.3 and A.7) and early ones when something happened (RFC 4585, 3.5),
 * between two members.
 *
 * <p>The interval of regular reports is the time that two members need to share 5 % of the bandwidth, at least
 * {@value #MIN_INTERVAL_MS} ms, times a random factor of 0.5 to 1.5, divided by 1.21828 to make up for the reconsideration of
 * the timer. RFC 3550, 6.2 recommends five seconds at least; one is affordable here, since a report is less than a hundredth
 * of the media of a second, and RFC 4585, 3.4 has no minimum after the first report at all.
 *
 * <p>An early report goes at once (with two members {@code T_dither_max} is 0), but at least {@value #EARLY_GAP_MS} ms after
 * the report before. It takes the place of the next regular one, and another early one is allowed after the regular one that
 * follows. NACKs cannot wait so long and do not count here: there is at most one for each packet received.
 *
 * <p>Passive. Owned by one thread. Allocates nothing.
 */
public final class RtcpSchedule {

    /** Least mean time between two regular reports, in milliseconds. */
    public static final int MIN_INTERVAL_MS = 1000;
    /** Least time from a report to an early one, in milliseconds. */
    public static final int EARLY_GAP_MS = 200;

    private static final int MEMBERS = 2;
    private static final double RTCP_SHARE = 0.05;
    /** e - 1.5 (RFC 3550, 6.3.1). */
    private static final double COMPENSATION = Math.E - 1.5;
    /** Weight of the newest packet in the mean length (RFC 3550, 6.3.3). */
    private static final double SIZE_WEIGHT = 1 / 16.0;
    /** Guess at the length of the first report. */
    private static final double FIRST_BYTES = 120;

    private static final double NS_PER_SECOND = 1e9;

    private final RandomGenerator random;
    private final double rtcpBytesPerSecond;
    private double meanBytes = FIRST_BYTES;
    private boolean started;
    private boolean reported;
    private long lastReportNs;
    /** Time of the regular report before; after an early report the time of the regular one that it replaced. */
    private long previousNs;

    private long nextNs;
    private boolean allowsEarly = true;
    private boolean earlyRequested;
    private long earlyNs;

    /**
     * Creates a schedule that has not started.
     *
     * @param random randomises the intervals
     * @param bitsPerSecond bandwidth of the media in both directions together, headers included; positive
     */
    public RtcpSchedule(RandomGenerator random, int bitsPerSecond) {
        this.random = random;
        this.rtcpBytesPerSecond = bitsPerSecond / 8.0 * RTCP_SHARE;
    }

    /** Starts: the first report follows within half an interval (RFC 3550, 6.2). */
    public void start(long nowNs) {
        started = true;
        previousNs = nowNs;
        nextNs = nowNs + intervalNs();
    }

    /** Returns a random interval for the next regular report (RFC 3550, A.7, {@code rtcp_interval}). */
    private long intervalNs() {
        double leastNs = MIN_INTERVAL_MS * NS_PER_MS * (reported ? 1 : 0.5);
        double fairNs = MEMBERS * meanBytes / rtcpBytesPerSecond * NS_PER_SECOND;
        return (long) (Math.max(leastNs, fairNs) * (0.5 + random.nextDouble()) / COMPENSATION);
    }

    /**
     * Returns whether to send a report now; if so, it must be sent and {@link #onReport} be called. Before the start: false.
     */
    public boolean isDue(long nowNs) {
        if (!started) {
            return false;
        }
        if (nowNs - nextNs >= 0) {
            // Reconsideration (RFC 3550, 6.3.6). After an early report previousNs may lie ahead of the one before it.
            long reconsideredNs = previousNs + intervalNs();
            if (nowNs - reconsideredNs >= 0) {
                nextNs = nowNs;
                return true;
            }
            nextNs = reconsideredNs;
        }
        return earlyRequested && nowNs - earlyNs >= 0;
    }

    /**
     * Requests that a report be sent soon, because something happened. Repeated requests count once.
     *
     * @return whether a report will go within {@value #EARLY_GAP_MS} ms; otherwise the next regular one has to do
     */
    public boolean requestEarly(long nowNs) {
        if (!started) {
            return false;
        }
        if (earlyRequested) {
            return true;
        }
        long gapEndNs = lastReportNs + EARLY_GAP_MS * NS_PER_MS;
        long atNs = reported && gapEndNs - nowNs > 0 ? gapEndNs : nowNs;
        if (nextNs - atNs <= 0) {
            return true;
        }
        if (allowsEarly) {
            earlyRequested = true;
            earlyNs = atNs;
        }
        return allowsEarly;
    }

    /**
     * Schedules the next report after one was sent.
     *
     * @param nowNs when it was sent
     * @param bytes its length without the headers of lower layers
     */
    public void onReport(long nowNs, int bytes) {
        meanBytes += (bytes + RtpPacket.LOWER_LAYER_BYTES - meanBytes) * SIZE_WEIGHT;
        boolean early = nowNs - nextNs < 0;
        if (early) {
            // RFC 4585, 3.5.2: tn = tp + 2 * T_rr, tp = previous tn.
            long skippedNs = nextNs;
            nextNs = previousNs + 2 * (nextNs - previousNs);
            previousNs = skippedNs;
        }
        reported = true;
        lastReportNs = nowNs;
        earlyRequested = false;
        allowsEarly = !early;
        if (!early) {
            previousNs = nowNs;
            nextNs = nowNs + intervalNs();
        }
    }

    /** Returns when to ask {@link #isDue} again at the latest; undefined before the start. */
    public long nextNs() {
        return earlyRequested && earlyNs - nextNs < 0 ? earlyNs : nextNs;
    }
}
