package voiptui.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;
import voiptui.time.PacketTime;

/** Encodes uncompressed samples. Owned by the capture thread. Allocates nothing. */
public final class PcmEncoder implements FrameEncoder {

    private final ByteOrder order;
    private final int payloadBytes;

    /**
     * Creates an encoder for frames of {@code format}.
     *
     * @param order byte order of the samples: little-endian in classic packets, big-endian in L16 (RFC 3551, 4.5.11)
     */
    public PcmEncoder(PcmFormat format, ByteOrder order) {
        this.order = order;
        this.payloadBytes = PcmFormat.BYTES_PER_SAMPLE * format.samplesOf(PacketTime.MS);
    }

    @Override
    public int encode(short[] frame, ByteBuffer packet, int at) {
        PcmCodec.encode(frame, order, packet, at);
        return payloadBytes;
    }

    @Override
    public int maxPayloadBytes() {
        return payloadBytes;
    }
}
