package voiptui.codec;

/**
 * Checks Opus packets before a decoder sees them (RFC 6716, 3.4), and tells how much audio they hold. Stateless; any thread.
 * Allocates nothing.
 */
public final class OpusPacket {

    /** The longest frame in a packet, in bytes (RFC 6716, 3.4, R2). */
    public static final int MAX_FRAME_BYTES = 1275;
    /** The most audio in a packet, in milliseconds (RFC 6716, 3.4, R5). */
    public static final int MAX_DURATION_MS = 120;
    /** The longest packet that is accepted, in bytes: 120 ms at the highest bit rate, in six frames. */
    static final int MAX_BYTES = 6 * MAX_FRAME_BYTES + 16;
    /** What {@link #samples} returns for a malformed packet. */
    public static final int MALFORMED = -1;

    private static final int SAMPLES_PER_MS = 48;
    private static final int FIRST_CELT_CONFIG = 16;
    private static final int STEREO_FLAG = 0x04;
    /** The frame count code of a packet with a counted number of frames. */
    private static final int COUNTED = 0x03;

    private static final int COUNT_MASK = 0x3f;
    private static final int PADDING_FLAG = 0x40;
    private static final int VARIABLE_RATE_FLAG = 0x80;
    private static final int LONG_PADDING = 255;
    /** From this byte on, a length takes two bytes (RFC 6716, 3.2.1). */
    private static final int TWO_BYTE_LENGTH = 252;

    private OpusPacket() {}

    /**
     * Returns the samples per channel at 48 kHz that a packet holds, or {@link #MALFORMED} if it breaks any of the rules R1
     * to R7 of RFC 6716, 3.4.
     *
     * @param payload unchecked bytes from the network, from index 0
     * @param bytes length of the packet, at most that of {@code payload}
     */
    public static int samples(byte[] payload, int bytes) {
        if (bytes < 1) {
            return MALFORMED;
        }
        int frameSamples = frameSamples(payload[0]);
        int frames = switch (payload[0] & COUNTED) {
            case 0 -> bytes - 1 <= MAX_FRAME_BYTES ? 1 : 0;
            case 1 -> (bytes - 1) % 2 == 0 && (bytes - 1) / 2 <= MAX_FRAME_BYTES ? 2 : 0;
            case 2 -> isTwoFrames(payload, bytes) ? 2 : 0;
            default -> countedFrames(payload, bytes, frameSamples);
        };
        return frames == 0 ? MALFORMED : frames * frameSamples;
    }

    /** Returns whether a TOC byte tells of a SILK layer, without which there is no in-band FEC (RFC 6716, 3.1, table 2). */
    static boolean hasSilk(byte toc) {
        return config(toc) < FIRST_CELT_CONFIG;
    }

    /** Returns the frames in a well-formed packet. */
    static int frames(byte[] payload, int bytes) {
        return samples(payload, bytes) / frameSamples(payload[0]);
    }

    /** Returns where the padding of a well-formed packet begins; {@code bytes} if it has none (RFC 6716, 3.2.5). */
    static int paddingStart(byte[] payload, int bytes) {
        return (payload[0] & COUNTED) == COUNTED ? (int) (framesAt(payload, bytes) >> 32) : bytes;
    }

    /**
     * Returns whether a well-formed packet holds the frame before it once more: whether the LBRR flag of its first frame is set
     * in either channel (RFC 6716, 4.2.3). The flags are the first bits of the frame, as many VAD flags of a channel before its
     * LBRR flag as there are SILK frames of 20 ms or less, for one channel after the other.
     */
    static boolean hasFec(byte[] payload, int bytes) {
        long first = hasSilk(payload[0]) ? firstFrame(payload, bytes) : 0;
        if (first >> 32 == 0) {
            return false;
        }
        int flags = payload[(int) first] & 0xff;
        int silkFrames = Math.max(1, frameSamples(payload[0]) / (20 * SAMPLES_PER_MS));
        int mid = flags >> 7 - silkFrames & 1;
        int side = (payload[0] & STEREO_FLAG) == 0 ? 0 : flags >> 6 - 2 * silkFrames & 1;
        return (mid | side) != 0;
    }

