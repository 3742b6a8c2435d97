package voiptui.codec;

import static org.lwjgl.util.opus.Opus.OPUS_APPLICATION_VOIP;
import static org.lwjgl.util.opus.Opus.OPUS_OK;
import static org.lwjgl.util.opus.Opus.OPUS_SET_BITRATE;
import static org.lwjgl.util.opus.Opus.OPUS_SET_COMPLEXITY;
import static org.lwjgl.util.opus.Opus.OPUS_SET_SIGNAL;
import static org.lwjgl.util.opus.Opus.OPUS_SIGNAL_VOICE;
import static org.lwjgl.util.opus.Opus.opus_decode;
import static org.lwjgl.util.opus.Opus.opus_decoder_ctl;
import static org.lwjgl.util.opus.Opus.opus_decoder_get_size;
import static org.lwjgl.util.opus.Opus.opus_decoder_init;
import static org.lwjgl.util.opus.Opus.opus_encode;
import static org.lwjgl.util.opus.Opus.opus_encoder_ctl;
import static org.lwjgl.util.opus.Opus.opus_encoder_get_size;
import static org.lwjgl.util.opus.Opus.opus_encoder_init;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.opus.Opus.CTLRequest;

/**
 * Opus by the reference implementation, libopus, with neural packet loss concealment ("deep PLC").
 *
 * <p>Native code: a malformed packet is rejected by {@link OpusPacket} before the library sees it. The states live in direct
 * buffers, which the garbage collector frees. Allocates nothing per frame.
 */
final class LibOpus implements OpusLibrary {

    /** Encoder complexity, from 0 to 10; 10 costs a quarter more and gains nothing audible at this bit rate. */
    private static final int ENCODER_COMPLEXITY = 9;
    /** The lowest decoder complexity that conceals losses by the neural network (deep PLC). */
    private static final int DECODER_COMPLEXITY = 5;

    private LibOpus() {}

    /**
     * Loads the library.
     *
     * @throws UnsatisfiedLinkError if it is not installed next to the program, or cannot be loaded; says why
     */
    static OpusLibrary load() {
        NativeLibraries.prepare();
        LibOpus library = new LibOpus();
        // Fails here rather than in a call if the library does not do what it should.
        library.decoder().conceal(new short[Opus.FRAME_SAMPLES], Opus.FRAME_SAMPLES);
        library.encoder().encode(new short[Opus.FRAME_SAMPLES], ByteBuffer.allocate(OpusPacket.MAX_FRAME_BYTES), 0);
        return library;
    }

    @Override
    public String name() {
        return "libopus";
    }

    @Override
    public FrameEncoder encoder() {
        return new Encoder();
    }

    @Override
    public FrameDecoder decoder() {
        return new Decoder();
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static void require(int result, String what) {
        if (result != OPUS_OK) {
            throw new IllegalStateException("libopus: " + what + " failed with " + result);
        }
    }

    private static final class Encoder implements FrameEncoder {

        private final ByteBuffer state = direct(opus_encoder_get_size(1));
        private final long address = MemoryUtil.memAddress(state);
        private final ShortBuffer samples =
                direct(Short.BYTES * Opus.FRAME_SAMPLES).asShortBuffer();
        private final ByteBuffer payload = direct(OpusPacket.MAX_FRAME_BYTES);

        Encoder() {
            require(opus_encoder_init(address, Opus.RATE_HZ, 1, OPUS_APPLICATION_VOIP), "opus_encoder_init");
            set(OPUS_SET_BITRATE(Opus.BITRATE_KBPS * 1000));
            set(OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
            set(OPUS_SET_COMPLEXITY(ENCODER_COMPLEXITY));
        }

        private void set(CTLRequest request) {
            require(opus_encoder_ctl(address, request), "opus_encoder_ctl");
        }

        @Override
        public int encode(short[] frame, ByteBuffer packet, int at) {
            samples.put(0, frame, 0, Opus.FRAME_SAMPLES);
            int bytes = opus_encode(address, samples, Opus.FRAME_SAMPLES, payload);
            Reference.reachabilityFence(state);
            if (bytes < 0) {
                throw new IllegalStateException("libopus: opus_encode failed with " + bytes);
            }
            packet.put(at, payload, 0, bytes);
            return bytes;
        }

        @Override
        public int maxPayloadBytes() {
            return OpusPacket.MAX_FRAME_BYTES;
        }
    }

    private static final class Decoder extends OpusFrameDecoder {

        private final ByteBuffer state = direct(opus_decoder_get_size(1));
        private final long address = MemoryUtil.memAddress(state);
        private final ShortBuffer samples =
                direct(Short.BYTES * Opus.RATE_HZ * MAX_PAYLOAD_MS / 1000).asShortBuffer();
        private final ByteBuffer packet = direct(OpusPacket.MAX_FRAME_BYTES + 1);

        Decoder() {
            require(opus_decoder_init(address, Opus.RATE_HZ, 1), "opus_decoder_init");
            require(opus_decoder_ctl(address, OPUS_SET_COMPLEXITY(DECODER_COMPLEXITY)), "opus_decoder_ctl");
        }

        @Override
        boolean run(byte @Nullable [] payload, int bytes, short[] audio, int count) {
            if (bytes > packet.capacity()) {
                return false;
            }
            ByteBuffer data = payload == null
                    ? null
                    : packet.clear().put(0, payload, 0, bytes).limit(bytes);
            int decoded = opus_decode(address, data, samples, count, 0);
            Reference.reachabilityFence(state);
            if (decoded != count) {
                return false;
            }
            samples.get(0, audio, 0, count);
            return true;
        }
    }
}
