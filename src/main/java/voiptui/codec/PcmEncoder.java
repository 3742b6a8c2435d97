package voiptui.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;

/** Samples as they are: nothing to code. Owned by the capture thread. Allocates nothing. */
public final class PcmEncoder implements FrameEncoder {

    private final ByteOrder order;
    private final int payloadBytes;

    /**
     * For frames of a format.
     *
     * @param order which byte of a sample comes first: the lower one in classic packets, the upper one in L16 (RFC 3551)
     */
    public PcmEncoder(PcmFormat format, ByteOrder order) {
        this.order = order;
        this.payloadBytes = format.frameBytes();
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
