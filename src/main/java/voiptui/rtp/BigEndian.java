package voiptui.rtp;

import java.nio.ByteBuffer;

/** Reads and writes big-endian integers at absolute positions, whatever the byte order of the buffer. Allocates nothing. */
public final class BigEndian {

    private BigEndian() {}

    /** Writes the lower 16 bits of a value at absolute position {@code at}. */
    public static void put16(ByteBuffer buffer, int at, int value) {
        buffer.put(at, (byte) (value >>> 8));
        buffer.put(at + 1, (byte) value);
    }

    /** Writes the lower 24 bits of a value at absolute position {@code at}. */
    public static void put24(ByteBuffer buffer, int at, int value) {
        buffer.put(at, (byte) (value >>> 16));
        put16(buffer, at + 1, value);
    }

    /** Writes 32 bits at absolute position {@code at}. */
    public static void put32(ByteBuffer buffer, int at, int value) {
        put16(buffer, at, value >>> 16);
        put16(buffer, at + 2, value);
    }

    /** Returns an unsigned value: 0 to 65,535. */
    public static int get16(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 0xff) << 8 | buffer.get(at + 1) & 0xff;
    }

    /** Returns a signed value. */
    public static int get24(ByteBuffer buffer, int at) {
        return buffer.get(at) << 16 | get16(buffer, at + 1);
    }

    /** Returns the 32 bits at absolute position {@code at}. */
    public static int get32(ByteBuffer buffer, int at) {
        return get16(buffer, at) << 16 | get16(buffer, at + 2);
    }
}
