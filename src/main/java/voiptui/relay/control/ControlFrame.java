package voiptui.relay.control;

/**
 * One frame of a v2 connection; {@code protocol.md}, section 2.
 *
 * @param type 0 to 255, such as {@link voiptui.protocol.FrameHeader#JSON}
 * @param payload the frame's content, owned by the receiver; empty if the type is unknown
 * @param bytes length of the content
 */
record ControlFrame(int type, byte[] payload, int bytes) {

    private static final byte[] EMPTY = {};

    /** Stands for a frame with an impossible header; nothing follows it. */
    static final ControlFrame MALFORMED = new ControlFrame(-1, EMPTY);

    /** A frame of a known type. */
    ControlFrame(int type, byte[] payload) {
        this(type, payload, payload.length);
    }

    /** A frame of an unknown type, whose content was skipped. */
    static ControlFrame skipped(int type, int bytes) {
        return new ControlFrame(type, EMPTY, bytes);
    }
}
