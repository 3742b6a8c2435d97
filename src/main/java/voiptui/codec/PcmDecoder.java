package voiptui.codec;

import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;
import voiptui.time.PacketTime;

/**
 * Decodes uncompressed samples, and conceals missing frames with a {@link Concealer}. Owned by the playout thread. Allocates
 * nothing.
 */
public final class PcmDecoder implements FrameDecoder {

    private final ByteOrder order;
    private final int rateHz;
    private final int payloadBytes;
    private final short[] frame;
    private final Concealer concealer;

    /**
     * Creates a decoder to frames of {@code format}.
     *
     * @param order byte order of the samples, see {@link PcmEncoder}
     */
    public PcmDecoder(PcmFormat format, ByteOrder order) {
        this.order = order;
        this.rateHz = format.sampleRateHz();
        this.payloadBytes = PcmFormat.BYTES_PER_SAMPLE * format.samplesOf(PacketTime.MS);
        this.frame = new short[format.samplesOf(PacketTime.MS)];
        this.concealer = new Concealer(format.sampleRateHz(), frame.length);
    }

    @Override
    public int samples(byte[] payload, int bytes) {
        return bytes == payloadBytes ? frame.length : 0;
    }

    @Override
    public int decode(byte[] payload, int bytes, short[] audio) {
        if (bytes != payloadBytes) {
            return 0;
        }
        PcmCodec.decode(payload, order, frame);
        concealer.onFrame(frame);
        System.arraycopy(frame, 0, audio, 0, frame.length);
        return frame.length;
    }

    @Override
    public void conceal(short[] audio, int samples) {
        concealer.conceal(frame);
        System.arraycopy(frame, 0, audio, 0, samples);
    }

    @Override
    public int rateHz() {
        return rateHz;
    }
}
