package voiptui.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bind datagram, by which a client proves that an address is its own, and the relay's answer; {@code protocol.md}, section 4.
 *
 * <p>A datagram lies between position and limit; access is absolute and moves neither. Static methods are
 * stateless.
 */
public final class BindDatagram {

    /** The shortest datagram, and the length without padding. */
    public static final int MIN_BYTES = 64;
    /** The longest datagram. */
    public static final int MAX_BYTES = 2_200;
    /** The cookie of a client that knows none yet. */
    public static final long NO_COOKIE = 0;

    private static final int REQUEST_MAGIC = 0x56544232;
    private static final int ANSWER_MAGIC = 0x56544132;
    private static final int SESSION_AT = 4;
    private static final int COUNTER_AT = 12;
    private static final int COOKIE_AT = 20;
    private static final int FLAGS_AT = 28;
    private static final int PORT_AT = 30;
    private static final int ADDRESS_AT = 32;
    private static final int ADDRESS_BYTES = 16;
    private static final int MAC_BYTES = 16;
    private static final byte FLAG = 1;

    private BindDatagram() {}

    /**
     * Signs and verifies the datagrams of one session (HMAC-SHA-256, truncated). Any thread. Holds the key alone: a relay has one for each
     * client, and the state of a {@link Mac} takes ten times as much.
     */
    public static final class Key {

        private static final String ALGORITHM = "HmacSHA256";

        private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(() -> {
            try {
                return Mac.getInstance(ALGORITHM);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        });

        private final byte[] bytes;

        /** Creates a key from 32 bytes, which the caller does not change. */
        public Key(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the key in hexadecimal, as messages carry it. */
        public String hex() {
            return HexFormat.of().formatHex(bytes);
        }

        private byte[] macOf(ByteBuffer datagram) {
            ByteBuffer signed = datagram.duplicate();
            signed.limit(datagram.limit() - MAC_BYTES);
            Mac mac = MAC.get();
            try {
                mac.init(new SecretKeySpec(bytes, ALGORITHM));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
            mac.update(signed);
            return mac.doFinal();
        }

        void sign(ByteBuffer datagram) {
            byte[] digest = macOf(datagram);
            for (int i = 0; i < MAC_BYTES; i++) {
                datagram.put(datagram.limit() - MAC_BYTES + i, digest[i]);
            }
        }

        /** Returns whether the signature of {@code datagram} is valid; takes constant time. */
        public boolean verifies(ByteBuffer datagram) {
            byte[] digest = macOf(datagram);
            int difference = 0;
            for (int i = 0; i < MAC_BYTES; i++) {
                difference |= datagram.get(datagram.limit() - MAC_BYTES + i) ^ digest[i];
            }
            return difference == 0;
        }
    }

    /** Returns whether the datagram has the layout of a request; checks nothing else. */
    public static boolean isRequest(ByteBuffer datagram) {
        return hasShape(datagram, REQUEST_MAGIC);
    }

    /** Returns whether the datagram has the layout of an answer. */
    public static boolean isAnswer(ByteBuffer datagram) {
        return hasShape(datagram, ANSWER_MAGIC);
    }

    private static boolean hasShape(ByteBuffer datagram, int magic) {
        return datagram.remaining() >= MIN_BYTES
                && datagram.remaining() <= MAX_BYTES
                && datagram.getInt(datagram.position()) == magic;
    }

    /** Returns the session number. */
    public static long session(ByteBuffer datagram) {
        return datagram.getLong(datagram.position() + SESSION_AT);
    }

    /** Returns the counter. */
    public static long counter(ByteBuffer datagram) {
        return datagram.getLong(datagram.position() + COUNTER_AT);
    }

    /** Returns the cookie. */
    public static long cookie(ByteBuffer datagram) {
        return datagram.getLong(datagram.position() + COOKIE_AT);
    }

    /** Returns the flag: media is requested at this address (request), or goes there (answer). */
    public static boolean isActive(ByteBuffer datagram) {
        return (datagram.get(datagram.position() + FLAGS_AT) & FLAG) != 0;
    }

    /** Returns the source address of the request, from an answer. */
    public static InetSocketAddress seenAs(ByteBuffer answer) {
        byte[] address = new byte[ADDRESS_BYTES];
        answer.get(answer.position() + ADDRESS_AT, address);
        try {
            // getByAddress turns an IPv4-mapped IPv6 address into an IPv4 address.
            return new InetSocketAddress(
                    InetAddress.getByAddress(address), answer.getShort(answer.position() + PORT_AT) & 0xffff);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Writes a request of {@code bytes} bytes at the buffer's position, and sets the limit to its end.
     *
     * @param activate whether media is requested at the source address
     */
    public static void putRequest(
            ByteBuffer datagram, int bytes, long session, long counter, long cookie, boolean activate, Key key) {
        begin(datagram, bytes, REQUEST_MAGIC, session, counter, cookie, activate);
        key.sign(datagram);
    }

    /**
     * Writes an answer of {@code bytes} bytes at the buffer's position, and sets the limit to its end.
     *
     * @param active whether media goes to {@code seenAs}
     */
    public static void putAnswer(
            ByteBuffer datagram,
            int bytes,
            long session,
            long counter,
            long cookie,
            boolean active,
            InetSocketAddress seenAs,
            Key key) {
        begin(datagram, bytes, ANSWER_MAGIC, session, counter, cookie, active);
        datagram.putShort(datagram.position() + PORT_AT, (short) seenAs.getPort());
        byte[] address = seenAs.getAddress().getAddress();
        int at = datagram.position() + ADDRESS_AT;
        if (!(seenAs.getAddress() instanceof Inet6Address)) {
            datagram.putShort(at + ADDRESS_BYTES - address.length - 2, (short) 0xffff);
        }
        datagram.put(at + ADDRESS_BYTES - address.length, address);
        key.sign(datagram);
    }

    private static void begin(
            ByteBuffer datagram, int bytes, int magic, long session, long counter, long cookie, boolean flag) {
        int at = datagram.position();
        datagram.limit(at + bytes);
        for (int i = FLAGS_AT; i < bytes; i++) {
            datagram.put(at + i, (byte) 0);
        }
        datagram.putInt(at, magic);
        datagram.putLong(at + SESSION_AT, session);
        datagram.putLong(at + COUNTER_AT, counter);
        datagram.putLong(at + COOKIE_AT, cookie);
        datagram.put(at + FLAGS_AT, flag ? FLAG : 0);
    }

    /** Decodes hexadecimal digits, as messages carry session and key. */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
