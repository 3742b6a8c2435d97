package voiptui.rtp.rtcp;

import org.jspecify.annotations.Nullable;
import voiptui.rtp.SnapshotLongs;

/**
 * Statistics of the stream that is sent, for sender reports (RFC 3550, 6.4.1). Written by the capture thread, read by the
 * call thread.
 */
public final class SenderStats {

    private static final int PACKETS = 0;
    private static final int PAYLOAD_BYTES = 1;
    private static final int TIMESTAMP = 2;
    private static final int SENT_NS = 3;
    private static final int NUMBERS = 4;

    private final int clockHz;
    private final SnapshotLongs shared = new SnapshotLongs(NUMBERS);
    private final long[] current = new long[NUMBERS];
    private final long[] copy = new long[NUMBERS];
    private long reportedPackets;
    private long reportedPacketsBefore;

    /**
     * Creates statistics of no packets.
     *
     * @param clockHz the RTP clock, in hertz
     */
    public SenderStats(int clockHz) {
        this.clockHz = clockHz;
    }

    /**
     * Records a sent packet. Capture thread.
     *
     * @param timestamp its RTP timestamp
     * @param payloadBytes length of its payload
     * @param nowNs time of sending
     */
    public void onPacket(int timestamp, int payloadBytes, long nowNs) {
        current[PACKETS]++;
        current[PAYLOAD_BYTES] += payloadBytes;
        current[TIMESTAMP] = timestamp;
        current[SENT_NS] = nowNs;
        shared.write(current);
    }

    /**
     * Returns the sender information for the report due now. Call thread.
     *
     * @return null: nothing was sent since the report before the last, so a receiver report is due (RFC 3550, 6.4)
     */
    public RtcpWriter.@Nullable SenderInfo next(NtpTime time, long nowNs) {
        shared.read(copy);
        boolean silent = copy[PACKETS] == reportedPacketsBefore;
        reportedPacketsBefore = reportedPackets;
        reportedPackets = copy[PACKETS];
        if (silent) {
            return null;
        }
        long sinceNs = Math.max(0, nowNs - copy[SENT_NS]);
        int timestamp = (int) (copy[TIMESTAMP] + sinceNs / 1000 * clockHz / 1_000_000);
        return new RtcpWriter.SenderInfo(time.at(nowNs), timestamp, copy[PACKETS], copy[PAYLOAD_BYTES]);
    }
}
