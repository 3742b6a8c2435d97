package voiptui.codec;

import static org.lwjgl.util.opus.Opus.OPUS_OK;
import static org.lwjgl.util.opus.Opus.opus_dred_decoder_get_size;
import static org.lwjgl.util.opus.Opus.opus_dred_decoder_init;
import static org.lwjgl.util.opus.Opus.opus_dred_get_size;
import static org.lwjgl.util.opus.Opus.opus_dred_parse;
import static org.lwjgl.util.opus.Opus.opus_dred_process;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.lwjgl.system.MemoryUtil;

/**
 * The deep redundancy (DRED) of a packet: a neural description of up to a second of speech before it
 * (draft-ietf-mlcodec-opus-dred).
 *
 * <p>Reading it costs more than decoding a frame, so it is read only for a loss, only as far back as that is, and once for all
 * the frames that are recovered from the same packet. Owned by the playout thread. Allocates nothing after construction.
 */
final class LibOpusDred {

    /** The furthest that the redundancy of a packet reaches back. */
    private static final int MAX_DISTANCE_SAMPLES = Opus.RATE_HZ * 104 / 100;

    private final ByteBuffer decoderState = LibOpus.direct(opus_dred_decoder_get_size());
    private final long decoder = MemoryUtil.memAddress(decoderState);
    private final ByteBuffer redundancy = LibOpus.direct(opus_dred_get_size());
    private final long address = MemoryUtil.memAddress(redundancy);
    private final IntBuffer end = LibOpus.direct(Integer.BYTES).asIntBuffer();
    private final ByteBuffer packet = LibOpus.direct(OpusPacket.MAX_BYTES);

    private final byte[] read = new byte[OpusPacket.MAX_BYTES];
    private int readBytes;
    private int readDistanceSamples;
    private int firstDistanceSamples;
    private int lastDistanceSamples;
    private boolean processed;

    LibOpusDred() {
        LibOpus.require(opus_dred_decoder_init(decoder), "opus_dred_decoder_init");
    }

    /** Returns the address of what was read, for the decoder. */
    long address() {
        return address;
    }

    /**
     * Reads the redundancy of a well-formed packet, unless that was done before, and returns whether it has at least half of the
     * {@code samples} samples that begin {@code distanceSamples} before the packet.
     */
    boolean covers(byte[] payload, int bytes, int distanceSamples, int samples) {
        if (distanceSamples > MAX_DISTANCE_SAMPLES) {
            return false;
        }
        boolean known = distanceSamples <= readDistanceSamples
                && bytes == readBytes
                && Arrays.equals(payload, 0, bytes, read, 0, bytes);
        if (!known) {
            parse(payload, bytes, distanceSamples);
        }
        int missing = Math.max(0, distanceSamples - firstDistanceSamples)
                + Math.max(0, lastDistanceSamples - (distanceSamples - samples));
        return firstDistanceSamples > 0 && missing <= samples / 2 && process();
    }

    private void parse(byte[] payload, int bytes, int distanceSamples) {
        System.arraycopy(payload, 0, read, 0, bytes);
        readBytes = bytes;
        readDistanceSamples = distanceSamples;
        firstDistanceSamples = 0;
        processed = false;
        if (OpusExtensions.hasDred(payload, bytes)) {
            packet.clear().put(0, payload, 0, bytes).limit(bytes);
            firstDistanceSamples =
                    Math.max(0, opus_dred_parse(decoder, address, packet, distanceSamples, Opus.RATE_HZ, end, true));
            lastDistanceSamples = end.get(0);
            Reference.reachabilityFence(this);
        }
    }

    private boolean process() {
        if (!processed) {
            processed = opus_dred_process(decoder, address, address) == OPUS_OK;
            Reference.reachabilityFence(this);
        }
        return processed;
    }
}
