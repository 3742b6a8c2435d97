package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.relay.media.socket.AddressSockets;
import voiptui.relay.media.socket.LocalEnd;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.RelaySocket;
import voiptui.time.NanoClock;

/**
 * Reads and writes datagrams one by one with NIO. Each client has a socket of its own while there are file descriptors to spare. After
 * that, its packets come through an unconnected socket that they share: a little slower, otherwise the same. See {@link MediaSockets} for
 * the others.
 */
final class NioSockets implements DatagramBatch, ClientSockets {

    /** The fewest and the most datagrams read from an unconnected socket before the other sockets get their turn. */
    static final int MIN_BATCH = 32;

    static final int MAX_BATCH = 256;

    private final MediaSockets sockets;
    private final RelaySocket main;
    private final AddressSockets addresses;
    private final int maxClientSockets;
    private final String whyNotBatches;
    private final Map<InetSocketAddress, Flow> served = new HashMap<>();
    private final Counters counters;
    private final NanoClock clock;
    private final Owner owner;
    private final Selector selector;
    /** One byte longer than the longest packet, to detect longer ones. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Forwarder.MAX_SEALED_BYTES + 1);
    /** Clients with a socket of their own. The control thread adds, the media thread subtracts. */
    private final AtomicInteger clientSockets = new AtomicInteger();

    private @Nullable InetSocketAddress current;
    /** Created once, as the next: a method reference in the loop would allocate. */
    private final Supplier<InetSocketAddress> sender = () -> Objects.requireNonNull(current);

    private final Consumer<SelectionKey> onReady = this::onReady;
    private @Nullable Forwarder roundForwarder;
    private boolean roundHasTime;
    private long roundNs;
    private int roundPackets;
    private int openFlows;

    /**
     * Takes over the sockets.
     *
     * @param maxClientSockets the most clients that get a socket of their own
     * @param whyNotBatches why datagrams are not read in batches; empty: as it was asked for
     * @throws IOException if the system grants no selector; the sockets then still belong to the caller
     */
    NioSockets(
            MediaSockets sockets,
            int maxClientSockets,
            String whyNotBatches,
            Counters counters,
            NanoClock clock,
            Owner owner)
            throws IOException {
        InetAddress local = sockets.address().getAddress();
        this.sockets = sockets;
        this.main = new RelaySocket(sockets.shared(), local.isAnyLocalAddress() ? null : local, null);
        this.addresses = new AddressSockets(sockets, main);
        this.maxClientSockets = maxClientSockets;
        this.whyNotBatches = whyNotBatches;
        this.counters = counters;
        this.clock = clock;
        this.owner = owner;
        this.selector = Selector.open();
        main.channel.register(selector, SelectionKey.OP_READ, main);
    }

    @Override
    public ClientSockets clientSockets() {
        return this;
    }

    @Override
    public void reach(InetAddress local) {
        RelaySocket opened = addresses.open(local, owner::warnOfSocket);
        if (opened != null) {
            owner.ask(() -> register(opened, opened));
        }
    }

    /** {@inheritDoc} Opens a socket for each new one if this relay listens on all addresses. */
    @Override
    public void onLocalAddresses(Collection<InetAddress> listed) {
        addresses.onListed(listed).forEach(this::reach);
        owner.ask(() -> addresses.closeUnused(socket -> closeQuietly(socket.channel)));
    }

    @Override
    public @Nullable RelaySocket connect(InetAddress local, @Nullable InetSocketAddress source) {
        if (source == null || clientSockets.get() >= maxClientSockets) {
            return null;
        }
        try {
            DatagramChannel channel = sockets.openFor(local, source);
            clientSockets.incrementAndGet();
            return new RelaySocket(channel, local, source);
        } catch (IOException | RuntimeException none) {
            owner.warnOfSocket(none);
            return null;
        }
    }

