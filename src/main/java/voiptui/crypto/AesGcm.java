package voiptui.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES/GCM for packets: by OpenSSL where that loads, otherwise by the JDK, which takes many times as long if the JVM runs without its
 * compiler C2, and creates garbage. Any thread.
 */
public final class AesGcm {

    private AesGcm() {}

    /** Loaded once, by the first thread that asks; others wait for it. */
    private static final class Loaded {

        private static final PacketCipher.Factory CIPHERS;
        private static final @Nullable String VERSION;
        private static final @Nullable String FAILURE;

        static {
            PacketCipher.Factory ciphers = JdkPacketCipher::new;
            String version = null;
            String failure = null;
            try {
                LibCrypto library = LibCrypto.load();
                ciphers = openSsl(library);
                version = library.version();
            } catch (LinkageError | RuntimeException notHere) {
                failure = String.valueOf(notHere.getMessage());
            }
            CIPHERS = ciphers;
            VERSION = version;
            FAILURE = failure;
        }
    }

    /**
     * Loads OpenSSL unless that was done or tried before. Reads files; any thread that may block.
     *
     * @return null if it is loaded, otherwise why it is not
     */
    public static @Nullable String load() {
        return Loaded.FAILURE;
    }

    /** Returns name and version of OpenSSL, such as {@code OpenSSL 3.0.17}; null if it is not used. Blocks as {@link #load} does. */
    public static @Nullable String openSslVersion() {
        return Loaded.VERSION;
    }

    /** Returns what creates the ciphers. Blocks as {@link #load} does; what it returns does not. */
    static PacketCipher.Factory ciphers() {
        return Loaded.CIPHERS;
    }

    /**
     * Returns what creates ciphers by OpenSSL.
     *
     * @throws IllegalStateException if they do not encrypt as they should
     */
    static PacketCipher.Factory openSsl(LibCrypto library) {
        PacketCipher.Factory ciphers = (key, salt, kind) -> new OpenSslPacketCipher(library, key, salt, kind);
        check(ciphers);
        return ciphers;
    }

    /**
     * Encrypts and decrypts the packet of RFC 7714, 16.
     *
     * @throws IllegalStateException if that does not lead to what it should
     */
    static void check(PacketCipher.Factory ciphers) {
        SelfCheck.check(ciphers, 16, "899d7f27beb16a9152cf765ee4390cce");
        SelfCheck.check(ciphers, 32, "7aa3db36dfffd6b0f9bb7878d7a76c13");
    }

    private static final class SelfCheck {

        private static final byte[] KEY =
                HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        private static final byte[] SALT = HexFormat.of().parseHex("517569642070726f2071756f");
        private static final byte[] PACKET = HexFormat.of()
                .parseHex("8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361"
                        + "20696e207061727465732074726573");
        private static final int SSRC = 0x5501_a0b2;
        private static final int INDEX = 0xf17b;
        private static final int CLEAR = 12;

        private static void check(PacketCipher.Factory ciphers, int keyBytes, String tag) {
            ByteBuffer packet = ByteBuffer.allocate(PACKET.length + SrtpProfile.TAG_BYTES);
            packet.put(0, PACKET);
            try (PacketCipher cipher =
                    ciphers.create(new SecretKeySpec(KEY, 0, keyBytes, "AES"), SALT, PacketCipher.Kind.RTP)) {
                int secured = cipher.encrypt(SSRC, INDEX, packet, PACKET.length, CLEAR, packet);
                boolean works = secured == packet.limit()
                        && Arrays.equals(
                                packet.array(),
                                PACKET.length,
                                secured,
                                HexFormat.of().parseHex(tag),
                                0,
                                16)
                        && cipher.decrypt(SSRC, INDEX + 1, packet, secured, CLEAR, packet) == PacketCipher.FAILED
                        && cipher.decrypt(SSRC, INDEX, packet, secured, CLEAR, packet) == PACKET.length
                        && Arrays.equals(packet.array(), 0, PACKET.length, PACKET, 0, PACKET.length);
                if (!works) {
                    throw new IllegalStateException("libcrypto does not encrypt the packet of RFC 7714 as it should");
                }
            }
        }
    }
}
