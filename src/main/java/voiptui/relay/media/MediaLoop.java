package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.socket.AddressSockets;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.RelaySocket;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * The thread {@code relay-media}: waits for packets, carries out the control thread's requests in between, and owns
 * every {@link Flow} and, once handed over, every UDP socket. {@link SourceOwnership} decides who owns which address.
 *
 * <p>Each client has a socket of its own while there are file descriptors to spare. After that, its packets come through
 * an unconnected socket that they share: a little slower, otherwise the same. See {@link MediaSockets} for the others.
 */
public final class MediaLoop implements MediaPlane, AutoCloseable {

    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** The most tunnelled datagrams that may wait for the media thread, in packets. */
    private static final int MAX_INJECTED = 2_048;
    /** Of these, the most of one client: what gathers during a second's pause of its connection. */
    private static final int MAX_INJECTED_BY_ONE = 256;
    /** The most requests carried out before packets get their turn. */
    private static final int REQUEST_BATCH = 64;

    /** The most datagrams taken at once from a shared socket for a client that leaves: some milliseconds of work. */
    private static final int MAX_DRAINED = 1_024;

    private final MediaSockets sockets;
    private final RelaySocket main;
    private final AddressSockets addresses;
    private final MediaLimits limits;
    private final Counters counters;
    private final EventBus events;
    private final NanoClock clock;
    private final Selector selector;
    private final FlowTable flows = new FlowTable();
    private final SourceOwnership ownership = new SourceOwnership(flows, this::closeOwn);
    private final BindHandler binds;
    private final NioSockets io;
    private final Forwarder forwarder;
    private final WakeupCoalescer coalescer;
    /** Owned by the media thread. */
    private final RateLimiter failureWarnings;
    /** Owned by the control thread. */
    private final RateLimiter socketWarnings;
    /** Clients with a socket of their own. The control thread adds, the media thread subtracts. */
    private final AtomicInteger clientSockets = new AtomicInteger();
    /** Tunnelled datagrams among the requests. The control thread adds, the media thread subtracts. */
    private final AtomicInteger injected = new AtomicInteger();
    /** Tunnelled datagrams dropped for lack of room and not counted yet. The control thread adds. */
    private final AtomicInteger overflowed = new AtomicInteger();

    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    /** Created once: a method reference in the loop would allocate in each round. */
    private final Consumer<SelectionKey> onReady = this::onReady;

    private final Thread thread = new Thread(this::run, "relay-media");
    private volatile boolean closing;
    private boolean roundHasTime;
    private long roundNs;
    private int roundPackets;
    private int openFlows;

