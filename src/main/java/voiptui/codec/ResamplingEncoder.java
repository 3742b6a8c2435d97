package voiptui.codec;

import java.nio.ByteBuffer;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;

/** Converts frames to another sample rate and encodes them. Owned by the capture thread. Allocates nothing by itself. */
public final class ResamplingEncoder implements FrameEncoder {

    private final FrameEncoder encoder;
    private final FrameResampler resampler;
    private final short[] converted;

    /**
     * Creates an encoder for frames of {@code from}.
     *
     * @param to the format that {@code encoder} takes, with frames of the same duration
     */
    public ResamplingEncoder(PcmFormat from, PcmFormat to, FrameEncoder encoder) {
        this.encoder = encoder;
        this.resampler = new FrameResampler(from, to);
        this.converted = new short[to.frameSamples()];
    }

    @Override
    public int encode(short[] frame, ByteBuffer packet, int at) {
        resampler.convert(frame, converted);
        return encoder.encode(converted, packet, at);
    }

    @Override
    public int maxPayloadBytes() {
        return encoder.maxPayloadBytes();
    }

    @Override
    public void adapt(EncoderSettings settings) {
        encoder.adapt(settings);
    }
}
