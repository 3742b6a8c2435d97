package voiptui.codec;

import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;

/** Decodes frames to another sample rate than they were coded at. Owned by the playout thread. Allocates nothing by itself. */
public final class ResamplingDecoder implements FrameDecoder {

    private final FrameDecoder decoder;
    private final FrameResampler resampler;
    private final short[] decoded;

    /**
     * Decodes, then converts.
     *
     * @param decoder yields frames of {@code from}
     * @param from how {@code decoder} yields them
     * @param to how they are wanted, as long in time
     */
    public ResamplingDecoder(FrameDecoder decoder, PcmFormat from, PcmFormat to) {
        this.decoder = decoder;
        this.resampler = new FrameResampler(from, to);
        this.decoded = new short[from.frameSamples()];
    }

    @Override
    public boolean decode(byte[] payload, int bytes, short[] frame) {
        boolean sound = decoder.decode(payload, bytes, decoded);
        resampler.convert(decoded, frame);
        return sound;
    }

    @Override
    public void conceal(short[] frame) {
        decoder.conceal(decoded);
        resampler.convert(decoded, frame);
    }
}
