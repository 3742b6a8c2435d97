package voiptui.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import voiptui.audio.PcmFormat;

/**
 * Uncompressed signed 16-bit samples: little-endian in classic packets, big-endian in L16 (RFC 3551, 4.5.11).
 *
 * <p>Stateless; any thread. Allocates nothing.
 */
public final class PcmCodec {

    /** Name of the codec in events and summaries. */
    public static final String NAME = "pcm";

    private PcmCodec() {}

    /** Returns the bit rate in kbit/s, rounded. */
    public static int bitrateKbps(PcmFormat format) {
        return Math.round(format.sampleRateHz() * PcmFormat.BYTES_PER_SAMPLE * Byte.SIZE / 1000f);
    }

    /**
     * Encodes a frame.
     *
     * @param frame the samples
     * @param order byte order of the samples in the payload
     * @param payload receives two bytes per sample
     * @param at absolute index in {@code payload} of the first sample
     */
    public static void encode(short[] frame, ByteOrder order, ByteBuffer payload, int at) {
        int upper = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
        for (int i = 0; i < frame.length; i++) {
            short sample = frame[i];
            payload.put(at + 2 * i + upper, (byte) (sample >> 8));
            payload.put(at + 2 * i + 1 - upper, (byte) sample);
        }
    }

    /** As above, in the byte order of the classic protocol. */
    public static void encode(short[] frame, ByteBuffer payload, int at) {
        encode(frame, ByteOrder.LITTLE_ENDIAN, payload, at);
    }

    /**
     * Decodes samples.
     *
     * @param payload two bytes per sample, from index 0
     * @param order byte order of the samples in the payload
     * @param audio receives the samples
     * @param samples how many
     */
    public static void decode(byte[] payload, ByteOrder order, short[] audio, int samples) {
        int upper = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
        for (int i = 0; i < samples; i++) {
            audio[i] = (short) (payload[2 * i + upper] << 8 | payload[2 * i + 1 - upper] & 0xff);
        }
    }

    /** Decodes a frame in the byte order of the classic protocol. */
    public static void decode(byte[] payload, short[] frame) {
        decode(payload, ByteOrder.LITTLE_ENDIAN, frame, frame.length);
    }
}
