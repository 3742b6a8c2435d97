package voiptui.codec;

/**
 * Decodes payloads, conceals what is missing, and recovers it from later payloads. Owned by the playout thread.
 *
 * <p>{@link #decode}, {@link #conceal} and {@link #recover} are called in playout order: each continues where the last one
 * ended, so that received, recovered and concealed audio join without a click. Payloads are unchecked bytes from the network,
 * from index 0 of an array; nothing in them makes a method throw.
 */
public interface FrameDecoder {

    /** The most audio that {@link #decode} writes, in milliseconds (RFC 6716, 3.4, R5). */
    int MAX_PAYLOAD_MS = 120;

    /** How lost audio was recovered. */
    enum Recovered {
        /** Not at all. */
        NONE,
        /** From the in-band FEC of the packet after it (RFC 6716, 2.1.7). */
        FEC,
        /** From the deep redundancy of a later packet. */
        DRED
    }

    /**
     * Returns the length of the audio in a payload, in samples at {@link #rateHz}; 0 if the payload is malformed or longer than
     * {@value #MAX_PAYLOAD_MS} ms. Changes nothing.
     *
     * @param bytes length of the payload
     */
    int samples(byte[] payload, int bytes);

    /**
     * Decodes a payload.
     *
     * @param bytes length of the payload
     * @param audio receives the samples; has room for {@value #MAX_PAYLOAD_MS} ms
     * @return the samples written; 0 when the payload is invalid, and then nothing is concealed
     */
    int decode(byte[] payload, int bytes, short[] audio);

    /**
     * Conceals missing audio.
     *
     * @param audio receives the samples
     * @param samples how many to make up; a multiple of 2.5 ms
     */
    void conceal(short[] audio, int samples);

    /**
     * Recovers lost audio from a packet that follows it.
     *
     * @param later payload of the later packet
     * @param bytes length of the payload
     * @param distanceSamples from the first sample to recover to the first sample of {@code later}
     * @param audio receives the samples
     * @param samples how many to recover, at most {@code distanceSamples}; a multiple of 2.5 ms. In-band FEC has the frame just
     *     before {@code later} and nothing else: ask for a longer loss frame by frame
     * @return how; {@link Recovered#NONE} writes nothing and changes nothing
     */
    default Recovered recover(byte[] later, int bytes, int distanceSamples, short[] audio, int samples) {
        return Recovered.NONE;
    }

    /**
     * Returns whether the sender announces a pause with this payload: nothing is missing until the next packet, and {@link #conceal}
     * continues the background noise.
     */
    default boolean beginsPause(byte[] payload, int bytes) {
        return false;
    }

    /** Returns the samples per second of the decoded audio. */
    int rateHz();
}
