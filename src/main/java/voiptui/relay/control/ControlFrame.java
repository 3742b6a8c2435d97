package voiptui.relay.control;

/**
 * One frame of a v2 connection; {@code protocol.md}, section 2.
 *
 * @param type {@link voiptui.protocol.FrameHeader#JSON} or {@link voiptui.protocol.FrameHeader#MEDIA}
 * @param payload the frame's content, owned by the receiver
 */
record ControlFrame(int type, byte[] payload) {

    /** Stands for a frame with an impossible header; nothing follows it. */
    static final ControlFrame MALFORMED = new ControlFrame(-1, new byte[0]);
}
