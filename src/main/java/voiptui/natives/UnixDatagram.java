package voiptui.natives;

import static org.lwjgl.system.JNI.invokeI;
import static org.lwjgl.system.JNI.invokePPPI;
import static org.lwjgl.system.JNI.invokePPPPI;
import static org.lwjgl.system.MemoryUtil.memAddress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.lwjgl.system.MemoryStack;

/**
 * Sends datagrams to a Unix domain socket (unix(7)), which the JDK has for streams only. What cannot be sent is lost. Linux with
 * glibc only; any thread.
 */
public final class UnixDatagram {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** The room for the path in {@code struct sockaddr_un}. */
    private static final int MAX_PATH = 108;

    private static final int PATH_AT = 2;

    private final byte[] path;
    private final long socket;
    private final long connect;
    private final long send;
    private final long close;

    private UnixDatagram(byte[] path, SystemLibrary library) {
        this.path = path;
        this.socket = library.function("socket");
        this.connect = library.function("connect");
        this.send = library.function("send");
        this.close = library.function("close");
    }

    /**
     * Refers to a socket.
     *
     * @param address a path, or {@code @} and a name in the abstract namespace
     * @throws UnsatisfiedLinkError if the system's functions cannot be called, or the address is too long
     */
    public static UnixDatagram to(String address) {
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length >= MAX_PATH) {
            throw new UnsatisfiedLinkError("not the address of a socket: " + address);
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        return new UnixDatagram(path, SystemLibrary.open("libc.so.6"));
    }

    /** Sends a text, in UTF-8. */
    public void send(String text) {
        int descriptor = invokeI(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, socket);
        if (descriptor < 0) {
            return;
        }
        try (MemoryStack stack = MemoryStack.stackPush()) {
            ByteBuffer address = stack.calloc(PATH_AT + MAX_PATH);
            address.putShort(0, (short) AF_UNIX);
            address.put(PATH_AT, path);
            // The length of an abstract name is that of the address; a path ends with a zero.
            int bytes = PATH_AT + path.length + (path[0] == 0 ? 0 : 1);
            ByteBuffer message = stack.bytes(text.getBytes(StandardCharsets.UTF_8));
            if (invokePPPI(descriptor, memAddress(address), bytes, connect) == 0) {
                invokePPPPI(descriptor, memAddress(message), message.remaining(), MSG_DONTWAIT | MSG_NOSIGNAL, send);
            }
        } finally {
            invokeI(descriptor, close);
        }
    }
}
