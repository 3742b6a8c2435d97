package voiptui.protocol;

/** The three bytes in front of everything in a TLS stream of the second protocol; {@code protocol.md}, section 2. */
public final class FrameHeader {

    /** 1 byte type, 2 bytes length. */
    public static final int BYTES = 3;
    /** One JSON object. */
    public static final int JSON = 0;
    /** One media datagram. */
    public static final int MEDIA = 1;
    /** The longest media datagram in a frame. */
    public static final int MAX_MEDIA_BYTES = 2_200;

    private FrameHeader() {}

    /** Whether there is a frame of that type (from 0 to 255) and length. */
    public static boolean isAllowed(int type, int length) {
        return type == JSON && length <= MessageJson.MAX_BYTES || type == MEDIA && length <= MAX_MEDIA_BYTES;
    }

    /** A whole frame around {@code payload}. */
    public static byte[] frame(int type, byte[] payload) {
        byte[] frame = new byte[BYTES + payload.length];
        frame[0] = (byte) type;
        frame[1] = (byte) (payload.length >>> 8);
        frame[2] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, BYTES, payload.length);
        return frame;
    }
}
