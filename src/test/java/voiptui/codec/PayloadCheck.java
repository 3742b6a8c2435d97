package voiptui.codec;

/** What is read of an Opus payload before native code sees it, for tests in other packages. */
public final class PayloadCheck {

    private PayloadCheck() {}

    /** Returns where the padding of a well-formed packet begins. */
    public static int paddingStart(byte[] payload, int bytes) {
        return OpusPacket.paddingStart(payload, bytes);
    }

    /** Returns the frames in a well-formed packet. */
    public static int frames(byte[] payload, int bytes) {
        return OpusPacket.frames(payload, bytes);
    }

    /** Returns whether a well-formed packet has in-band FEC. */
    public static boolean hasFec(byte[] payload, int bytes) {
        return OpusPacket.hasFec(payload, bytes);
    }

    /** Returns whether a well-formed packet has deep redundancy. */
    public static boolean hasDred(byte[] payload, int bytes) {
        return OpusExtensions.hasDred(payload, bytes);
    }
}
