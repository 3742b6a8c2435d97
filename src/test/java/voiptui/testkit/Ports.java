package voiptui.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for what is opened later, or again: below the range from which Linux takes ports for outgoing connections by
 * default, so that nothing else gets one in between, and nobody who connects to a closed one connects to itself. Test
 * processes side by side draw from different blocks.
 *
 * <p>Any thread.
 */
public final class Ports {

    private static final int FIRST = 10_000;
    private static final int BLOCK = 1_000;
    /** Processes of one run differ by {@code voiptui.fork}, other runs on the machine mostly by the process number. */
    private static final int BASE =
            FIRST + (int) (ProcessHandle.current().pid() % 10 * 2 + Integer.getInteger("voiptui.fork", 0) % 2) * BLOCK;

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Ports() {}

    /** Returns a port of {@code ip} that is free for TCP and UDP, and is not given out again soon. */
    public static int free(String ip) throws IOException {
        IOException taken = null;
        for (int attempt = 0; attempt < BLOCK; attempt++) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByName(ip), BASE + NEXT.getAndIncrement() % BLOCK);
            try (ServerSocket tcp = new ServerSocket();
                    DatagramSocket udp = new DatagramSocket(null)) {
                tcp.setReuseAddress(true);
                tcp.bind(address);
                udp.bind(address);
                return address.getPort();
            } catch (IOException inUse) {
                taken = inUse;
            }
        }
        throw new IOException("no free port of " + ip + " from " + BASE + " on", taken);
    }
}
