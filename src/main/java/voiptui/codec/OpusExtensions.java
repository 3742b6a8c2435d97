package voiptui.codec;

/**
 * Checks the extensions that a newer Opus keeps in the padding of a packet, before native code reads them
 * (draft-ietf-mlcodec-opus-extension-05, section 3). Stateless; any thread. Allocates nothing.
 */
final class OpusExtensions {

    /** Ends the extensions, or, with the flag set, is one byte of padding. */
    private static final int PADDING = 0;
    /** Begins the extensions of a later frame. */
    private static final int SEPARATOR = 1;
    /** Repeats extensions for each later frame. */
    private static final int REPEAT = 2;
    /** From here on an extension has a length of its own; below it is 0 or 1, as the flag says. */
    private static final int FIRST_LONG = 32;
    /** Deep redundancy while it is experimental (draft-ietf-mlcodec-opus-dred). */
    private static final int DRED = 126;
    /** The letter D and the version, in front of the redundancy while it is experimental. */
    private static final int DRED_HEADER_BYTES = 2;

    private static final int LONGER = 255;

    private OpusExtensions() {}

    /**
     * Returns whether a packet holds deep redundancy, in extensions each of which fits the padding and belongs to a frame of the
     * packet. Extensions that repeat others are refused as a whole: deep redundancy is in a packet once.
     *
     * @param payload a packet that {@link OpusPacket#samples} accepts, from index 0
     * @param bytes length of the packet
     */
    static boolean hasDred(byte[] payload, int bytes) {
        int at = OpusPacket.paddingStart(payload, bytes);
        int frames = OpusPacket.frames(payload, bytes);
        int frame = 0;
        boolean found = false;
        while (at < bytes) {
            int id = payload[at] >> 1 & 0x7f;
            boolean flag = (payload[at++] & 1) != 0;
            if (id == REPEAT) {
                return false;
            } else if (id == PADDING) {
                at = flag ? at : bytes;
            } else if (id < FIRST_LONG) {
                if (flag && at >= bytes) {
                    return false;
                }
                if (id == SEPARATOR) {
                    frame += flag ? payload[at] & 0xff : 1;
                    if (frame >= frames) {
                        return false;
                    }
                }
                at += flag ? 1 : 0;
            } else {
                int length = flag ? 0 : bytes - at;
                int more = flag ? LONGER : 0;
                while (more == LONGER) {
                    if (at >= bytes) {
                        return false;
                    }
                    more = payload[at++] & 0xff;
                    length += more;
                }
                if (length > bytes - at) {
                    return false;
                }
                found |= id == DRED && length > DRED_HEADER_BYTES;
                at += length;
            }
        }
        return found;
    }
}
