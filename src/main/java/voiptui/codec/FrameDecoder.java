package voiptui.codec;

/**
 * Makes sound of payloads again, a frame at a time, and of payloads that never came. Owned by the playout thread.
 *
 * <p>Each frame's time has one call of {@link #decode} or {@link #conceal}, in the order of the sound: both know what came
 * before, and lead over from the one to the other without a click.
 */
public interface FrameDecoder {

    /**
     * Decodes a frame.
     *
     * @param payload unchecked bytes from the network, from 0 on
     * @param bytes how many
     * @param frame receives the samples
     * @return {@code false} when the payload makes no sense: then the frame is made up as if it had not come
     */
    boolean decode(byte[] payload, int bytes, short[] frame);

    /**
     * Makes up a frame that is missing.
     *
     * @param frame receives the samples
     */
    void conceal(short[] frame);
}
