package voiptui.relay.media.socket;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the addresses of this machine's interfaces. The system is asked on a thread of its own, {@code relay-addresses},
 * because asking reads files and may take long on a machine with many interfaces.
 */
public final class LocalAddresses implements AutoCloseable {

    private static final long INTERVAL_MS = 5_000;

    private final Consumer<Set<InetAddress>> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "relay-addresses");

    private LocalAddresses(Consumer<Set<InetAddress>> listener) {
        this.listener = listener;
    }

    /**
     * Starts to watch.
     *
     * @param listener told the addresses at once, before this method returns, and every {@value #INTERVAL_MS} ms
     */
    public static LocalAddresses watch(Consumer<Set<InetAddress>> listener) {
        LocalAddresses watched = new LocalAddresses(listener);
        listener.accept(list());
        watched.thread.setDaemon(true);
        watched.thread.start();
        return watched;
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL_MS, TimeUnit.MILLISECONDS)) {
                tell();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        Set<InetAddress> addresses = list();
        try {
            listener.accept(addresses);
        } catch (RejectedExecutionException stopping) {
            closed.countDown();
        }
    }

    /** Returns the addresses of all interfaces; none if the system does not tell. */
    static Set<InetAddress> list() {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        try {
            @Nullable Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces != null && interfaces.hasMoreElements()) {
                interfaces.nextElement().getInetAddresses().asIterator().forEachRemaining(addresses::add);
            }
        } catch (SocketException unknown) {
            // Clients then still get sockets at the addresses that they reach the relay at.
        }
        return addresses;
    }

    /** Returns the watching thread; it ends with {@link #close}, or once the listener rejects what it is told. */
    public Thread thread() {
        return thread;
    }

    /** Stops watching. */
    @Override
    public void close() {
        closed.countDown();
    }
}
