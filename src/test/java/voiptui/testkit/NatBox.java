package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.time.NanoClock;

/**
 * A NAT between clients and the relay, on loopback addresses. Clients use {@link #address} as the relay's address,
 * and the relay sees them at this NAT's outer address and ports. The NAT can change both during a call, and drop or
 * delay datagrams.
 *
 * <p>It uses the relay's port numbers, so that the UDP port in {@code welcome} is right. {@link #tcp()} controls
 * TCP; existing connections survive a change of the outer address.
 *
 * <p>Any thread; an internal thread forwards the datagrams.
 */
public final class NatBox implements AutoCloseable {

    /** The accuracy of a delay. */
    private static final long TURN_MS = 2;

    private final InetSocketAddress relay;
    private final long seed;
    private final Selector selector;
    private final DatagramChannel inside;
    private final TcpNat tcp;
    private final Map<SocketAddress, Mapping> mappings = new LinkedHashMap<>();
    /** Old outer ports stay open but unread, so that senders get no ICMP error, as with a NAT. */
    private final List<DatagramChannel> retired = new ArrayList<>();

    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final Thread thread;
    private volatile String outerIp;
    private volatile Impairment impairment = Impairment.NONE;
    private volatile Consumer<byte[]> tap = datagram -> {};
    private volatile boolean dropsUp;
    private volatile boolean dropsDown;
    private volatile boolean closed;

    /**
     * Starts a NAT without impairments.
     *
     * @param innerIp where the clients find it; an address of this machine that the relay does not listen on
     * @param outerIp where the relay sees them
     * @param control where the relay takes control connections
     * @param media where it takes media
     * @param seed the same one loses the same datagrams
     */
    public NatBox(String innerIp, String outerIp, InetSocketAddress control, InetSocketAddress media, long seed)
            throws IOException {
        this.relay = media;
        this.outerIp = outerIp;
        this.seed = seed;
        tcp = new TcpNat(new InetSocketAddress(innerIp, control.getPort()), outerIp, control);
        selector = Selector.open();
        inside = open(new InetSocketAddress(innerIp, media.getPort()));
        thread = new Thread(this::run, "test-nat");
        thread.setDaemon(true);
        thread.start();
    }

