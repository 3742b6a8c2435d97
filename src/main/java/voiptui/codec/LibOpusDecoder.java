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
import org.lwjgl.util.opus.Opus.CTLRequest;

/** Decodes, conceals and recovers by libopus. Owned by the playout thread. Allocates nothing per frame. */
final class LibOpusDecoder extends OpusFrameDecoder {

    /** The lowest decoder complexity that conceals losses by the neural network (deep PLC). */
    private static final CTLRequest CONCEALING = OPUS_SET_COMPLEXITY(5);
    /** The lowest one that also enhances speech of a low bit rate, by the better of two neural networks (NoLACE). */
    private static final CTLRequest ENHANCING = OPUS_SET_COMPLEXITY(7);
    /** Below this bit rate, in bit/s, speech is enhanced: with more it gains little, and takes as much of the processor ... */
    private static final double LOW_BPS = 20_500;
    /** ... until it is above this. */
    private static final double HIGH_BPS = 23_500;
    /** How many packets count for the bit rate. */
    private static final double MEAN_PACKETS = 50;

    /** Payloads this short say that nothing is sent (RFC 6716, 2.1.9). */
    private static final int MAX_EMPTY_BYTES = 2;

    private final ByteBuffer state = LibOpus.direct(opus_decoder_get_size(1));
    private final long address = MemoryUtil.memAddress(state);
    private final ShortBuffer samples =
            LibOpus.direct(Short.BYTES * MAX_SAMPLES).asShortBuffer();
    private final ByteBuffer packet = LibOpus.direct(OpusPacket.MAX_BYTES);
    private final LibOpusDred dred = new LibOpusDred();
    private double bitRateBps = HIGH_BPS;
    private boolean enhances;

    LibOpusDecoder() {
        LibOpus.require(opus_decoder_init(address, Opus.RATE_HZ, 1), "opus_decoder_init");
        LibOpus.require(opus_decoder_ctl(address, CONCEALING), "opus_decoder_ctl");
    }

    @Override
    boolean run(byte @Nullable [] payload, int bytes, short[] audio, int count, boolean fec) {
        if (payload != null && !fec && bytes > MAX_EMPTY_BYTES) {
            adapt((double) bytes * Byte.SIZE * Opus.RATE_HZ / count);
        }
        ByteBuffer data = payload == null ? null : withoutExtensions(payload, bytes);
        return finish(opus_decode(address, data, samples, count, fec ? 1 : 0), audio, count);
    }

    private void adapt(double packetBps) {
        bitRateBps += (packetBps - bitRateBps) / MEAN_PACKETS;
        boolean low = bitRateBps < (enhances ? HIGH_BPS : LOW_BPS);
        if (low != enhances) {
            enhances = low;
            LibOpus.require(opus_decoder_ctl(address, low ? ENHANCING : CONCEALING), "opus_decoder_ctl");
        }
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
