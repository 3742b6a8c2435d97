package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtcpWriter;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SenderStats;
import voiptui.time.NanoClock;

/** Packetizes as RTP (RFC 3550) and counts packets for the sender reports. */
final class RtpPacketizer implements Packetizer {

    private final RtpSource source;
    private final PayloadFormat format;
    private final SenderStats record;
    private final NanoClock clock;
    private final ByteBuffer packet;
    private int sequence;
    private int timestamp;

    /**
     * Starts with the source's first sequence number and timestamp.
     *
     * @param source our synchronization source
     * @param format payload type and timestamp clock
     * @param record counts every packet for the sender reports
     */
    RtpPacketizer(RtpSource source, PayloadFormat format, SenderStats record, NanoClock clock) {
        this.source = source;
        this.format = format;
        this.record = record;
        this.clock = clock;
        this.packet = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + format.maxPayloadBytes());
        this.sequence = source.firstSequence();
        this.timestamp = source.firstTimestamp();
    }

    @Override
    public ByteBuffer packetize(ByteBuffer payload, int payloadBytes) {
        packet.clear();
        // Audio is sent continuously, silence included, so the marker bit stays off (RFC 3551, 4.1).
        RtpPacket.writeHeader(packet, false, format.payloadType(), sequence, timestamp, source.ssrc());
        packet.put(RtpPacket.HEADER_BYTES, payload, 0, payloadBytes);
        packet.limit(RtpPacket.HEADER_BYTES + payloadBytes);
        record.onPacket(timestamp, payloadBytes, clock.nanoTime());
        sequence++;
        timestamp += format.timestampStep();
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
