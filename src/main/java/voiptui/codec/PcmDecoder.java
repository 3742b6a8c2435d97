package voiptui.codec;

import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;

/**
 * Decodes uncompressed samples, and conceals missing audio with a {@link Concealer}. Owned by the playout thread. Allocates
 * nothing.
 */
public final class PcmDecoder implements FrameDecoder {

    private final ByteOrder order;
    private final int rateHz;
    private final int maxSamples;
    private final Concealer concealer;

    /**
     * Creates a decoder to the sample rate of {@code format}.
     *
     * @param order byte order of the samples, see {@link PcmEncoder}
     */
    public PcmDecoder(PcmFormat format, ByteOrder order) {
        this.order = order;
        this.rateHz = format.sampleRateHz();
        this.maxSamples = format.samplesOf(MAX_PAYLOAD_MS);
        this.concealer = new Concealer(rateHz);
    }

    @Override
    public int rateHz() {
        return rateHz;
    }

    @Override
    public int samples(byte[] payload, int bytes) {
        int samples = bytes / PcmFormat.BYTES_PER_SAMPLE;
        boolean valid = bytes % PcmFormat.BYTES_PER_SAMPLE == 0 && bytes <= payload.length && samples <= maxSamples;
        return valid ? samples : 0;
    }

    @Override
    public int decode(byte[] payload, int bytes, short[] audio) {
        int samples = samples(payload, bytes);
        PcmCodec.decode(payload, order, audio, samples);
        concealer.onReceived(audio, samples);
        return samples;
    }

    @Override
    public void conceal(short[] audio, int samples) {
        concealer.conceal(audio, samples);
    }
}
