package voiptui.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bind datagrams and their answers, written and read from {@code protocol.md}, section 4, with none of the product's code.
 *
 * @param session the {@code udpSession}, 16 hexadecimal digits
 * @param counter which one of the session it is
 * @param cookie 16 hexadecimal digits; zeros for none
 * @param flags 1: media is wanted at, or goes to, the address that the bind comes from
 * @param seenAs in an answer, where the bind came from; else {@code null}
 * @param bytes how long the datagram is
 */
public record V2Bind(String session, long counter, String cookie, int flags, InetSocketAddress seenAs, int bytes) {

    /** No cookie. */
    public static final String NO_COOKIE = "0000000000000000";
    /** The shortest datagram. */
    public static final int MIN_BYTES = 64;

    private static final int MAC_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();

    /** A bind of the least length. */
    public static V2Bind request(String session, long counter, String cookie, boolean activate) {
        return new V2Bind(session, counter, cookie, activate ? 1 : 0, null, MIN_BYTES);
    }

    /** The answer to this bind, as long as it is. */
    public V2Bind answer(String newCookie, boolean active, InetSocketAddress from) {
        return new V2Bind(session, counter, newCookie, active ? 1 : 0, from, bytes);
    }

    /** The datagram, signed with {@code key}, 64 hexadecimal digits. */
    public byte[] signed(String key) {
        ByteBuffer datagram = ByteBuffer.allocate(bytes);
        datagram.put((byte) 'V')
                .put((byte) 'T')
                .put((byte) (seenAs == null ? 'B' : 'A'))
                .put((byte) '2');
        datagram.put(HEX.parseHex(session))
                .putLong(counter)
                .put(HEX.parseHex(cookie))
                .put((byte) flags);
        if (seenAs != null) {
            datagram.put((byte) 0).putShort((short) seenAs.getPort());
            byte[] address = seenAs.getAddress().getAddress();
            if (address.length == 4) {
                datagram.put(new byte[10]).put((byte) 0xff).put((byte) 0xff);
            }
            datagram.put(address);
        }
        datagram.position(bytes - MAC_BYTES);
        datagram.put(mac(key, datagram.array()));
        return datagram.array();
    }

    /** Whether a datagram is an answer to a bind. */
    public static boolean isAnswer(byte[] datagram) {
        return begins(datagram, "VTA2");
    }

    /** Whether a datagram is a bind. */
    public static boolean isRequest(byte[] datagram) {
        return begins(datagram, "VTB2");
    }

    private static boolean begins(byte[] datagram, String magic) {
        return datagram.length >= 4 && new String(datagram, 0, 4, StandardCharsets.US_ASCII).equals(magic);
    }

    /** Reads a bind or an answer, and fails when it is not signed with {@code key}. */
    public static V2Bind parse(byte[] datagram, String key) {
        boolean isAnswer = isAnswer(datagram);
        if (datagram.length < MIN_BYTES || !isAnswer && !isRequest(datagram)) {
            throw new AssertionError("no bind datagram: " + HEX.formatHex(datagram));
        }
        byte[] mac = Arrays.copyOfRange(datagram, datagram.length - MAC_BYTES, datagram.length);
        if (!Arrays.equals(mac, mac(key, datagram))) {
            throw new AssertionError("wrong HMAC: " + HEX.formatHex(datagram));
        }
        ByteBuffer fields = ByteBuffer.wrap(datagram);
        return new V2Bind(
                sessionOf(datagram),
                fields.getLong(12),
                HEX.formatHex(datagram, 20, 28),
                datagram[28],
                isAnswer ? address(datagram, fields.getShort(30) & 0xffff) : null,
                datagram.length);
    }

    /** The session that a bind or an answer names, signed or not. */
    public static String sessionOf(byte[] datagram) {
        return HEX.formatHex(datagram, 4, 12);
    }

    private static InetSocketAddress address(byte[] datagram, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOfRange(datagram, 32, 48)), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] mac(String key, byte[] datagram) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(HEX.parseHex(key), "HmacSHA256"));
            hmac.update(datagram, 0, datagram.length - MAC_BYTES);
            return Arrays.copyOf(hmac.doFinal(), MAC_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
