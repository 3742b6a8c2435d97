package voiptui.rtp.rtcp;

import org.jspecify.annotations.Nullable;
import voiptui.rtp.SequenceTracker;
import voiptui.rtp.SnapshotLongs;

/**
 * Statistics of the current source, for report blocks. Written by the network thread, read by the call thread.
 *
 * <p>Source: RFC 3550, 6.4.1 and A.3. Losses count from the source's first packet. Unlike there, a duplicate does not count
 * as received, so it cannot hide a loss.
 */
public final class ReceptionReport {

    private static final int SSRC = 0;
    private static final int EXPECTED = 1;
    private static final int RECEIVED = 2;
    private static final int HIGHEST = 3;
    private static final int JITTER = 4;
    private static final int LAST_REPORT = 5;
    private static final int LAST_REPORT_NS = 6;
    private static final int SOURCES = 7;
    private static final int NUMBERS = 8;

    /** The largest signed 24-bit value. */
    private static final long MOST_LOST = 0x7f_ffff;

    private final SnapshotLongs shared = new SnapshotLongs(NUMBERS);

    private final long[] current = new long[NUMBERS];
    private long expectedBefore;
    private long receivedBefore;

    private final long[] copy = new long[NUMBERS];
    private long reportedSource;
    private long reportedExpected;
    private long reportedReceived;

    /** Starts the statistics of a source whose first packet comes next. Network thread. */
    public void onNewSource(int ssrc, SequenceTracker tracker) {
        expectedBefore = tracker.expected();
        receivedBefore = tracker.received();
        current[SSRC] = ssrc;
        current[LAST_REPORT] = 0;
        current[SOURCES]++;
    }

    /**
     * Updates the statistics after a packet of the source. Network thread.
     *
     * @param tracker has already counted the packet
     * @param jitterUnits interarrival jitter, in units of the RTP clock
     */
    public void onPacket(SequenceTracker tracker, int jitterUnits) {
        current[EXPECTED] = tracker.expected() - expectedBefore;
        current[RECEIVED] = tracker.received() - receivedBefore;
        current[HIGHEST] = tracker.newestSequence();
        current[JITTER] = jitterUnits;
        shared.write(current);
    }

    /**
     * Records a sender report of the source. Network thread.
     *
     * @param ntp its NTP timestamp
     * @param arrivalNs its time of arrival
     */
    public void onSenderReport(long ntp, long arrivalNs) {
        current[LAST_REPORT] = NtpTime.middle(ntp);
        current[LAST_REPORT_NS] = arrivalNs;
        shared.write(current);
    }

    /**
     * Returns the report block due now, about the time since the previous one. Call thread.
     *
     * @return null: nothing was received since then (RFC 3550, 6.4)
     */
    public @Nullable ReportBlock next(long nowNs) {
        shared.read(copy);
        if (copy[SOURCES] != reportedSource) {
            reportedSource = copy[SOURCES];
            reportedExpected = 0;
            reportedReceived = 0;
        }
        long expected = copy[EXPECTED] - reportedExpected;
        long received = copy[RECEIVED] - reportedReceived;
        if (received <= 0) {
            return null;
        }
        reportedExpected = copy[EXPECTED];
        reportedReceived = copy[RECEIVED];
        long lost = expected - received;
        int fraction = lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
        int cumulative = (int) Math.max(-MOST_LOST - 1, Math.min(MOST_LOST, copy[EXPECTED] - copy[RECEIVED]));
        int lastReport = (int) copy[LAST_REPORT];
        int since = lastReport == 0 ? 0 : (int) NtpTime.unitsOf(nowNs - copy[LAST_REPORT_NS]);
        return new ReportBlock(
                (int) copy[SSRC], fraction, cumulative, (int) copy[HIGHEST], (int) copy[JITTER], lastReport, since);
    }
}