    /**
     * Creates the loop; {@link #start} starts its thread.
     *
     * @param sockets the UDP sockets; owned by this loop from now on
     * @param listener called by the media thread
     * @throws IOException if the system grants no selector; the sockets then still belong to the caller
     */
    public MediaLoop(
            MediaSockets sockets,
            MediaLimits limits,
            Counters counters,
            EventBus events,
            NanoClock clock,
            MediaListener listener)
            throws IOException {
        this.sockets = sockets;
        InetAddress local = sockets.address().getAddress();
        this.main = new RelaySocket(sockets.shared(), local.isAnyLocalAddress() ? null : local, false);
        this.addresses = new AddressSockets(sockets, main);
        this.limits = limits;
        this.events = events;
        this.clock = clock;
        Counters own = counters.part();
        this.counters = own;
        this.binds = new BindHandler(ownership, own, listener);
        this.io = new NioSockets(own);
        this.forwarder =
                new Forwarder(flows, binds, io, new SenderLimitLog(events, clock), own, listener::onUnknownSource);
        this.coalescer = new WakeupCoalescer(clock);
        this.failureWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.socketWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.selector = Selector.open();
        main.channel.register(selector, SelectionKey.OP_READ, main);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Connects the client's socket before it returns: a packet that arrives between bind and connect is lost, and the
     * client sends as soon as it is welcomed.
     */
    @Override
    public void open(Flow flow) {
        openAddress(flow.local);
        DatagramChannel channel =
                ownership.mayOpenSocket(flow, flow.source) ? connectTo(flow.local, flow.source) : null;
        ask(() -> onOpen(flow, channel));
    }

    /**
     * Notes the addresses of this machine's interfaces, and opens a socket for each new one if this relay listens on all
     * addresses. Called by the control thread, periodically.
     */
    public void onLocalAddresses(Collection<InetAddress> listed) {
        addresses.onListed(listed).forEach(this::openAddress);
        ask(() -> addresses.closeUnused(socket -> closeQuietly(socket.channel)));
    }

    private void openAddress(InetAddress local) {
        RelaySocket opened = addresses.open(local, this::warnOfSocket);
        if (opened != null) {
            ask(() -> register(opened, opened));
        }
    }

    @Override
    public void route(Flow from, List<Flow> receivers) {
        Flow[] route = receivers.toArray(Flow.NOBODY);
        ask(() -> from.receivers = route);
    }

    @Override
    public void pair(Flow one, Flow other) {
        ask(() -> {
            one.measureAnew();
            other.measureAnew();
        });
        MediaPlane.super.pair(one, other);
    }

    @Override
    public void drain(Flow flow) {
        ask(() -> takeArrived(flow, clock.nanoTime()));
    }

    @Override
    public void renew(Flow flow, FlowStats status) {
        ask(() -> flow.status = status);
    }

    @Override
    public void move(Flow flow, InetSocketAddress source) {
        Flow.Proof proof = flow.proved;
        InetAddress local = proof != null && proof.source().equals(source) ? proof.local() : flow.local;
        openAddress(local);
        DatagramChannel channel = ownership.mayOpenSocket(flow, source) ? connectTo(local, source) : null;
        ownership.announce(flow, source);
        ask(() -> onMove(flow, source, local, channel));
    }

    @Override
    public void close(Flow flow) {
        ask(() -> onClose(flow));
    }

    @Override
    public void useTunnel(Flow flow, MediaTunnel tunnel, long afterCounter) {
        ask(() -> {
            if (flow.bind != null) {
                flow.bind.window.forget(afterCounter);
            }
            flow.tunnel = tunnel;
        });
    }

    @Override
    public void inject(Flow flow, byte[] datagram) {
        if (injected.get() >= MAX_INJECTED || flow.injected.get() >= MAX_INJECTED_BY_ONE) {
            overflowed.incrementAndGet();
            return;
        }
        injected.incrementAndGet();
        flow.injected.incrementAndGet();
        ask(() -> onInject(flow, datagram));
    }

    private void ask(Runnable request) {
        requests.add(request);
        selector.wakeup();
    }

    /** Stops the thread, waits for it to end, and closes all sockets. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the media thread. */
    public Thread thread() {
        return thread;
    }

    private void run() {
        try {
            while (!closing) {
                try {
                    doRound();
                } catch (IOException | RuntimeException | LinkageError unexpected) {
                    if (failureWarnings.allows()) {
                        warn("internal error in the media thread; continuing: " + unexpected);
                    }
                }
            }
        } finally {
            // A request may still bring a socket that must be closed.
            while (doRequests()) {
                // until none is left
            }
            flows.flows().forEach(this::closeOwn);
            addresses.closeAll(socket -> closeQuietly(socket.channel));
            closeQuietly(main.channel);
            closeQuietly(selector);
        }
    }

    private void doRound() throws IOException {
        boolean moreRequests = doRequests();
        roundHasTime = false;
        roundPackets = 0;
        if (moreRequests) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady);
        }
        long pauseNs = coalescer.pauseNsAfter(roundPackets);
        if (pauseNs > 0) {
            LockSupport.parkNanos(pauseNs);
        }
    }

    private void onReady(SelectionKey key) {
        if (!requests.isEmpty()) {
            // Requested before this packet came: a client may send as soon as it is welcomed.
            doRequests();
        }
        if (!roundHasTime) {
            roundNs = clock.nanoTime();
            roundHasTime = true;
        }
        if (key.attachment() instanceof RelaySocket socket) {
            roundPackets += takeFromUnconnected(socket, roundNs);
            return;
        }
        Flow flow = (Flow) key.attachment();
        RelaySocket own = flow.own;
        if (own == null || own.channel != key.channel()) {
            return;
        }
        roundPackets += own.strays > 0 ? takeStrays(flow, own, roundNs) : io.takeFrom(flow, own, forwarder, roundNs);
    }

    private int takeFromUnconnected(RelaySocket socket, long nowNs) {
        int clients = openFlows - clientSockets.get();
        return io.takeWithSenders(socket, socket, NioSockets.batchFor(clients), forwarder, nowNs);
    }

    /** Forwards packets from a socket that was just connected, each by its actual sender. Returns the packets read. */
    private int takeStrays(Flow flow, RelaySocket own, long nowNs) {
        int limit = Math.min(own.strays, NioSockets.MIN_BATCH);
        int taken = io.takeWithSenders(own, sharedOf(flow), limit, forwarder, nowNs);
        own.strays = taken < limit ? 0 : own.strays - taken;
        return taken;
    }

    /**
     * Forwards the packets that have already arrived from a flow's client, up to what its socket holds, or to
     * {@value #MAX_DRAINED} of all that have arrived at a shared one.
     */
    private void takeArrived(Flow flow, long nowNs) {
        RelaySocket shared = sharedOf(flow);
        if (flow.own == null) {
            io.takeWithSenders(shared, shared, MAX_DRAINED, forwarder, nowNs);
        } else {
            io.takeWithSenders(flow.own, shared, MediaSockets.MAX_WAITING, forwarder, nowNs);
        }
    }

    private RelaySocket sharedOf(Flow flow) {
        return flow.shared == null ? main : flow.shared;
    }

    /** Carries out a batch of requests; returns whether more are waiting. */
    private boolean doRequests() {
        for (int done = 0; done < REQUEST_BATCH; done++) {
            Runnable request = requests.poll();
            if (request == null) {
                return false;
            }
            request.run();
        }
        return !requests.isEmpty();
    }

    private void onOpen(Flow flow, @Nullable DatagramChannel channel) {
        long nowNs = clock.nanoTime();
        openFlows++;
        flow.limit = new SenderLimit(limits.senderRate(), nowNs);
        flow.use(addresses.at(flow.local));
        boolean granted = ownership.open(flow, nowNs);
        if (flow.bind != null) {
            binds.add(flow, flow.bind, nowNs);
        }
        if (granted) {
            adopt(channel, flow);
        } else {
            discard(channel, flow);
        }
    }

    private void onMove(Flow flow, InetSocketAddress source, InetAddress local, @Nullable DatagramChannel channel) {
        long nowNs = clock.nanoTime();
        SourceOwnership.Move move = ownership.move(flow, source, nowNs);
        // What still came from the old address would be a stranger's once that is free, or go with its socket.
        takeArrived(flow, nowNs);
        ownership.finishMove(flow, source);
        if (move == SourceOwnership.Move.MOVED) {
            closeOwn(flow);
            flow.local = local;
            flow.use(addresses.at(local));
            adopt(channel, flow);
        } else {
            discard(channel, flow);
        }
    }

    private void onClose(Flow flow) {
        openFlows--;
        closeOwn(flow);
        flow.use(null);
        if (flow.bind != null) {
            binds.remove(flow.bind);
            flow.tunnel = null;
        }
        ownership.close(flow);
    }

    private void onInject(Flow flow, byte[] datagram) {
        injected.decrementAndGet();
        flow.injected.decrementAndGet();
        if (overflowed.get() > 0) {
            counters.add(Counter.DROPPED_TUNNEL_FULL, overflowed.getAndSet(0));
        }
        io.takeTunnelled(flow, datagram, forwarder, clock.nanoTime());
    }

    /** Opens a socket for one client; null where the shared one has to do. Called by the control thread. */
    private @Nullable DatagramChannel connectTo(InetAddress local, @Nullable InetSocketAddress source) {
        if (source == null || clientSockets.get() >= limits.maxClientSockets()) {
            return null;
        }
        try {
            DatagramChannel channel = sockets.openFor(local, source);
            clientSockets.incrementAndGet();
            return channel;
        } catch (IOException | RuntimeException none) {
            warnOfSocket(none);
            return null;
        }
    }

    private void warnOfSocket(Exception problem) {
        if (socketWarnings.allows()) {
            warn("no socket for a client or an address, using a slower one that others share: " + problem.getMessage());
        }
    }

    /** Registers a flow's new socket. It is read when ready, after a pairing that was requested with it. */
    private void adopt(@Nullable DatagramChannel channel, Flow flow) {
        if (channel == null) {
            return;
        }
        RelaySocket own = new RelaySocket(channel, flow.local, true);
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

    /** Closes a socket that is not needed after all, and forwards what it has received. */
    private void discard(@Nullable DatagramChannel channel, Flow flow) {
        if (channel != null) {
            RelaySocket spare = new RelaySocket(channel, flow.local, true);
            io.takeWithSenders(spare, sharedOf(flow), MediaSockets.MAX_WAITING, forwarder, clock.nanoTime());
            closeQuietly(channel);
            clientSockets.decrementAndGet();
        }
    }

    private void closeOwn(Flow flow) {
        if (flow.own != null) {
            closeQuietly(flow.own.channel);
            flow.own = null;
            clientSockets.decrementAndGet();
        }
    }

    private void closeQuietly(@Nullable AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception gone) {
            // closing was all that was wanted
        }
    }

    private void warn(String warning) {
        events.publish(new RelayEvent.Warning(warning));
    }
}
