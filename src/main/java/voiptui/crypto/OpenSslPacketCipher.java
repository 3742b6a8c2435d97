package voiptui.crypto;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.lwjgl.system.MemoryUtil;
import voiptui.natives.NativeHandle;

/**
 * AES/GCM by OpenSSL. Native code sees memory of this cipher alone, into which packets are copied: what is not authentic gets no
 * further. OpenSSL wipes the key when it is closed. Allocates nothing per packet.
 */
final class OpenSslPacketCipher extends PacketCipher {

    /** Where things are in the memory: the packet is at 0, as the key was before the first one. */
    private static final int IV_AT = MAX_BYTES;

    private static final int INDEX_AT = IV_AT + IV_BYTES;
    /** A multiple of 4, as for any int of C. */
    private static final int LENGTH_AT = (INDEX_AT + 2 * Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;

    private static final int MEMORY_BYTES = LENGTH_AT + Integer.BYTES;

    private final LibCrypto library;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(MEMORY_BYTES);
    private final long address = MemoryUtil.memAddress(memory);
    private final NativeHandle context;

    OpenSslPacketCipher(LibCrypto library, SecretKey key, byte[] salt, Kind kind) {
        super(salt, kind);
        this.library = library;
        byte[] bytes = key.getEncoded();
        memory.put(0, bytes);
        try {
            this.context = new NativeHandle(library.createContext(address, bytes.length), library::freeContext);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            memory.put(0, bytes);
        }
    }

    @Override
    int transform(boolean encrypts, int ssrc, long index, ByteBuffer packet, int bytes, int clear, ByteBuffer to) {
        if (!context.enter()) {
            return FAILED;
        }
        try {
            memory.put(0, packet, packet.position(), bytes);
            writeIv(ssrc, index, memory, IV_AT);
            memory.putInt(INDEX_AT, flagged(index));
            int text = bytes - clear - (encrypts ? 0 : SrtpProfile.TAG_BYTES);
            if (!transform(encrypts, text, clear)) {
                return FAILED;
            }
            int length = clear + text + (encrypts ? SrtpProfile.TAG_BYTES : 0);
            to.put(0, memory, 0, length);
            return length;
        } finally {
            context.leave();
            Reference.reachabilityFence(memory);
        }
    }

    private boolean transform(boolean encrypts, int bytes, int clear) {
        long to = context.address();
        long data = address + clear;
        long tag = data + bytes;
        long length = address + LENGTH_AT;
        return library.start(to, encrypts, address + IV_AT)
                && (clear == 0 || library.authenticate(to, address, clear, length))
                && (!authenticatesIndex() || library.authenticate(to, address + INDEX_AT, Integer.BYTES, length))
                && (bytes == 0 || library.transform(to, data, bytes, length) && wrote(bytes))
                && (encrypts || library.setTag(to, tag))
                && library.finish(to, tag, length)
                && (!encrypts || library.getTag(to, tag));
    }

    private boolean wrote(int bytes) {
        int written = memory.getInt(LENGTH_AT);
        return bytes == (ByteOrder.nativeOrder() == memory.order() ? written : Integer.reverseBytes(written));
    }

    @Override
    boolean isClosed() {
        return context.isClosed();
    }

    @Override
    public void close() {
        context.close();
    }
}
