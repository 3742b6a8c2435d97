package voiptui.relay.media.hop;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Seals media for another relay and checks the seals of that relay's media: a trailer of {@value #TRAILER_BYTES} bytes behind the datagram,
 * which itself stays as it is. It holds the number of the call's media at the receiver (4 bytes), a counter (8 bytes), and the first 12
 * bytes of the HMAC-SHA-256 (RFC 2104) of all before.
 *
 * <p>The HMAC is computed with a {@link MessageDigest}, because {@code javax.crypto.Mac} allocates for each datagram. Allocates nothing
 * once created. Owned by one thread.
 */
public final class MediaSeal {

    /** The length of a key, in bytes. */
    public static final int KEY_BYTES = 32;
    /** What a seal adds to a datagram, in bytes. */
    public static final int TRAILER_BYTES = 24;

    private static final int TAG_BYTES = 12;
    private static final int COUNTER_AT = 4;
    private static final int TAG_AT = 12;
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest sha;
    private final byte[] innerPad = new byte[BLOCK_BYTES];
    private final byte[] outerPad = new byte[BLOCK_BYTES];
    private final byte[] hash;
    private byte[] data = new byte[2_300];

    /** Creates a seal with a key of {@value #KEY_BYTES} bytes. */
    public MediaSeal(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        hash = new byte[sha.getDigestLength()];
        for (int i = 0; i < BLOCK_BYTES; i++) {
            byte part = i < key.length ? key[i] : 0;
            innerPad[i] = (byte) (part ^ INNER);
            outerPad[i] = (byte) (part ^ OUTER);
        }
    }

    /**
     * Appends a seal to the datagram between position and limit, and moves the limit behind it.
     *
     * @return false if the buffer has no room for it; nothing was changed
     */
    public boolean seal(ByteBuffer datagram, int number, long counter) {
        int end = datagram.limit();
        if (datagram.capacity() - end < TRAILER_BYTES) {
            return false;
        }
        datagram.limit(end + TRAILER_BYTES);
        datagram.putInt(end, number);
        datagram.putLong(end + COUNTER_AT, counter);
        compute(datagram, end + TAG_AT - datagram.position());
        datagram.put(end + TAG_AT, hash, 0, TAG_BYTES);
        return true;
    }

    /** Returns whether a sealed datagram, between position and limit, has the tag of this key. */
    public boolean isAuthentic(ByteBuffer datagram) {
        int tagged = datagram.remaining() - TAG_BYTES;
        if (tagged < TAG_AT) {
            return false;
        }
        compute(datagram, tagged);
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= datagram.get(datagram.position() + tagged + i) ^ hash[i];
        }
        return difference == 0;
    }

    /** Returns the number in the seal of a datagram of at least {@value #TRAILER_BYTES} bytes. */
    public static int number(ByteBuffer datagram) {
        return datagram.getInt(datagram.limit() - TRAILER_BYTES);
    }

    /** Returns the counter in the seal of a datagram of at least {@value #TRAILER_BYTES} bytes. */
    public static long counter(ByteBuffer datagram) {
        return datagram.getLong(datagram.limit() - TRAILER_BYTES + COUNTER_AT);
    }

    private void compute(ByteBuffer datagram, int length) {
        if (data.length < length) {
            data = new byte[length];
        }
        datagram.get(datagram.position(), data, 0, length);
        try {
            sha.update(innerPad);
            sha.update(data, 0, length);
            sha.digest(hash, 0, hash.length);
            sha.update(outerPad);
            sha.update(hash);
            sha.digest(hash, 0, hash.length);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
