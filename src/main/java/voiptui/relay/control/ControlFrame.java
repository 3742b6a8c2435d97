package voiptui.relay.control;

/**
 * One frame of a TLS stream; {@code protocol.md}, section 2.
 *
 * @param type {@link voiptui.protocol.FrameHeader#JSON} or {@link voiptui.protocol.FrameHeader#MEDIA}
 * @param payload what is in it; the receiver's
 */
record ControlFrame(int type, byte[] payload) {

    /** What stands for a frame that there cannot be; nothing follows it. */
    static final ControlFrame NONSENSE = new ControlFrame(-1, new byte[0]);
}