    @Override
    public String text() {
        return whyNotBatches.isEmpty() ? "one by one" : "one by one: " + whyNotBatches;
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void open(Flow flow) {
        openFlows++;
        flow.use(addresses.at(flow.local));
    }

    /** {@inheritDoc} It is read when ready, after a pairing that was requested with it. */
    @Override
    public void adopt(Flow flow, RelaySocket own) {
        own.strays = MediaSockets.MAX_WAITING;
        flow.own = own;
        try {
            register(own, flow);
        } catch (IllegalStateException refused) {
            closeOwn(flow);
            throw refused;
        }
    }

    private void register(RelaySocket socket, Object attachment) {
        try {
            socket.channel.register(selector, SelectionKey.OP_READ, attachment);
        } catch (IOException | RuntimeException refused) {
            throw new IllegalStateException("cannot register a socket", refused);
        }
    }

    @Override
    public void discard(Flow flow, RelaySocket spare, Forwarder forwarder) {
        takeWithSenders(spare, sharedOf(flow), MediaSockets.MAX_WAITING, forwarder, clock.nanoTime());
        closeQuietly(spare.channel);
        clientSockets.decrementAndGet();
    }

    @Override
    public void serve(Flow flow, InetSocketAddress source) {
        served.put(source, flow);
    }

    @Override
    public void forget(Flow flow, InetSocketAddress source) {
        served.remove(source, flow);
    }

    @Override
    public void release(Flow flow) {
        closeOwn(flow);
        flow.use(addresses.at(flow.local));
    }

    @Override
    public void close(Flow flow) {
        openFlows--;
        closeOwn(flow);
        flow.use(null);
    }

    private void closeOwn(Flow flow) {
        if (flow.own != null) {
            closeQuietly(flow.own.channel);
            flow.own = null;
            clientSockets.decrementAndGet();
        }
    }

    @Override
    public int await(boolean mayWait, Forwarder forwarder) throws IOException {
        roundForwarder = forwarder;
        roundHasTime = false;
        roundPackets = 0;
        if (mayWait) {
            selector.select(onReady);
        } else {
            selector.selectNow(onReady);
        }
        return roundPackets;
    }

    private void onReady(SelectionKey key) {
        // Requested before this packet came: a client may send as soon as it is welcomed.
        owner.doRequests();
        if (!roundHasTime) {
            roundNs = clock.nanoTime();
            roundHasTime = true;
        }
        Forwarder forwarder = Objects.requireNonNull(roundForwarder);
        if (key.attachment() instanceof RelaySocket socket) {
            int batch = batchFor(openFlows - clientSockets.get());
            onTaken(takeWithSenders(socket, socket, batch, forwarder, roundNs), forwarder);
            return;
        }
        Flow flow = (Flow) key.attachment();
        RelaySocket own = flow.own;
        if (own == null || own.channel != key.channel()) {
            return;
        }
        onTaken(
                own.strays > 0 ? takeStrays(flow, own, forwarder, roundNs) : takeFrom(flow, own, forwarder, roundNs),
                forwarder);
    }

    private void onTaken(int packets, Forwarder forwarder) {
        roundPackets += packets;
        forwarder.onSent(roundNs, packets);
    }

    /** Passes on packets from a socket that was just connected, each by its actual sender. Returns the packets read. */
    private int takeStrays(Flow flow, RelaySocket own, Forwarder forwarder, long nowNs) {
        int limit = Math.min(own.strays, MIN_BATCH);
        int taken = takeWithSenders(own, sharedOf(flow), limit, forwarder, nowNs);
        own.strays = taken < limit ? 0 : own.strays - taken;
        return taken;
    }

    @Override
    public void takeArrived(Flow flow, InetAddress local, Forwarder forwarder) {
        RelaySocket shared = sharedOf(flow);
        if (flow.own == null) {
            takeWithSenders(shared, shared, MAX_DRAINED, forwarder, clock.nanoTime());
        } else {
            takeWithSenders(flow.own, shared, MediaSockets.MAX_WAITING, forwarder, clock.nanoTime());
        }
    }

    private RelaySocket sharedOf(Flow flow) {
        return flow.shared == null ? main : flow.shared;
    }

    /** Returns how many datagrams to read at once for {@code clients} that share sockets: as many as if each had its own. */
    static int batchFor(int clients) {
        return Math.max(MIN_BATCH, Math.min(MAX_BATCH, clients));
    }

    /** Takes one datagram from a client's own socket, which is ready. Returns the datagrams read: 0 or 1. */
    private int takeFrom(Flow flow, RelaySocket own, Forwarder forwarder, long nowNs) {
        buffer.clear();
        try {
            own.channel.read(buffer);
        } catch (PortUnreachableException refused) {
            countRefusal(flow);
            return 0;
        } catch (IOException unreachable) {
            // An ICMP error other than port unreachable: from a router, so it says nothing about the client.
            counters.increment(Counter.DROPPED_UNREACHABLE);
            return 0;
        }
        buffer.flip();
        current = own.peer;
        if (current != null) {
            forwarder.onArrival(flow, sender, own, buffer, nowNs);
        }
        return 1;
    }

    /**
     * Takes up to {@code limit} datagrams, each with its sender. Returns the datagrams read.
     *
     * @param answerThrough the unconnected socket of the same relay address, which may be {@code socket}
     */
    int takeWithSenders(RelaySocket socket, RelaySocket answerThrough, int limit, Forwarder forwarder, long nowNs) {
        for (int taken = 0; taken < limit; taken++) {
            buffer.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) socket.channel.receive(buffer);
            } catch (IOException broken) {
                return taken;
            }
            if (from == null) {
                return taken;
            }
            buffer.flip();
            current = from;
            forwarder.onArrival(served.get(from), sender, answerThrough, buffer, nowNs);
        }
        return limit;
    }

    @Override
    public void takeTunnelled(Flow flow, byte[] datagram, Forwarder forwarder) {
        forwarder.onTunnelled(flow, DatagramBatch.copy(datagram, buffer), clock.nanoTime());
    }

    @Override
    public void takePassedOn(
            BindSessions.Session session,
            byte[] datagram,
            InetSocketAddress from,
            LocalEnd arrivedAt,
            Forwarder forwarder) {
        forwarder.onPassedOn(session, DatagramBatch.copy(datagram, buffer), from, arrivedAt, clock.nanoTime());
    }

    @Override
    public int send(Flow receiver, ByteBuffer datagram) {
        int begin = datagram.position();
        int length = datagram.remaining();
        int sent = write(receiver, datagram);
        datagram.position(begin);
        return sent == length ? SENT : sent == 0 ? NO_ROOM : FAILED;
    }

    private int write(Flow receiver, ByteBuffer datagram) {
        try {
            return writeOnce(receiver, datagram);
        } catch (PortUnreachableException refusedEarlier) {
            // The refusal concerns an earlier packet; this one has not been sent.
            countRefusal(receiver);
        } catch (IOException failed) {
            return -1;
        }
        try {
            return writeOnce(receiver, datagram);
        } catch (IOException failed) {
            return -1;
        }
    }

    private static int writeOnce(Flow receiver, ByteBuffer datagram) throws IOException {
        RelaySocket own = receiver.own;
        if (own != null) {
            return own.channel.write(datagram);
        }
        RelaySocket shared = receiver.shared;
        InetSocketAddress source = receiver.source;
        return shared == null || source == null ? -1 : shared.channel.send(datagram, source);
    }

    @Override
    public int answer(LocalEnd arrivedAt, InetSocketAddress to, ByteBuffer datagram) {
        int begin = datagram.position();
        int length = datagram.remaining();
        try {
            int sent = ((RelaySocket) arrivedAt).channel.send(datagram, to);
            return sent == length ? SENT : sent == 0 ? NO_ROOM : FAILED;
        } catch (IOException failed) {
            return FAILED;
        } finally {
            datagram.position(begin);
        }
    }

    private void countRefusal(Flow flow) {
        flow.status.onUnreachable();
        counters.increment(Counter.DROPPED_UNREACHABLE);
    }

    @Override
    public void close() {
        served.values().forEach(this::closeOwn);
        addresses.closeAll(socket -> closeQuietly(socket.channel));
        closeQuietly(main.channel);
        closeQuietly(selector);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception gone) {
            // closing was all that was wanted
        }
    }
}
