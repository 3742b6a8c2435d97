package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.net.DatagramSender;
import voiptui.rtp.NtpTime;
import voiptui.rtp.ReceptionReport;
import voiptui.rtp.ReportBlock;
import voiptui.rtp.RtcpWriter;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SenderStats;
import voiptui.time.NanoClock;

/**
 * Sends the peer a compound RTCP packet each second: SR or RR, then SDES (RFC 3550, 6.4 and 6.5).
 *
 * <p>RFC 3550, 6.2 recommends five seconds at least. One second is affordable here: a call has two members, and a packet
 * of a hundred bytes per second is less than a hundredth of its media. Owned by the call thread.
 */
final class RtcpReporter implements NegotiatedMedia.ReportSender {

    private static final long INTERVAL_MS = 1000;
    /** Half the interval before the first report (RFC 3550, 6.2). */
    private static final long FIRST_MS = INTERVAL_MS / 2;

    private final RtpSource source;
    private final SenderStats sent;
    private final ReceptionReport received;
    private final NtpTime time;
    private final DatagramSender sender;
    private final Counters counters;
    private final NanoClock clock;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);
    private boolean started;
    private long nextMs;

    /**
     * Reports from the first tick on.
     *
     * @param source our synchronization source
     * @param sent what we sent, counted by the packetizer
     * @param received what we received, counted by the depacketizer
     * @param time the clock of the sender reports
     * @param sender sends the packets
     */
    RtcpReporter(
            MediaContext context,
            RtpSource source,
            SenderStats sent,
            ReceptionReport received,
            NtpTime time,
            DatagramSender sender) {
        this.source = source;
        this.sent = sent;
        this.received = received;
        this.time = time;
        this.sender = sender;
        this.counters = context.counters();
        this.clock = context.clock();
    }

    @Override
    public void onTick(long nowMs) {
        if (!started) {
            started = true;
            nextMs = nowMs + FIRST_MS;
        }
        if (nowMs < nextMs) {
            return;
        }
        nextMs = Math.max(nextMs + INTERVAL_MS, nowMs + INTERVAL_MS / 2);
        report();
    }

    private void report() {
        long nowNs = clock.nanoTime();
        RtcpWriter.SenderInfo info = sent.next(time, nowNs);
        ReportBlock block = received.next(nowNs);
        packet.clear();
        if (info == null) {
            RtcpWriter.receiverReport(packet, source.ssrc(), block);
        } else {
            RtcpWriter.senderReport(packet, source.ssrc(), info, block);
        }
        RtcpWriter.cname(packet, source.ssrc(), source.cname());
        if (sender.send(packet.flip()) >= 0) {
            counters.increment(Counter.RTCP_SENT);
        }
    }
}
