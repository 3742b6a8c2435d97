package voiptui.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;

/**
 * Signed 16-bit samples as they are: little-endian the payload of the classic protocol, big-endian the L16 of RFC 3551.
 *
 * <p>Stateless, allocates nothing; may be used by any thread.
 */
public final class PcmCodec {

    /** The codec's name in the summary. */
    public static final String NAME = "pcm";

    private PcmCodec() {}

    /** How many thousand bits a second of sound takes, rounded. */
    public static int bitrateKbps(PcmFormat format) {
        return Math.round(format.sampleRateHz() * PcmFormat.BYTES_PER_SAMPLE * Byte.SIZE / 1000f);
    }

    /**
     * Writes the samples of a frame.
     *
     * @param frame the samples
     * @param order which byte of a sample comes first
     * @param payload receives two bytes a sample from {@code at} on
     * @param at where in {@code payload} to begin
     */
    public static void encode(short[] frame, ByteOrder order, ByteBuffer payload, int at) {
        int upper = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
        for (int i = 0; i < frame.length; i++) {
            short sample = frame[i];
            payload.put(at + 2 * i + upper, (byte) (sample >> 8));
            payload.put(at + 2 * i + 1 - upper, (byte) sample);
        }
    }

    /** As above, in the order of the classic protocol. */
    public static void encode(short[] frame, ByteBuffer payload, int at) {
        encode(frame, ByteOrder.LITTLE_ENDIAN, payload, at);
    }

    /**
     * Reads the samples of a frame.
     *
     * @param payload two bytes a sample
     * @param order which of them comes first
     * @param frame receives as many samples as it is long
     */
    public static void decode(byte[] payload, ByteOrder order, short[] frame) {
        int upper = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) (payload[2 * i + upper] << 8 | payload[2 * i + 1 - upper] & 0xff);
        }
    }

    /** As above, in the order of the classic protocol. */
    public static void decode(byte[] payload, short[] frame) {
        decode(payload, ByteOrder.LITTLE_ENDIAN, frame);
    }
}
