package voiptui.codec;

import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;

/**
 * Decodes uncompressed samples, and conceals missing frames with a {@link Concealer}. Owned by the playout thread. Allocates
 * nothing.
 */
public final class PcmDecoder implements FrameDecoder {

    private final ByteOrder order;
    private final int payloadBytes;
    private final Concealer concealer;

    /**
     * Creates a decoder to frames of {@code format}.
     *
     * @param order byte order of the samples, see {@link PcmEncoder}
     */
    public PcmDecoder(PcmFormat format, ByteOrder order) {
        this.order = order;
        this.payloadBytes = format.frameBytes();
        this.concealer = new Concealer(format.sampleRateHz());
    }

    @Override
    public boolean decode(byte[] payload, int bytes, short[] frame) {
        if (bytes != payloadBytes) {
            concealer.conceal(frame, frame.length);
            return false;
        }
        PcmCodec.decode(payload, order, frame);
        concealer.onReceived(frame, frame.length);
        return true;
    }

    @Override
    public void conceal(short[] frame) {
        concealer.conceal(frame, frame.length);
    }
}
