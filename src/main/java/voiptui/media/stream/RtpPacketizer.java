package voiptui.media.stream;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.repair.SentPackets;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.rtp.rtcp.SenderStats;
import voiptui.time.NanoClock;
import voiptui.voice.VoiceSender;

/** Packetizes as RTP (RFC 3550) and counts packets for the sender reports. */
public final class RtpPacketizer implements Packetizer {

    private final RtpSource source;
    private final PayloadFormat format;
    private final SenderStats record;
    private final @Nullable SentPackets kept;
    private final NanoClock clock;
    private final ByteBuffer packet;
    private int sequence;

    /**
     * Starts with the source's first sequence number and timestamp.
     *
     * @param source our synchronization source
     * @param format payload type and timestamp clock
     * @param record counts every packet for the sender reports
     * @param kept keeps every packet for retransmissions; null: there are none
     */
    public RtpPacketizer(
            RtpSource source, PayloadFormat format, SenderStats record, @Nullable SentPackets kept, NanoClock clock) {
        this.source = source;
        this.format = format;
        this.record = record;
        this.kept = kept;
        this.clock = clock;
        this.packet = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + VoiceSender.MAX_PAYLOAD_BYTES);
        this.sequence = source.firstSequence();
    }

    @Override
    public ByteBuffer packetize(VoiceSender sender) {
        int payloadType = sender.hasCopies() ? PayloadFormat.RED_PAYLOAD_TYPE : format.payloadType();
        int timestamp = source.firstTimestamp() + (int) sender.timestamp();
        int payloadBytes = sender.payloadBytes();
        packet.clear();
        RtpPacket.writeHeader(packet, sender.startsTalkSpurt(), payloadType, sequence, timestamp, source.ssrc());
        packet.put(RtpPacket.HEADER_BYTES, sender.payload(), 0, payloadBytes);
        packet.limit(RtpPacket.HEADER_BYTES + payloadBytes);
        long nowNs = clock.nanoTime();
        record.onPacket(timestamp, payloadBytes, nowNs);
        if (kept != null) {
            kept.onSent(packet, nowNs);
            sender.spendElsewhere(kept.takeResentBytes());
        }
        sequence++;
        return packet;
    }

    @Override
    public ByteBuffer endOfTransmission() {
        ByteBuffer bye = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);
        RtcpWriter.receiverReport(bye, source.ssrc(), null);
        RtcpWriter.cname(bye, source.ssrc(), source.cname());
        RtcpWriter.bye(bye, source.ssrc());
        return bye.flip();
    }
}
