package voiptui.media;

import java.nio.ByteBuffer;
import voiptui.codec.FrameEncoder;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtcpWriter;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SenderRecord;
import voiptui.time.NanoClock;

/** Makes RTP packets, and keeps account of them for the sender reports. Allocates nothing for each. */
final class RtpPacketizer implements Packetizer {

    private final RtpSource source;
    private final PayloadFormat format;
    private final FrameEncoder encoder;
    private final SenderRecord record;
    private final NanoClock clock;
    private final ByteBuffer packet;
    private int sequence;
    private int timestamp;

    /**
     * Starts with the source's first number and timestamp.
     *
     * @param encoder codes frames to payloads of {@code format}
     * @param record is told of each packet
     */
    RtpPacketizer(RtpSource source, PayloadFormat format, FrameEncoder encoder, SenderRecord record, NanoClock clock) {
        this.source = source;
        this.format = format;
        this.encoder = encoder;
        this.record = record;
        this.clock = clock;
        this.packet = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + encoder.maxPayloadBytes());
        this.sequence = source.firstSequence();
        this.timestamp = source.firstTimestamp();
    }

    @Override
    public ByteBuffer packetOf(short[] frame) {
        packet.clear();
        // Sound is sent all the time, silence too: the M bit stays off (RFC 3551, 4.1).
        RtpPacket.writeHeader(packet, false, format.payloadType(), sequence, timestamp, source.ssrc());
        int payloadBytes = encoder.encode(frame, packet, RtpPacket.HEADER_BYTES);
        packet.limit(RtpPacket.HEADER_BYTES + payloadBytes);
        record.onPacket(timestamp, payloadBytes, clock.nanoTime());
        sequence++;
        timestamp += format.timestampStep();
        return packet;
    }

    @Override
    public ByteBuffer farewell() {
        ByteBuffer farewell = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);
        RtcpWriter.receiverReport(farewell, source.ssrc(), null);
        RtcpWriter.cname(farewell, source.ssrc(), source.cname());
        RtcpWriter.bye(farewell, source.ssrc());
        return farewell.flip();
    }
}
