package voiptui.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the decoders of both Opus libraries have in common: a packet is checked before the library sees it, and whatever cannot be
 * decoded is concealed. Owned by the playout thread.
 */
abstract class OpusFrameDecoder implements FrameDecoder {

    /** In discontinuous transmission, a frame without content is this long at most (RFC 6716, 2.1.9): TOC byte and frame count. */
    private static final int MAX_DTX_BYTES = 2;

    @Override
    public final int rateHz() {
        return Opus.RATE_HZ;
    }

    @Override
    public final int samples(byte[] payload, int bytes) {
        return Math.max(0, OpusPacket.samples(payload, bytes));
    }

    @Override
    public final int decode(byte[] payload, int bytes, short[] audio) {
        int samples = samples(payload, bytes);
        return samples > 0 && run(payload, bytes, audio, samples) ? samples : 0;
    }

    @Override
    public final void conceal(short[] audio, int samples) {
        if (!run(null, 0, audio, samples)) {
            Arrays.fill(audio, 0, samples, (short) 0);
        }
    }

    @Override
    public final boolean beginsPause(byte[] payload, int bytes) {
        return bytes <= MAX_DTX_BYTES;
    }

    /** Decodes a well-formed payload, or conceals if it is null. Returns false if the library fails. */
    abstract boolean run(byte @Nullable [] payload, int bytes, short[] audio, int samples);
}
