package voiptui.codec;

import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;

/** Samples as they are, and a {@link Concealer} for those that are missing. Owned by the playout thread. Allocates nothing. */
public final class PcmDecoder implements FrameDecoder {

    private final ByteOrder order;
    private final int payloadBytes;
    private final Concealer concealer;

    /**
     * For frames of a format.
     *
     * @param order which byte of a sample comes first, see {@link PcmEncoder}
     */
    public PcmDecoder(PcmFormat format, ByteOrder order) {
        this.order = order;
        this.payloadBytes = format.frameBytes();
        this.concealer = new Concealer(format.sampleRateHz(), format.frameSamples());
    }

    @Override
    public boolean decode(byte[] payload, int bytes, short[] frame) {
        if (bytes != payloadBytes) {
            concealer.conceal(frame);
            return false;
        }
        PcmCodec.decode(payload, order, frame);
        concealer.heard(frame);
        return true;
    }

    @Override
    public void conceal(short[] frame) {
        concealer.conceal(frame);
    }
}
