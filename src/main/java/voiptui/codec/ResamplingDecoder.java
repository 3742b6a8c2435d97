package voiptui.codec;

import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;

/** Decodes frames and converts them to another sample rate. Owned by the playout thread. Allocates nothing by itself. */
public final class ResamplingDecoder implements FrameDecoder {

    private final FrameDecoder decoder;
    private final FrameResampler resampler;
    private final short[] decoded;

    /**
     * Creates a decoder to frames of {@code to}.
     *
     * @param decoder decodes to frames of {@code from}
     * @param to the output format, with frames of the same duration
     */
    public ResamplingDecoder(FrameDecoder decoder, PcmFormat from, PcmFormat to) {
        this.decoder = decoder;
        this.resampler = new FrameResampler(from, to);
        this.decoded = new short[from.frameSamples()];
    }

    @Override
    public boolean decode(byte[] payload, int bytes, short[] frame) {
        boolean valid = decoder.decode(payload, bytes, decoded);
        resampler.convert(decoded, frame);
        return valid;
    }

    @Override
    public void conceal(short[] frame) {
        decoder.conceal(decoded);
        resampler.convert(decoded, frame);
    }
}
