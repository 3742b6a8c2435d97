package voiptui.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the decoders of both Opus libraries have in common: a packet is checked before the library sees it. Owned by the playout
 * thread.
 */
abstract class OpusFrameDecoder implements FrameDecoder {

    /** The most audio in a packet. */
    static final int MAX_SAMPLES = Opus.RATE_HZ * MAX_PAYLOAD_MS / 1000;
    /** In discontinuous transmission, a frame without content is this long at most: TOC byte and frame count (RFC 6716, 2.1.9). */
    private static final int MAX_DTX_BYTES = 2;
    /** Opus conceals in steps of 2.5 ms. */
    private static final int STEP_SAMPLES = Opus.RATE_HZ / 400;

    /** Whether the library has last decoded a packet without a SILK layer: then it makes nothing of in-band FEC. */
    private boolean afterCelt;

    @Override
    public final int samples(byte[] payload, int bytes) {
        return isLength(payload, bytes) ? Math.max(0, OpusPacket.samples(payload, bytes)) : 0;
    }

    @Override
    public final int decode(byte[] payload, int bytes, short[] audio) {
        int samples = samples(payload, bytes);
        if (samples == 0 || !run(payload, bytes, audio, samples, false)) {
            return 0;
        }
        afterCelt = !OpusPacket.hasSilk(payload[0]);
        return samples;
    }

    @Override
    public final void conceal(short[] audio, int samples) {
        if (samples < 0 || samples % STEP_SAMPLES != 0 || samples > MAX_SAMPLES) {
            throw new IllegalArgumentException("samples to conceal: " + samples);
        }
        if (samples > 0 && !run(null, 0, audio, samples, false)) {
            Arrays.fill(audio, 0, samples, (short) 0);
        }
    }

    @Override
    public final Recovered recover(byte[] later, int bytes, int distanceSamples, short[] audio, int samples) {
        boolean sane = samples > 0
                && samples % STEP_SAMPLES == 0
                && samples <= MAX_SAMPLES
                && samples <= distanceSamples
                && samples(later, bytes) > 0;
        if (!sane) {
            return Recovered.NONE;
        }
        if (samples == distanceSamples
                && samples == OpusPacket.frameSamples(later[0])
                && !afterCelt
                && OpusPacket.hasFec(later, bytes)
                && run(later, bytes, audio, samples, true)) {
            return Recovered.FEC;
        }
        return recoverDeep(later, bytes, distanceSamples, audio, samples) ? Recovered.DRED : Recovered.NONE;
    }

    @Override
    public final boolean beginsPause(byte[] payload, int bytes) {
        return bytes <= MAX_DTX_BYTES;
    }

    @Override
    public final int rateHz() {
        return Opus.RATE_HZ;
    }

    private static boolean isLength(byte[] payload, int bytes) {
        return bytes > 0 && bytes <= payload.length && bytes <= OpusPacket.MAX_BYTES;
    }

    /**
     * Decodes a well-formed payload of {@code samples} samples, or conceals that many if it is null.
     *
     * @param fec whether to decode the in-band FEC of the payload, of that length, instead of the payload
     * @return false if the library fails
     */
    abstract boolean run(byte @Nullable [] payload, int bytes, short[] audio, int samples, boolean fec);

    /** Recovers audio from the deep redundancy of a well-formed packet; see {@link #recover}. Returns false if it cannot. */
    boolean recoverDeep(byte[] later, int bytes, int distanceSamples, short[] audio, int samples) {
        return false;
    }
}
