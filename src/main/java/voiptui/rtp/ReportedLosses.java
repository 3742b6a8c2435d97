package voiptui.rtp;

/**
 * Turns the peer's loss reports (loss RLE, RFC 3611, 4.1) into the fate of each packet that we sent, once and in order, as
 * {@link LossDetector} does on the receiving side.
 *
 * <p>Reports overlap, so that a lost one costs nothing; what a report repeats is skipped, and so is what none reported. Owned by
 * the network thread. Allocates nothing.
 */
public final class ReportedLosses {

    /** A jump back by more than this, or forth, is a stream that begins again. */
    private static final int MAX_JUMP = 3000;

    private final LossDetector.Listener listener;
    private boolean begun;
    private int next;
    private int lostInARow;

    /**
     * Creates a reader of no reports.
     *
     * @param listener told of each packet sent, for instance a {@link LossWindow}
     */
    public ReportedLosses(LossDetector.Listener listener) {
        this.listener = listener;
    }

    /**
     * Handles one packet of a report about our stream; reports come in order of their packets.
     *
     * @param sequence its number, 0 to 65,535
     * @param received whether it came
     * @param nowNs when the report arrived
     */
    public void onPacketReported(int sequence, boolean received, long nowNs) {
        int ahead = begun ? (short) (sequence - next) : 0;
        if (ahead < 0 && ahead >= -MAX_JUMP) {
            return;
        }
        if (ahead != 0) {
            onReportEnd(nowNs);
        }
        begun = true;
        next = sequence + 1;
        if (!received) {
            lostInARow++;
            return;
        }
        onReportEnd(nowNs);
        listener.onReceived(nowNs);
    }

    /** Handles the end of a report. */
    public void onReportEnd(long nowNs) {
        if (lostInARow > 0) {
            listener.onLost(lostInARow, nowNs);
            lostInARow = 0;
        }
    }
}
