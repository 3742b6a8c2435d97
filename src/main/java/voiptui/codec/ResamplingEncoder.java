package voiptui.codec;

import java.nio.ByteBuffer;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.FrameResampler;

/** Codes frames at another sample rate than they come with. Owned by the capture thread. Allocates nothing by itself. */
public final class ResamplingEncoder implements FrameEncoder {

    private final FrameEncoder encoder;
    private final FrameResampler resampler;
    private final short[] converted;

    /**
     * Converts, then codes.
     *
     * @param from how the frames come
     * @param to how {@code encoder} wants them, as long in time
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
}
