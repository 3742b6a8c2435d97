package voiptui.protocol;

/** The header of three bytes in front of each frame in a v2 TLS stream; {@code protocol.md}, section 2. */
public final class FrameHeader {

    /** Length of the header: type (1 byte), length (2 bytes). */
    public static final int BYTES = 3;
    /** Frame type: one JSON object. */
    public static final int JSON = 0;
    /** Frame type: one media datagram. */
    public static final int MEDIA = 1;
    /** The longest media datagram in a frame. */
    public static final int MAX_MEDIA_BYTES = 2_200;

    private FrameHeader() {}

    /** Returns whether a frame of that type (0 to 255) is known; others may be of a later version. */
    public static boolean isKnown(int type) {
        return type == JSON || type == MEDIA;
    }

    /** Returns whether a frame may have that type (0 to 255) and length: of an unknown type, any. */
    public static boolean isAllowed(int type, int length) {
        return switch (type) {
            case JSON -> length <= MessageJson.MAX_BYTES;
            case MEDIA -> length <= MAX_MEDIA_BYTES;
            default -> true;
        };
    }

    /** Encodes a whole frame with {@code payload}. */
    public static byte[] frame(int type, byte[] payload) {
        byte[] frame = new byte[BYTES + payload.length];
        frame[0] = (byte) type;
        frame[1] = (byte) (payload.length >>> 8);
        frame[2] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, BYTES, payload.length);
        return frame;
    }
}
