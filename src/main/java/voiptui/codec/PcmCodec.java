package voiptui.codec;

import java.nio.ByteBuffer;
import voiptui.audio.PcmFormat;

/**
 * Signed 16-bit little-endian samples as they are: the payload of the classic protocol.
 *
 * <p>Stateless, allocates nothing; may be used by any thread.
 */
public final class PcmCodec {

    /** The codec's name in the summary. */
    public static final String NAME = "pcm";

    private PcmCodec() {
    }

    /** How many thousand bits a second of sound takes, rounded. */
    public static int bitrateKbps(PcmFormat format) {
        return Math.round(format.sampleRateHz() * PcmFormat.BYTES_PER_SAMPLE * Byte.SIZE / 1000f);
    }

    /**
     * Writes the samples of a frame.
     *
     * @param frame the samples
     * @param payload receives two bytes a sample from {@code at} on
     * @param at where in {@code payload} to begin
     */
    public static void encode(short[] frame, ByteBuffer payload, int at) {
        for (int i = 0; i < frame.length; i++) {
            short sample = frame[i];
            payload.put(at + 2 * i, (byte) sample);
            payload.put(at + 2 * i + 1, (byte) (sample >> 8));
        }
    }

    /**
     * Reads the samples of a frame.
     *
     * @param payload two bytes a sample
     * @param frame receives as many samples as it is long
     */
    public static void decode(byte[] payload, short[] frame) {
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) ((payload[2 * i] & 0xff) | payload[2 * i + 1] << 8);
        }
    }
}
