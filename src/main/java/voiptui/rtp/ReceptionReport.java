package voiptui.rtp;

/**
 * What is to be reported about the source that is listened to: kept by the network thread, told by the call's.
 *
 * <p>Source: RFC 3550, 6.4.1 and A.3. Losses are counted from the source's first packet on. Other than there, a packet that
 * came twice counts once, so that no copy hides a loss.
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

    /** 24 bits with a sign. */
    private static final long MOST_LOST = 0x7f_ffff;

    private final SharedNumbers shared = new SharedNumbers(NUMBERS);

    private final long[] kept = new long[NUMBERS];
    private long expectedBefore;
    private long receivedBefore;

    private final long[] told = new long[NUMBERS];
    private long toldSource;
    private long toldExpected;
    private long toldReceived;

    /** A source begins, whose first packet comes next. Network thread. */
    public void onNewSource(int ssrc, SequenceTracker tracker) {
        expectedBefore = tracker.expected();
        receivedBefore = tracker.received();
        kept[SSRC] = ssrc;
        kept[LAST_REPORT] = 0;
        kept[SOURCES]++;
    }

    /**
     * A packet of the source was taken account of. Network thread.
     *
     * @param tracker knows it
     * @param jitterUnits interarrival jitter by now, in units of the payload's clock
     */
    public void onPacket(SequenceTracker tracker, int jitterUnits) {
        kept[EXPECTED] = tracker.expected() - expectedBefore;
        kept[RECEIVED] = tracker.received() - receivedBefore;
        kept[HIGHEST] = tracker.newestSequence();
        kept[JITTER] = jitterUnits;
        shared.write(kept);
    }

    /**
     * A sender report of the source came. Network thread.
     *
     * @param ntp its timestamp
     * @param arrivalNs when it came
     */
    public void onSenderReport(long ntp, long arrivalNs) {
        kept[LAST_REPORT] = NtpTime.middle(ntp);
        kept[LAST_REPORT_NS] = arrivalNs;
        shared.write(kept);
    }

    /**
     * What to report now: about what came since the report before. Call thread.
     *
     * @return {@code null} when nothing came (RFC 3550, 6.4)
     */
    public ReportBlock next(long nowNs) {
        shared.read(told);
        if (told[SOURCES] != toldSource) {
            toldSource = told[SOURCES];
            toldExpected = 0;
            toldReceived = 0;
        }
        long expected = told[EXPECTED] - toldExpected;
        long received = told[RECEIVED] - toldReceived;
        if (received <= 0) {
            return null;
        }
        toldExpected = told[EXPECTED];
        toldReceived = told[RECEIVED];
        long lost = expected - received;
        int fraction = lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
        int cumulative = (int) Math.max(-MOST_LOST - 1, Math.min(MOST_LOST, told[EXPECTED] - told[RECEIVED]));
        int lastReport = (int) told[LAST_REPORT];
        int since = lastReport == 0 ? 0 : (int) NtpTime.unitsOf(nowNs - told[LAST_REPORT_NS]);
        return new ReportBlock(
                (int) told[SSRC], fraction, cumulative, (int) told[HIGHEST], (int) told[JITTER], lastReport, since);
    }
}
