package voiptui.relay.media;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import voiptui.protocol.BindDatagram;

/**
 * Cookies that prove that a session receives at an address: a keyed digest of both, so that the relay keeps no state about
 * unproved addresses. The key lives as long as the relay process; each media thread has an instance of its own with the same key.
 */
final class AddressCookie {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final int ADDRESS_BYTES = 16;
    private static final int INPUT_BYTES = Long.BYTES + ADDRESS_BYTES + Short.BYTES;

    private final Mac mac;
    private final byte[] digest;
    private final ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES);

    /** Returns a random key. */
    static byte[] newKey() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** Creates cookies with a key. */
    AddressCookie(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            digest = new byte[mac.getMacLength()];
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the cookie of {@code session} at {@code address}; never {@link BindDatagram#NO_COOKIE}. */
    long of(long session, InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        input.clear();
        input.putLong(session);
        if (!(address.getAddress() instanceof Inet6Address)) {
            input.putLong(0).putInt(0xffff);
        }
        input.put(ip).putShort((short) address.getPort());
        mac.update(input.array());
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        long cookie = ByteBuffer.wrap(digest).getLong();
        return cookie == BindDatagram.NO_COOKIE ? 1 : cookie;
    }
}
