package voiptui.relay;

/**
 * One frame of a TLS stream; {@code wire.md}, section 2.
 *
 * @param type {@link voiptui.signal.FrameHeader#JSON} or {@link voiptui.signal.FrameHeader#MEDIA}
 * @param payload what is in it; the receiver's
 */
record Frame(int type, byte[] payload) {

    /** What stands for a frame that there cannot be; nothing follows it. */
    static final Frame NONSENSE = new Frame(-1, new byte[0]);
}
