package voiptui.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the decoders of both Opus libraries have in common: a packet is checked before the library sees it, and whatever cannot be
 * decoded is concealed. Owned by the playout thread.
 */
abstract class OpusFrameDecoder implements FrameDecoder {

    @Override
    public final boolean decode(byte[] payload, int bytes, short[] frame) {
        if (OpusPacket.samples(payload, bytes) == Opus.FRAME_SAMPLES && run(payload, bytes, frame)) {
            return true;
        }
        conceal(frame);
        return false;
    }

    @Override
    public final void conceal(short[] frame) {
        if (!run(null, 0, frame)) {
            Arrays.fill(frame, (short) 0);
        }
    }

    /** Decodes a well-formed payload of one frame, or conceals if it is null. Returns false if the library fails. */
    abstract boolean run(byte @Nullable [] payload, int bytes, short[] frame);
}
