package voiptui.codec;

import static org.lwjgl.util.opus.Opus.OPUS_RESET_STATE;
import static org.lwjgl.util.opus.Opus.OPUS_SET_COMPLEXITY;
import static org.lwjgl.util.opus.Opus.opus_decode;
import static org.lwjgl.util.opus.Opus.opus_decoder_ctl;
import static org.lwjgl.util.opus.Opus.opus_decoder_dred_decode;
import static org.lwjgl.util.opus.Opus.opus_decoder_get_size;
import static org.lwjgl.util.opus.Opus.opus_decoder_init;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;
import org.lwjgl.system.MemoryUtil;

/** Decodes, conceals and recovers by libopus. Owned by the playout thread. Allocates nothing per frame. */
final class LibOpusDecoder extends OpusFrameDecoder {

    /** The lowest decoder complexity that conceals losses by the neural network (deep PLC). */
    private static final int COMPLEXITY = 5;

    private final ByteBuffer state = LibOpus.direct(opus_decoder_get_size(1));
    private final long address = MemoryUtil.memAddress(state);
    private final ShortBuffer samples =
            LibOpus.direct(Short.BYTES * MAX_SAMPLES).asShortBuffer();
    private final ByteBuffer packet = LibOpus.direct(OpusPacket.MAX_BYTES);
    private final LibOpusDred dred = new LibOpusDred();

    LibOpusDecoder() {
        LibOpus.require(opus_decoder_init(address, Opus.RATE_HZ, 1), "opus_decoder_init");
        LibOpus.require(opus_decoder_ctl(address, OPUS_SET_COMPLEXITY(COMPLEXITY)), "opus_decoder_ctl");
    }

    @Override
    boolean run(byte @Nullable [] payload, int bytes, short[] audio, int count, boolean fec) {
        ByteBuffer data = payload == null ? null : withoutExtensions(payload, bytes);
        return finish(opus_decode(address, data, samples, count, fec ? 1 : 0), audio, count);
    }

    /** Copies a packet with zeros in its padding, where only the reader of the deep redundancy looks for anything. */
    private ByteBuffer withoutExtensions(byte[] payload, int bytes) {
        packet.clear().put(0, payload, 0, bytes).limit(bytes);
        for (int at = OpusPacket.paddingStart(payload, bytes); at < bytes; at++) {
            packet.put(at, (byte) 0);
        }
        return packet;
    }

    @Override
    boolean recoverDeep(byte[] later, int bytes, int distanceSamples, short[] audio, int count) {
        if (!dred.covers(later, bytes, distanceSamples, count)) {
            return false;
        }
        int decoded = opus_decoder_dred_decode(address, dred.address(), distanceSamples, samples, count);
        Reference.reachabilityFence(dred);
        return finish(decoded, audio, count);
    }

    private boolean finish(int decoded, short[] audio, int count) {
        if (decoded != count) {
            opus_decoder_ctl(address, OPUS_RESET_STATE);
        }
        Reference.reachabilityFence(state);
        if (decoded != count) {
            return false;
        }
        samples.get(0, audio, 0, count);
        return true;
    }
}
