package voiptui.crypto;

import java.nio.ByteBuffer;
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
 * AES/GCM by the JDK. Its cipher is initialized for each packet, which allocates about 2 KB; nothing else does. The JDK keeps the key
 * in memory until it is collected.
 */
final class JdkPacketCipher extends PacketCipher {

    private static final int TAG_BITS = 8 * SrtpProfile.TAG_BYTES;

    private final Cipher cipher;
    private final SecretKey key;
    private final ByteBuffer iv = ByteBuffer.allocate(IV_BYTES);
    private final ByteBuffer flaggedIndex = ByteBuffer.allocate(Integer.BYTES);
    private final byte[] in = new byte[MAX_BYTES];
    private final byte[] out = new byte[MAX_BYTES];
    private volatile boolean closed;

    JdkPacketCipher(SecretKey key, byte[] salt, Kind kind) {
        super(salt, kind);
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    int transform(boolean encrypts, int ssrc, long index, ByteBuffer packet, int bytes, int clear, ByteBuffer to) {
        if (closed) {
            return FAILED;
        }
        packet.get(packet.position(), in, 0, bytes);
        writeIv(ssrc, index, iv, 0);
        try {
            int mode = encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv.array()));
            cipher.updateAAD(in, 0, clear);
            if (authenticatesIndex()) {
                cipher.updateAAD(flaggedIndex.putInt(0, flagged(index)).array());
            }
            int length = cipher.doFinal(in, clear, bytes - clear, out, clear);
            to.put(0, in, 0, clear).put(clear, out, clear, length);
            return clear + length;
        } catch (IllegalBlockSizeException | BadPaddingException forged) {
            return FAILED;
        } catch (InvalidKeyException | InvalidAlgorithmParameterException | ShortBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
