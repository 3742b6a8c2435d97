package voiptui.testkit;

import static org.lwjgl.system.JNI.invokeI;
import static org.lwjgl.system.JNI.invokePPPI;
import static org.lwjgl.system.JNI.invokePPPPI;
import static org.lwjgl.system.JNI.invokePPPPPI;
import static org.lwjgl.system.MemoryUtil.memAddress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.lwjgl.system.MemoryUtil;
import voiptui.natives.SystemLibrary;

/** Stands for systemd: a socket for the messages of a service. Receives in one thread. */
public final class NotifySocket implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int MAX_BYTES = 4_096;

    private final SystemLibrary libC = SystemLibrary.open("libc.so.6");
    private final int descriptor;
    private final ByteBuffer message = MemoryUtil.memAlloc(MAX_BYTES);
    private final List<String> received = new ArrayList<>();

    /** Binds the socket to a path of at most 100 bytes. */
    public NotifySocket(Path path) {
        descriptor = invokeI(AF_UNIX, SOCK_DGRAM, 0, libC.function("socket"));
        ByteBuffer address = MemoryUtil.memCalloc(110);
        ByteBuffer wait = MemoryUtil.memCalloc(16);
        try {
            byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
            address.putShort(0, (short) AF_UNIX).put(2, name);
            if (invokePPPI(descriptor, memAddress(address), 2 + name.length + 1, libC.function("bind")) != 0) {
                throw new AssertionError("cannot bind " + path);
            }
            wait.putLong(8, 200_000);
            invokePPPPPI(descriptor, SOL_SOCKET, SO_RCVTIMEO, memAddress(wait), 16, libC.function("setsockopt"));
        } finally {
            MemoryUtil.memFree(address);
            MemoryUtil.memFree(wait);
        }
    }

    /** Returns the next message that matches. */
    public String await(long timeoutMs, Predicate<String> wanted) {
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000;
        while (System.nanoTime() - deadlineNs < 0) {
            int bytes = invokePPPPI(descriptor, memAddress(message), MAX_BYTES, 0, libC.function("recv"));
            if (bytes > 0) {
                byte[] text = new byte[bytes];
                message.get(0, text);
                String said = new String(text, StandardCharsets.UTF_8);
                received.add(said);
                if (wanted.test(said)) {
                    return said;
                }
            }
        }
        throw new AssertionError("no such message within " + timeoutMs + " ms, but " + received);
    }

    @Override
    public void close() {
        invokeI(descriptor, libC.function("close"));
        MemoryUtil.memFree(message);
    }
}
