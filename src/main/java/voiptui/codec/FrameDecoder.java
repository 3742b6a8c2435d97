package voiptui.codec;

/**
 * Decodes payloads, a frame at a time, and conceals missing ones. Owned by the playout thread.
 *
 * <p>{@link #decode} or {@link #conceal} is called once per frame, in playout order. Both know the frames before, so that
 * received and concealed audio join without a click.
 */
public interface FrameDecoder {

    /**
     * Decodes a frame.
     *
     * @param payload unchecked bytes from the network, from index 0
     * @param bytes length of the payload
     * @param frame receives the samples
     * @return false when the payload is invalid; the frame is concealed then
     */
    boolean decode(byte[] payload, int bytes, short[] frame);

    /**
     * Conceals a missing frame.
     *
     * @param frame receives the samples
     */
    void conceal(short[] frame);
}
