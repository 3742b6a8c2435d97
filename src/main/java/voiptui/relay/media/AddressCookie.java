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
 * What the relay gives a session to show that it can hear at an address: a keyed digest of both, so that nothing need be
 * remembered about an address that somebody only claims. The key is as old as the relay. Owned by the media thread.
 */
final class AddressCookie {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final int ADDRESS_BYTES = 16;
    private static final int SAID_BYTES = Long.BYTES + ADDRESS_BYTES + Short.BYTES;

    private final Mac mac;
    private final byte[] digest;
    private final ByteBuffer said = ByteBuffer.allocate(SAID_BYTES);

    /** Makes a key that nobody knows. */
    AddressCookie() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            digest = new byte[mac.getMacLength()];
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The cookie of {@code session} at {@code address}; never {@link BindDatagram#NO_COOKIE}. */
    long of(long session, InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        said.clear();
        said.putLong(session);
        if (!(address.getAddress() instanceof Inet6Address)) {
            said.putLong(0).putInt(0xffff);
        }
        said.put(ip).putShort((short) address.getPort());
        mac.update(said.array());
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        long cookie = ByteBuffer.wrap(digest).getLong();
        return cookie == BindDatagram.NO_COOKIE ? 1 : cookie;
    }
}