    private DatagramChannel open(InetSocketAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(local);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    /** What clients are told as the relay's address, for TCP. */
    public InetSocketAddress address() {
        return tcp.address();
    }

    /** Returns the call's options with {@code --server} replaced by this NAT's address. */
    public String[] throughNat(String... options) {
        String[] routed = options.clone();
        routed[Arrays.asList(routed).indexOf("--server") + 1] =
                address().getHostString() + ":" + address().getPort();
        return routed;
    }

    /** Its TCP half. */
    public TcpNat tcp() {
        return tcp;
    }

    /** Shows the media datagrams of clients, without binds, to {@code ear} from now on, on the NAT's thread. */
    public NatBox tapped(Consumer<byte[]> ear) {
        tap = ear;
        return this;
    }

    // --- UDP impairments ----------------------------------------------------------------------------------------

    /** Gives every client a new outer port, as when a NAT has dropped its mappings. */
    public void changePorts() {
        order(this::retireAll);
    }

    /**
     * Changes the outer address, as when the provider assigns a new one. Existing TCP connections survive;
     * {@link TcpNat#strand} breaks them as a real change would.
     */
    public void moveTo(String newOuterIp) {
        outerIp = newOuterIp;
        tcp.moveTo(newOuterIp);
        order(this::retireAll);
    }

    /** Starts or stops dropping datagrams to the relay. */
    public void dropUp(boolean drop) {
        dropsUp = drop;
    }

    /** Starts or stops dropping datagrams from the relay. */
    public void dropDown(boolean drop) {
        dropsDown = drop;
    }

    /** Starts or stops dropping UDP in both directions. */
    public void dropUdp(boolean drop) {
        dropsUp = drop;
        dropsDown = drop;
    }

    /** Sets the impairment of both directions. */
    public void impair(Impairment how) {
        order(() -> {
            impairment = how;
            mappings.values().forEach(mapping -> mapping.impair(how));
        });
    }

    /** Returns how many datagrams were forwarded to the relay. */
    public long up() {
        return up.get();
    }

    /** Returns how many datagrams were forwarded to clients. */
    public long down() {
        return down.get();
    }

    /** Returns the outer address of each client, in the order of their first datagrams. */
    public List<InetSocketAddress> outside() {
        List<InetSocketAddress> outside = new ArrayList<>();
        order(() -> mappings.values().forEach(mapping -> outside.add(mapping.outer())));
        return outside;
    }

    /** Runs an action on the NAT's thread and waits for it. */
    private void order(Runnable what) {
        boolean[] done = {false};
        orders.add(() -> {
            what.run();
            synchronized (done) {
                done[0] = true;
                done.notifyAll();
            }
        });
        selector.wakeup();
        Deadline.require(10_000, () -> "the NAT's thread responds", () -> {
            synchronized (done) {
                return done[0];
            }
        });
    }

    // --- NAT thread -------------------------------------------------------------------------------------------------

    private void run() {
        try {
            while (!closed) {
                selector.select(key -> {}, TURN_MS);
                for (Runnable next = orders.poll(); next != null; next = orders.poll()) {
                    next.run();
                }
                takeFromClients();
                for (Mapping mapping : mappings.values()) {
                    mapping.move();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void takeFromClients() throws IOException {
        for (SocketAddress client = inside.receive(buffer.clear());
                client != null;
                client = inside.receive(buffer.clear())) {
            Mapping mapping = mappings.get(client);
            if (mapping == null) {
                mapping = new Mapping(client, open(new InetSocketAddress(InetAddress.getByName(outerIp), 0)));
                mappings.put(client, mapping);
            }
            byte[] datagram = Arrays.copyOf(buffer.array(), buffer.position());
            if (!V2Bind.isRequest(datagram)) {
                tap.accept(datagram);
            }
            if (!dropsUp) {
                mapping.fromClient.deliver(datagram);
            }
        }
    }

    private void retireAll() {
        try {
            for (Mapping mapping : mappings.values()) {
                retired.add(mapping.outer);
                mapping.outer.keyFor(selector).cancel();
                mapping.outer = open(new InetSocketAddress(InetAddress.getByName(outerIp), 0));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        tcp.close();
        inside.close();
        for (Mapping mapping : mappings.values()) {
            mapping.outer.close();
        }
        for (DatagramChannel channel : retired) {
            channel.close();
        }
        selector.close();
    }

    /** Maps a client's inner address to an outer socket. */
    private final class Mapping {

        private final SocketAddress client;
        private final MemoryTransport fromClient = new MemoryTransport();
        private final MemoryTransport fromRelay = new MemoryTransport();
        private final ImpairedTransport upward;
        private final ImpairedTransport downward;
        private DatagramChannel outer;

        Mapping(SocketAddress client, DatagramChannel outer) {
            this.client = client;
            this.outer = outer;
            upward = new ImpairedTransport(fromClient, impairment, seed + 2 * mappings.size(), NanoClock.SYSTEM);
            downward = new ImpairedTransport(fromRelay, impairment, seed + 2 * mappings.size() + 1, NanoClock.SYSTEM);
        }

        InetSocketAddress outer() {
            return (InetSocketAddress) outer.socket().getLocalSocketAddress();
        }

        void impair(Impairment how) {
            upward.impair(how);
            downward.impair(how);
        }

        void move() throws IOException {
            for (SocketAddress sender = outer.receive(buffer.clear());
                    sender != null;
                    sender = outer.receive(buffer.clear())) {
                if (sender.equals(relay) && !dropsDown) {
                    fromRelay.deliver(Arrays.copyOf(buffer.array(), buffer.position()));
                }
            }
            move(upward, outer, relay, up);
            move(downward, inside, client, down);
        }

        private void move(ImpairedTransport from, DatagramChannel by, SocketAddress to, AtomicLong count) {
            while (from.receive(buffer.clear()) >= 0) {
                try {
                    by.send(buffer.flip(), to);
                    count.incrementAndGet();
                } catch (IOException lost) {
                    // lost, as datagrams may be
                }
            }
        }
    }
}
