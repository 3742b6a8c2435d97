package voiptui.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES/GCM for packets that each have an index of their own (RFC 7714, 8.1 and 9.1).
 *
 * <p>The JDK's cipher is initialized for each packet, which allocates about 2 KB; nothing else does. Owned by one thread.
 */
final class PacketCipher {

    private static final int IV_BYTES = 12;
    private static final int SSRC_AT = 2;
    private static final int TAG_BITS = 8 * SrtpProfile.TAG_BYTES;

    private final Cipher cipher;
    private final SecretKey key;
    private final byte[] salt;
    private final byte[] iv = new byte[IV_BYTES];

    PacketCipher(SecretKey key, byte[] salt) {
        this.key = key;
        this.salt = salt.clone();
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Starts a packet: nothing may be encrypted twice with the same source and index.
     *
     * @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}
     * @param index 48 bits: rollover counter and sequence number, or the SRTCP index
     */
    void start(int mode, int ssrc, long index) {
        System.arraycopy(salt, 0, iv, 0, IV_BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            iv[SSRC_AT + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            iv[IV_BYTES - 1 - i] ^= (byte) (index >>> 8 * i);
        }
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        } catch (InvalidKeyException | InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes bytes into account that are authenticated but not encrypted. */
    void authenticate(byte[] data, int at, int bytes) {
        cipher.updateAAD(data, at, bytes);
    }

    /** Encrypts and appends the tag; returns the length of both. */
    int encrypt(byte[] data, int at, int bytes, byte[] to, int toAt) {
        try {
            return cipher.doFinal(data, at, bytes, to, toAt);
        } catch (IllegalBlockSizeException | BadPaddingException | ShortBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Checks the tag behind the data and decrypts; returns the length of the plaintext, or -1 if it is not authentic. */
    int decrypt(byte[] data, int at, int bytes, byte[] to, int toAt) {
        try {
            return cipher.doFinal(data, at, bytes, to, toAt);
        } catch (IllegalBlockSizeException | BadPaddingException forged) {
            return -1;
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
