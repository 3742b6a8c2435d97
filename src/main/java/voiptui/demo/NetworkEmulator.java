package voiptui.demo;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import voiptui.demo.network.ImpairedPath;
import voiptui.net.UdpChannels;
import voiptui.protocol.BindDatagram;
import voiptui.time.NanoClock;

/**
 * A bad network between the relay and one client: a UDP proxy that drops and delays what the relay sends, as an
 * {@link ImpairedPath} says. What the client sends passes at once.
 *
 * <p>Answers to bind datagrams pass at once: without them the client would change to its TLS connection, which does not lead
 * through this network. Its thread, {@code voiptui-emulator}, owns everything but the counts, which any thread may read.
 */
final class NetworkEmulator implements AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 2048;
    /** The most datagrams under way; more are dropped. */
    private static final int MAX_UNDER_WAY = 4096;

    private static final long JOIN_MS = 1_000;

    private record Delayed(long dueNs, long number, byte[] bytes) implements Comparable<Delayed> {
        @Override
        public int compareTo(Delayed other) {
            int order = Long.signum(dueNs - other.dueNs);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    private final ImpairedPath path;
    private final NanoClock clock;
    private final Selector selector;
    private final DatagramChannel clientSide;
    private final DatagramChannel relaySide;
    private final int port;
    private final Thread thread = new Thread(this::run, "voiptui-emulator");
    private final PriorityQueue<Delayed> underWay = new PriorityQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
    /** Where the client sends from; null before its first datagram. */
    private @Nullable SocketAddress client;

    private long number;
    private volatile long packets;
    private volatile long dropped;
    private volatile boolean closed;

    /**
     * Opens the proxy and starts its thread.
     *
     * @param relayMedia the relay's media address
     * @param path the way from the relay to the client
     * @throws IOException if the system grants no sockets
     */
    NetworkEmulator(InetSocketAddress relayMedia, ImpairedPath path, NanoClock clock) throws IOException {
        this.path = path;
        this.clock = clock;
        InetAddress local = relayMedia.getAddress();
        this.selector = Selector.open();
        this.clientSide = UdpChannels.open(local);
        this.relaySide = UdpChannels.connect(local, 0, relayMedia);
        clientSide.bind(new InetSocketAddress(local, 0));
        this.port = clientSide.socket().getLocalPort();
        for (DatagramChannel channel : new DatagramChannel[] {clientSide, relaySide}) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    /** Returns the UDP port that the client uses in place of the relay's. */
    int port() {
        return port;
    }

    /** Returns what happened to the datagrams so far, binds left out. */
    DemoCall.NetworkCounts counts() {
        return new DemoCall.NetworkCounts(packets, dropped);
    }

    private void run() {
        try {
            while (!closed) {
                deliverDue();
                selector.select(msToNext());
                selector.selectedKeys().clear();
                forwardToRelay();
                impair();
            }
        } catch (ClosedChannelException | ClosedSelectorException end) {
            // close() was called
        } catch (IOException broken) {
            // The call goes on without media, which its report shows.
        }
    }

    /** Returns how long to wait for the next datagram that is due; 0: for ever. */
    private long msToNext() {
        Delayed next = underWay.peek();
        return next == null ? 0 : Math.max(1, (next.dueNs - clock.nanoTime()) / NS_PER_MS);
    }

    private void forwardToRelay() throws IOException {
        while (true) {
            SocketAddress from = clientSide.receive(buffer.clear());
            if (from == null) {
                return;
            }
            client = from;
            send(relaySide, null);
        }
    }

    private void impair() throws IOException {
        while (readFromRelay()) {
            long nowNs = clock.nanoTime();
            buffer.flip();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(0, bytes);
            if (BindDatagram.isAnswer(buffer)) {
                underWay.add(new Delayed(nowNs, number++, bytes));
                continue;
            }
            int copies = path.send(nowNs, bytes.length);
            count(copies);
            for (int copy = 0; copy < copies && underWay.size() < MAX_UNDER_WAY; copy++) {
                underWay.add(new Delayed(path.arrivalNs(copy), number++, bytes));
            }
        }
    }

    private void count(int copies) {
        // Written by this thread alone.
        packets++;
        dropped += copies == 0 ? 1 : 0;
    }

    private boolean readFromRelay() throws IOException {
        try {
            return relaySide.read(buffer.clear()) > 0;
        } catch (java.net.PortUnreachableException relayIsGone) {
            return false;
        }
    }

    private void deliverDue() throws IOException {
        for (Delayed next = underWay.peek();
                next != null && next.dueNs - clock.nanoTime() <= 0;
                next = underWay.peek()) {
            underWay.poll();
            buffer.clear().put(next.bytes);
            send(clientSide, client);
        }
    }

    /** Sends what is in the buffer; what the system refuses is lost, as in any network. */
    private void send(DatagramChannel channel, @Nullable SocketAddress to) throws IOException {
        buffer.flip();
        try {
            if (to == null) {
                channel.write(buffer);
            } else {
                channel.send(buffer, to);
            }
        } catch (ClosedChannelException end) {
            throw end;
        } catch (IOException refused) {
            // lost
        }
    }

    /** Ends the thread and closes the sockets; what is under way is lost. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(JOIN_MS);
            clientSide.close();
            relaySide.close();
            selector.close();
        } catch (IOException gone) {
            // closed either way
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
