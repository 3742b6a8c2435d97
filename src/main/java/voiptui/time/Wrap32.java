package voiptui.time;

/**
 * Arithmetic of 32-bit counters that wrap, such as the sequence number of a media packet.
 *
 * <p>Source: RFC 1982 (serial number arithmetic), with {@code SERIAL_BITS = 32}. An {@code int} holds the 32 bits; its
 * sign means nothing.
 */
public final class Wrap32 {

    private Wrap32() {}

    /**
     * How far {@code to} is ahead of {@code from}: positive when it is newer, negative when it is older. Two numbers
     * exactly half the circle apart count as older.
     */
    public static int distance(int from, int to) {
        return to - from;
    }

    /** The 32 bits of {@code value} as a number from 0 to 4,294,967,295. */
    public static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
