package voiptui.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The TCP half of a {@link NatBox}: forwards connections to the relay from another address, and breaks them on request.
 *
 * <p>Any thread; two of its own for each connection.
 */
public final class TcpNat implements AutoCloseable {

    private static final int CONNECT_MS = 5_000;

    private final InetSocketAddress relay;
    private final ServerSocket listener;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Object change = new Object();
    private volatile String outerIp;
    private volatile boolean refuses;
    private volatile boolean stalls;

    TcpNat(InetSocketAddress inner, String outerIp, InetSocketAddress relay) throws IOException {
        this.outerIp = outerIp;
        this.relay = relay;
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(inner);
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "test-nat-tcp");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Sets the outer address of new connections; existing ones keep theirs. */
    void moveTo(String newOuterIp) {
        outerIp = newOuterIp;
    }

    /** Starts or stops resetting new connections. */
    public void refuse(boolean refuse) {
        refuses = refuse;
    }

    /** Stops forwarding, as on a stalled network, until resumed. */
    public void stall(boolean stall) {
        synchronized (change) {
            stalls = stall;
            change.notifyAll();
        }
    }

    /** Silently cuts existing connections off; new ones work. */
    public void strand() {
        connections.forEach(connection -> connection.stranded = true);
    }

    /** Resets existing connections on both sides. */
    public void reset() {
        connections.forEach(Connection::reset);
    }

    /** How many connections were made so far. */
    public long accepted() {
        return accepted.get();
    }

    /** How many connections there are. */
    public int open() {
        return connections.size();
    }

    /** How many bytes went through, both ways. */
    public long bytes() {
        return bytes.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                if (refuses) {
                    abort(client);
                } else {
                    start(() -> forward(client));
                }
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void forward(Socket client) {
        Socket outer = new Socket();
        try {
            outer.bind(new InetSocketAddress(outerIp, 0));
            outer.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            outer.connect(relay, CONNECT_MS);
        } catch (IOException unreachable) {
            abort(outer);
            abort(client);
            return;
        }
        Connection connection = new Connection(client, outer);
        connections.add(connection);
        start(() -> connection.pump(outer, client));
        connection.pump(client, outer);
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyGone) {
            // as wanted
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // as wanted
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        stall(false);
        reset();
    }

    private final class Connection {

        private final Socket client;
        private final Socket outer;
        private final AtomicLong ends = new AtomicLong();
        private volatile boolean stranded;

        Connection(Socket client, Socket outer) {
            this.client = client;
            this.outer = outer;
        }

        void reset() {
            abort(client);
            abort(outer);
        }

        void pump(Socket from, Socket to) {
            byte[] chunk = new byte[16_384];
            try {
                InputStream in = from.getInputStream();
                for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                    awaitLine();
                    if (!stranded) {
                        to.getOutputStream().write(chunk, 0, got);
                        bytes.addAndGet(got);
                    }
                }
                awaitLine();
                if (!stranded) {
                    to.shutdownOutput();
                }
            } catch (IOException broken) {
                if (!stranded) {
                    reset();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            if (ends.incrementAndGet() == 2) {
                close(client);
                close(outer);
                connections.remove(this);
            }
        }

        private void awaitLine() throws InterruptedException {
            synchronized (change) {
                while (stalls) {
                    change.wait();
                }
            }
        }
    }
}