    /** Returns the length of the first frame in the upper 32 bits and its index in the lower ones. */
    private static long firstFrame(byte[] payload, int bytes) {
        switch (payload[0] & COUNTED) {
            case 0:
                return (long) (bytes - 1) << 32 | 1;
            case 1:
                return (long) (bytes - 1) / 2 << 32 | 1;
            case 2:
                return lengthAt(payload, 1, bytes);
            default:
                break;
        }
        long range = framesAt(payload, bytes);
        int end = (int) (range >> 32);
        int at = (int) range;
        int frames = payload[1] & COUNT_MASK;
        if ((payload[1] & VARIABLE_RATE_FLAG) == 0 || frames == 1) {
            return (long) ((end - at) / frames) << 32 | at;
        }
        int length = (int) (lengthAt(payload, at, end) >> 32);
        for (int frame = 1; frame < frames; frame++) {
            at = (int) lengthAt(payload, at, end);
        }
        return (long) length << 32 | at;
    }

    private static int config(byte toc) {
        return toc >> 3 & 0x1f;
    }

    /** Returns the samples per frame at 48 kHz that a TOC byte tells (RFC 6716, 3.1, table 2). */
    static int frameSamples(byte toc) {
        int config = config(toc);
        if (config < 12) {
            // SILK: 10, 20, 40 or 60 ms
            return switch (config & 0x03) {
                case 0 -> 10 * SAMPLES_PER_MS;
                case 1 -> 20 * SAMPLES_PER_MS;
                case 2 -> 40 * SAMPLES_PER_MS;
                default -> 60 * SAMPLES_PER_MS;
            };
        }
        if (config < FIRST_CELT_CONFIG) {
            // hybrid: 10 or 20 ms
            return (config & 0x01) == 0 ? 10 * SAMPLES_PER_MS : 20 * SAMPLES_PER_MS;
        }
        // CELT: 2.5, 5, 10 or 20 ms
        return SAMPLES_PER_MS * 5 / 2 << (config & 0x03);
    }

    /** Code 2: two frames, the length of the first one given (RFC 6716, 3.2.4). */
    private static boolean isTwoFrames(byte[] payload, int bytes) {
        long length = lengthAt(payload, 1, bytes);
        if (length < 0) {
            return false;
        }
        int first = (int) (length >> 32);
        int second = bytes - (int) length - first;
        return second >= 0 && first <= MAX_FRAME_BYTES && second <= MAX_FRAME_BYTES;
    }

    /** Code 3: a counted number of frames, perhaps padded (RFC 6716, 3.2.5). Returns 0 if malformed. */
    private static int countedFrames(byte[] payload, int bytes, int frameSamples) {
        if (bytes < 2) {
            return 0;
        }
        int header = payload[1] & 0xff;
        int frames = header & COUNT_MASK;
        if (frames == 0 || frames * frameSamples > MAX_DURATION_MS * SAMPLES_PER_MS) {
            return 0;
        }
        long range = framesAt(payload, bytes);
        int at = (int) range;
        int end = (int) (range >> 32);
        if (at > end) {
            return 0;
        }
        boolean fits = (header & VARIABLE_RATE_FLAG) == 0
                ? (end - at) % frames == 0 && (end - at) / frames <= MAX_FRAME_BYTES
                : fitVariableFrames(payload, at, end, frames);
        return fits ? frames : 0;
    }

    /**
     * Returns where the padding begins in the upper 32 bits, and in the lower ones where the lengths or frames before it do. The
     * former is less than the latter if the padding does not fit.
     */
    private static long framesAt(byte[] payload, int bytes) {
        int at = 2;
        int end = bytes;
        if ((payload[1] & PADDING_FLAG) != 0) {
            int padding;
            do {
                if (at >= end) {
                    return at;
                }
                padding = payload[at++] & 0xff;
                end -= padding == LONG_PADDING ? LONG_PADDING - 1 : padding;
            } while (padding == LONG_PADDING);
        }
        return (long) Math.max(0, end) << 32 | at;
    }

    private static boolean fitVariableFrames(byte[] payload, int from, int end, int frames) {
        int at = from;
        int total = 0;
        for (int frame = 1; frame < frames; frame++) {
            long length = lengthAt(payload, at, end);
            if (length < 0 || length >> 32 > MAX_FRAME_BYTES) {
                return false;
            }
            total += (int) (length >> 32);
            at = (int) length;
        }
        int last = end - at - total;
        return last >= 0 && last <= MAX_FRAME_BYTES;
    }

    /** Returns a frame length in the upper 32 bits and the index after it in the lower ones; -1 if it is cut off. */
    private static long lengthAt(byte[] payload, int at, int end) {
        if (at >= end) {
            return -1;
        }
        int first = payload[at] & 0xff;
        if (first < TWO_BYTE_LENGTH) {
            return (long) first << 32 | at + 1;
        }
        return at + 1 >= end ? -1 : (long) ((payload[at + 1] & 0xff) * 4 + first) << 32 | at + 2;
    }
}
