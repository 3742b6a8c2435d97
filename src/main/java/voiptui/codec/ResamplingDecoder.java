package voiptui.codec;

import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;

/** Decodes frames and converts them to another sample rate. Owned by the playout thread. Allocates nothing by itself. */
public final class ResamplingDecoder implements FrameDecoder {

    private final FrameDecoder decoder;
    private final FrameResampler resampler;
    private final PcmFormat to;
    private final int fromSamples;
    private final short[] payloadAudio;
    private final short[] decoded;
    private final short[] converted;

    /**
     * Creates a decoder to frames of {@code to}.
     *
     * @param decoder decodes to frames of {@code from}
     * @param to the output format, with frames of the same duration
     */
    public ResamplingDecoder(FrameDecoder decoder, PcmFormat from, PcmFormat to) {
        this.decoder = decoder;
        this.resampler = new FrameResampler(from, to);
        this.to = to;
        this.fromSamples = from.frameSamples();
        this.payloadAudio = new short[from.sampleRateHz() * MAX_PAYLOAD_MS / 1000];
        this.decoded = new short[fromSamples];
        this.converted = new short[to.frameSamples()];
    }

    @Override
    public int samples(byte[] payload, int bytes) {
        return decoder.samples(payload, bytes) == fromSamples ? to.frameSamples() : 0;
    }

    @Override
    public int decode(byte[] payload, int bytes, short[] audio) {
        if (samples(payload, bytes) == 0 || decoder.decode(payload, bytes, payloadAudio) != fromSamples) {
            return 0;
        }
        System.arraycopy(payloadAudio, 0, decoded, 0, fromSamples);
        resampler.convert(decoded, converted);
        System.arraycopy(converted, 0, audio, 0, converted.length);
        return converted.length;
    }

    /** Conceals a frame; {@code samples} is that of a frame. */
    @Override
    public void conceal(short[] audio, int samples) {
        decoder.conceal(decoded, fromSamples);
        resampler.convert(decoded, converted);
        System.arraycopy(converted, 0, audio, 0, samples);
    }

    @Override
    public int rateHz() {
        return to.sampleRateHz();
    }
}
