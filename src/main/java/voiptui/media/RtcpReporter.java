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
import voiptui.rtp.SenderRecord;
import voiptui.time.NanoClock;

/**
 * Tells the peer each second what we send and how we receive: a compound of SR or RR and SDES (RFC 3550, 6.4 and 6.5).
 *
 * <p>A second is shorter than the five of RFC 3550, 6.2, but a call has two members, and a packet of a hundred bytes a second
 * is less than a hundredth of its media. Owned by the call thread.
 */
final class RtcpReporter {

    private static final long INTERVAL_MS = 1000;
    /** The first one comes earlier (RFC 3550, 6.2). */
    private static final long FIRST_MS = INTERVAL_MS / 2;

    private final RtpSource source;
    private final SenderRecord sent;
    private final ReceptionReport received;
    private final NtpTime time;
    private final DatagramSender sender;
    private final Counters counters;
    private final NanoClock clock;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);
    private boolean begun;
    private long nextMs;

    RtcpReporter(
            RtpSource source,
            SenderRecord sent,
            ReceptionReport received,
            NtpTime time,
            DatagramSender sender,
            Counters counters,
            NanoClock clock) {
        this.source = source;
        this.sent = sent;
        this.received = received;
        this.time = time;
        this.sender = sender;
        this.counters = counters;
        this.clock = clock;
    }

    /** Reports, if it is time to. */
    void onTick(long nowMs) {
        if (!begun) {
            begun = true;
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
