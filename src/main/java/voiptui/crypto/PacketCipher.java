package voiptui.crypto;

import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import voiptui.rtp.RtpPacket;

/**
 * AES/GCM for packets that each have an index of their own (RFC 7714, 8 and 9): the first bytes of a packet stay readable, the others
 * are encrypted, and a tag behind them authenticates both.
 *
 * <p>Used by one thread; closed by any thread, also meanwhile. A closed cipher fails.
 */
abstract sealed class PacketCipher implements AutoCloseable permits JdkPacketCipher, OpenSslPacketCipher {

    /** Returned instead of a length if a packet is too long or not authentic, or the cipher is closed. */
    static final int FAILED = -1;

    static final int IV_BYTES = 12;

    /** Length of the longest packet with its tag. */
    static final int MAX_BYTES = RtpPacket.MAX_DATAGRAM_BYTES + SrtpProfile.TAG_BYTES;

    /** The flag in front of an SRTCP index: the packet is encrypted (RFC 3711, 3.4). */
    static final int E_FLAG = 0x8000_0000;

    private static final int SSRC_AT = 2;
    private static final int INDEX_AT = 6;

    private final ByteBuffer salt;
    private final Kind kind;

    /** What is authenticated besides the readable bytes of a packet. */
    enum Kind {
        /** Nothing. */
        RTP,
        /** E flag and index, which follow the tag (RFC 7714, 9.2). */
        RTCP
    }

    /** Creates ciphers of one implementation. Any thread. */
    interface Factory {

        /**
         * Creates a cipher.
         *
         * @param key 16 or 32 bytes
         * @param salt 12 bytes
         */
        PacketCipher create(SecretKey key, byte[] salt, Kind kind);
    }

    PacketCipher(byte[] salt, Kind kind) {
        this.salt = ByteBuffer.wrap(salt.clone());
        this.kind = kind;
    }

    /**
     * Encrypts a packet; nothing may be encrypted twice with the same source and index.
     *
     * @param index 48 bits: rollover counter and sequence number, or the SRTCP index
     * @param packet begins at its position; stays as it is
     * @param bytes its length
     * @param clear how many of its first bytes stay readable
     * @param to takes the packet with its tag from index 0 on; may be {@code packet}
     * @return the length of the packet with its tag, or {@link #FAILED}
     */
    final int encrypt(int ssrc, long index, ByteBuffer packet, int bytes, int clear, ByteBuffer to) {
        if (!isInside(packet, bytes, clear)
                || bytes > MAX_BYTES - SrtpProfile.TAG_BYTES
                || to.limit() < bytes + SrtpProfile.TAG_BYTES) {
            return FAILED;
        }
        return transform(true, ssrc, index, packet, bytes, clear, to);
    }

    /**
     * Decrypts a packet if it is authentic.
     *
     * @param bytes its length with the tag
     * @param to takes the packet without its tag from index 0 on, and nothing if it is not authentic; may be {@code packet}
     * @return the length of the packet without its tag, or {@link #FAILED}
     */
    final int decrypt(int ssrc, long index, ByteBuffer packet, int bytes, int clear, ByteBuffer to) {
        if (!isInside(packet, bytes, clear)
                || bytes > MAX_BYTES
                || bytes - clear < SrtpProfile.TAG_BYTES
                || to.limit() < bytes - SrtpProfile.TAG_BYTES) {
            return FAILED;
        }
        return transform(false, ssrc, index, packet, bytes, clear, to);
    }

    private static boolean isInside(ByteBuffer packet, int bytes, int clear) {
        return clear >= 0 && clear <= bytes && bytes <= packet.remaining();
    }

    /** Encrypts or decrypts; all lengths were checked. Returns the length of the result, or {@link #FAILED}. */
    abstract int transform(
            boolean encrypts, int ssrc, long index, ByteBuffer packet, int bytes, int clear, ByteBuffer to);

    /** Returns whether it fails from now on. Any thread. */
    abstract boolean isClosed();

    /** Wipes and releases its keys. Any thread; may be called again. */
    @Override
    public abstract void close();

    /** Writes the initialization vector of a packet (RFC 7714, 8.1 and 9.1). */
    final void writeIv(int ssrc, long index, ByteBuffer to, int at) {
        to.putShort(at, salt.getShort(0));
        to.putInt(at + SSRC_AT, salt.getInt(SSRC_AT) ^ ssrc);
        to.putShort(at + INDEX_AT, (short) (salt.getShort(INDEX_AT) ^ index >>> Integer.SIZE));
        to.putInt(at + INDEX_AT + Short.BYTES, salt.getInt(INDEX_AT + Short.BYTES) ^ (int) index);
    }

    /** Returns whether E flag and index are authenticated, too. */
    final boolean authenticatesIndex() {
        return kind == Kind.RTCP;
    }

    /** Returns the E flag and an SRTCP index. */
    static int flagged(long index) {
        return (int) index | E_FLAG;
    }
}
