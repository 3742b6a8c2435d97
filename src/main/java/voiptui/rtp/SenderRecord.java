package voiptui.rtp;

/**
 * What is to be reported about our own stream: kept by the capture thread, told by the call's (RFC 3550, 6.4.1).
 */
public final class SenderRecord {

    private static final int PACKETS = 0;
    private static final int PAYLOAD_BYTES = 1;
    private static final int TIMESTAMP = 2;
    private static final int SENT_NS = 3;
    private static final int NUMBERS = 4;

    private final int clockHz;
    private final SharedNumbers shared = new SharedNumbers(NUMBERS);
    private final long[] kept = new long[NUMBERS];
    private final long[] told = new long[NUMBERS];
    private long toldPackets;
    private long toldPacketsBefore;

    /**
     * Starts with nothing sent.
     *
     * @param clockHz units of the timestamp in a second
     */
    public SenderRecord(int clockHz) {
        this.clockHz = clockHz;
    }

    /**
     * A packet was sent. Capture thread.
     *
     * @param timestamp its timestamp
     * @param payloadBytes how long its payload was
     * @param nowNs when that was
     */
    public void onPacket(int timestamp, int payloadBytes, long nowNs) {
        kept[PACKETS]++;
        kept[PAYLOAD_BYTES] += payloadBytes;
        kept[TIMESTAMP] = timestamp;
        kept[SENT_NS] = nowNs;
        shared.write(kept);
    }

    /**
     * What to report now. Call thread.
     *
     * @return {@code null} when nothing was sent since the report before the last: then a receiver report is due (RFC
     *     3550, 6.4)
     */
    public RtcpWriter.SenderInfo next(NtpTime time, long nowNs) {
        shared.read(told);
        boolean silent = told[PACKETS] == toldPacketsBefore;
        toldPacketsBefore = toldPackets;
        toldPackets = told[PACKETS];
        if (silent) {
            return null;
        }
        long sinceNs = Math.max(0, nowNs - told[SENT_NS]);
        int timestamp = (int) (told[TIMESTAMP] + sinceNs / 1000 * clockHz / 1_000_000);
        return new RtcpWriter.SenderInfo(time.at(nowNs), timestamp, told[PACKETS], told[PAYLOAD_BYTES]);
    }
}
