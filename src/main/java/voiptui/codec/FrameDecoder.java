package voiptui.codec;

/**
 * Decodes payloads and conceals or recovers what is missing, in playout order. Owned by the playout thread.
 *
 * <p>Each call continues the audio of the one before, so that received and concealed audio join without a click.
 */
public interface FrameDecoder {

    /** The longest audio in a payload, in milliseconds (RFC 6716, 2.1.4). */
    int MAX_PAYLOAD_MS = 120;

    /** How a lost piece of audio was recovered from a later packet. */
    enum Recovered {
        /** The packet holds nothing about it. */
        NONE,
        /** From in-band forward error correction (RFC 6716, 2.1.7). */
        FEC,
        /** From deep redundancy (DRED). */
        DRED
    }

    /** Returns the sample rate of the audio, in hertz. */
    int rateHz();

    /**
     * Returns how much audio a payload holds, in samples; 0 if it is malformed or longer than {@link #MAX_PAYLOAD_MS}.
     *
     * @param payload unchecked bytes from the network, from index 0
     * @param bytes length of the payload
     */
    int samples(byte[] payload, int bytes);

    /**
     * Decodes a payload.
     *
     * @param payload unchecked bytes from the network, from index 0
     * @param bytes length of the payload
     * @param audio receives the samples; has room for {@link #MAX_PAYLOAD_MS}
     * @return samples decoded; 0 if the payload is invalid, and nothing is written then
     */
    int decode(byte[] payload, int bytes, short[] audio);

    /**
     * Conceals missing audio.
     *
     * @param audio receives the samples
     * @param samples how many: a multiple of 2.5 ms
     */
    void conceal(short[] audio, int samples);

    /**
     * Returns whether the sender announces a pause with this payload: nothing is missing until the next packet, and {@link #conceal}
     * continues the background noise.
     */
    default boolean beginsPause(byte[] payload, int bytes) {
        return false;
    }

    /**
     * Recovers missing audio from a later packet, if that holds anything about it.
     *
     * @param later payload of the later packet, from index 0
     * @param bytes its length
     * @param distanceSamples how long before the first sample of the later packet the missing audio begins
     * @param audio receives the samples
     * @param samples how many: a multiple of 2.5 ms, at most {@code distanceSamples}
     * @return how it was recovered; nothing is written if it was not
     */
    default Recovered recover(byte[] later, int bytes, int distanceSamples, short[] audio, int samples) {
        return Recovered.NONE;
    }
}
