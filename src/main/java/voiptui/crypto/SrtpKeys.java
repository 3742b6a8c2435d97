package voiptui.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session keys of one direction, derived from its master key (RFC 3711, 4.3; RFC 7714, 11), with a key derivation rate of 0: they
 * last as long as the master key. Immutable; any thread.
 */
public final class SrtpKeys {

    private static final int RTP_ENCRYPTION = 0x00;
    private static final int RTP_SALT = 0x02;
    private static final int RTCP_ENCRYPTION = 0x03;
    private static final int RTCP_SALT = 0x05;
    /** Position of the label in the block that is encrypted: the index behind it is 0. */
    private static final int LABEL_AT = 7;

    private static final int BLOCK_BYTES = 16;

    private final PacketCipher.Factory ciphers;
    private final SrtpProfile profile;
    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;

    private SrtpKeys(
            PacketCipher.Factory ciphers,
            SrtpProfile profile,
            byte[] rtpKey,
            byte[] rtpSalt,
            byte[] rtcpKey,
            byte[] rtcpSalt) {
        this.ciphers = ciphers;
        this.profile = profile;
        this.rtpKey = new SecretKeySpec(rtpKey, "AES");
        this.rtpSalt = rtpSalt.clone();
        this.rtcpKey = new SecretKeySpec(rtcpKey, "AES");
        this.rtcpSalt = rtcpSalt.clone();
    }

    /** The keys of both directions, seen from one side. */
    public record Pair(SrtpKeys sent, SrtpKeys received) {}

    /**
     * Derives the keys of both directions from the keying material of a handshake: client key, server key, client salt,
     * server salt (RFC 5764, 4.2). Loads what encrypts packets, if nobody did before ({@link AesGcm#load}).
     *
     * @param isClient whether this side is the DTLS client
     * @throws IllegalArgumentException if the material has not the length of the profile
     */
    public static Pair ofMaterial(SrtpProfile profile, byte[] material, boolean isClient) {
        return ofMaterial(AesGcm.ciphers(), profile, material, isClient);
    }

    static Pair ofMaterial(PacketCipher.Factory ciphers, SrtpProfile profile, byte[] material, boolean isClient) {
        if (material.length != profile.materialBytes()) {
            throw new IllegalArgumentException("keying material of " + material.length + " bytes");
        }
        int key = profile.keyBytes();
        int salts = 2 * key;
        SrtpKeys client = derive(
                ciphers,
                profile,
                Arrays.copyOfRange(material, 0, key),
                Arrays.copyOfRange(material, salts, salts + SrtpProfile.SALT_BYTES));
        SrtpKeys server = derive(
                ciphers,
                profile,
                Arrays.copyOfRange(material, key, salts),
                Arrays.copyOfRange(material, salts + SrtpProfile.SALT_BYTES, material.length));
        return isClient ? new Pair(client, server) : new Pair(server, client);
    }

    /** Derives the session keys from a master key and a salt of 12 bytes. */
    private static SrtpKeys derive(
            PacketCipher.Factory ciphers, SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return new SrtpKeys(
                ciphers,
                profile,
                keyStream(masterKey, masterSalt, RTP_ENCRYPTION, profile.keyBytes()),
                keyStream(masterKey, masterSalt, RTP_SALT, SrtpProfile.SALT_BYTES),
                keyStream(masterKey, masterSalt, RTCP_ENCRYPTION, profile.keyBytes()),
                keyStream(masterKey, masterSalt, RTCP_SALT, SrtpProfile.SALT_BYTES));
    }

    /** Returns session keys that are given rather than derived, the same for RTP and RTCP, as in the test vectors of RFC 7714. */
    static SrtpKeys ofSession(PacketCipher.Factory ciphers, SrtpProfile profile, byte[] key, byte[] salt) {
        return new SrtpKeys(ciphers, profile, key, salt, key, salt);
    }

    /**
     * Returns bytes of the pseudorandom function AES-CM (RFC 3711, 4.3.3; RFC 6188, 3, for keys of 256 bits).
     *
     * @param masterSalt up to 14 bytes; zeros follow a shorter one (RFC 7714, 11)
     */
    static byte[] keyStream(byte[] masterKey, byte[] masterSalt, int label, int bytes) {
        byte[] block = Arrays.copyOf(masterSalt, BLOCK_BYTES);
        block[LABEL_AT] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(block));
            return cipher.doFinal(new byte[bytes]);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the profile that the keys belong to. */
    public SrtpProfile profile() {
        return profile;
    }

    /** Returns a cipher for RTP packets, for one thread; to be closed. Does not block. */
    PacketCipher rtpCipher() {
        return ciphers.create(rtpKey, rtpSalt, PacketCipher.Kind.RTP);
    }

    /** Returns a cipher for RTCP packets, for one thread; to be closed. Does not block. */
    PacketCipher rtcpCipher() {
        return ciphers.create(rtcpKey, rtcpSalt, PacketCipher.Kind.RTCP);
    }

    /** Returns the profile only, never a key. */
    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
