package voiptui.time;

/**
 * Arithmetic of 32-bit counters that wrap, such as sequence numbers.
 *
 * <p>Source: RFC 1982 (serial number arithmetic), with {@code SERIAL_BITS = 32}. An {@code int} holds the 32 bits; its
 * sign has no meaning.
 */
public final class Wrap32 {

    private Wrap32() {}

    /**
     * Returns how far {@code to} is ahead of {@code from}: positive if newer, negative if older. A number exactly half the
     * range away counts as older.
     */
    public static int distance(int from, int to) {
        return to - from;
    }

    /** Returns the 32 bits of {@code value} as a number from 0 to 4,294,967,295. */
    public static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
