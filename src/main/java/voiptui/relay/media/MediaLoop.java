package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
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
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * The thread {@code relay-media}: waits for packets, carries out the control thread's requests in between, and owns
 * every {@link Flow} and, once handed over, every UDP socket. {@link SourceOwnership} decides who owns which address.
 *
 * <p>Each client has a socket of its own while there are file descriptors to spare. After that, its packets come through
 * the shared socket: a little slower, otherwise the same.
 */
public final class MediaLoop implements MediaPlane, AutoCloseable {

    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** The most tunnelled datagrams that may wait for the media thread, in packets. */
    private static final int MAX_INJECTED = 1_024;

    private final MediaSockets sockets;
    private final int maxClientSockets;
    private final Counters counters;
    private final EventBus events;
    private final NanoClock clock;
    private final Selector selector;
    private final FlowTable flows = new FlowTable();
    private final SourceOwnership ownership = new SourceOwnership(flows, this::closeChannel);
    private final BindHandler binds;
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

    /**
     * Creates the loop; {@link #start} starts its thread.
     *
     * @param sockets the UDP sockets; owned by this loop from now on
     * @param maxClientSockets the most clients that get a socket of their own
     * @param unknownSource called by the media thread with senders that may be a client behind a NAT
     * @param bound called by the media thread with clients that proved an address
     * @throws IOException if the system grants no selector; the sockets then still belong to the caller
     */
    public MediaLoop(
            MediaSockets sockets,
            int maxClientSockets,
            Counters counters,
            EventBus events,
            NanoClock clock,
            Consumer<InetSocketAddress> unknownSource,
            BindHandler.Listener bound)
            throws IOException {
        this.sockets = sockets;
        this.maxClientSockets = maxClientSockets;
        this.events = events;
        this.clock = clock;
        this.counters = counters;
        this.binds = new BindHandler(ownership, counters, bound);
        this.forwarder = new Forwarder(sockets.shared(), flows, binds, counters, unknownSource);
        this.coalescer = new WakeupCoalescer(clock);
        this.failureWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.socketWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.selector = Selector.open();
        sockets.shared().register(selector, SelectionKey.OP_READ);
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
        DatagramChannel channel =
                ownership.mayOpenSocket(flow, flow.source) ? connectTo(flow.local, flow.source) : null;
        ask(() -> onOpen(flow, channel));
    }

    @Override
    public void pair(Flow one, Flow other) {
        ask(() -> {
            one.peer = other;
            other.peer = one;
        });
    }

    @Override
    public void unpair(Flow one, Flow other) {
        ask(() -> {
            one.peer = null;
            other.peer = null;
        });
    }

    @Override
    public void drain(Flow flow) {
        ask(() -> forwarder.takeArrived(flow, clock.nanoTime()));
    }

    @Override
    public void renew(Flow flow, FlowStats status) {
        ask(() -> flow.status = status);
    }

    @Override
    public void move(Flow flow, InetSocketAddress source) {
        DatagramChannel channel = ownership.mayOpenSocket(flow, source) ? connectTo(flow.local, source) : null;
        ask(() -> onMove(flow, source, channel));
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
        if (injected.get() >= MAX_INJECTED) {
            overflowed.incrementAndGet();
            return;
        }
        injected.incrementAndGet();
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
            doRequests();
            flows.flows().forEach(this::closeChannel);
            closeQuietly(sockets.shared());
            closeQuietly(selector);
        }
    }

    private void doRound() throws IOException {
        doRequests();
        roundHasTime = false;
        roundPackets = 0;
        selector.select(onReady);
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
        Flow flow = (Flow) key.attachment();
        if (flow == null) {
            roundPackets += forwarder.takeFromShared(roundNs);
            return;
        }
        DatagramChannel own = flow.channel;
        if (own == null || own != key.channel()) {
            return;
        }
        if (flow.mayHoldStrays) {
            flow.mayHoldStrays = false;
            roundPackets += forwarder.takeStrays(own, roundNs);
        } else {
            roundPackets += forwarder.takeFrom(flow, own, roundNs);
        }
    }

    private void doRequests() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }

    private void onOpen(Flow flow, @Nullable DatagramChannel channel) {
        long nowNs = clock.nanoTime();
        boolean granted = ownership.open(flow, nowNs);
        if (flow.bind != null) {
            binds.add(flow, flow.bind, nowNs);
        }
        if (granted) {
            adopt(channel, flow);
        } else {
            discard(channel);
        }
    }

    private void onMove(Flow flow, InetSocketAddress source, @Nullable DatagramChannel channel) {
        long nowNs = clock.nanoTime();
        // What still came from the old address would be a stranger's after the move, or go with its socket.
        forwarder.takeArrivedBeforeMove(flow, source, nowNs);
        if (ownership.move(flow, source, nowNs) == SourceOwnership.Move.MOVED) {
            closeChannel(flow);
            adopt(channel, flow);
        } else {
            discard(channel);
        }
    }

    private void onClose(Flow flow) {
        closeChannel(flow);
        if (flow.bind != null) {
            binds.remove(flow.bind);
            flow.tunnel = null;
        }
        ownership.close(flow);
    }

    private void onInject(Flow flow, byte[] datagram) {
        injected.decrementAndGet();
        if (overflowed.get() > 0) {
            counters.add(Counter.DROPPED_TUNNEL_FULL, overflowed.getAndSet(0));
        }
        forwarder.takeFromTunnel(flow, datagram, clock.nanoTime());
    }

    /** Opens a socket for one client; null where the shared one has to do. Called by the control thread. */
    private @Nullable DatagramChannel connectTo(InetAddress local, @Nullable InetSocketAddress source) {
        if (source == null || clientSockets.get() >= maxClientSockets) {
            return null;
        }
        try {
            DatagramChannel channel = sockets.openFor(local, source);
            clientSockets.incrementAndGet();
            return channel;
        } catch (IOException | RuntimeException none) {
            if (socketWarnings.allows()) {
                warn("no socket for a client, using the slower shared one: " + none.getMessage());
            }
            return null;
        }
    }

    /** Registers a flow's new socket. It is read when ready, after a pairing that was requested with it. */
    private void adopt(@Nullable DatagramChannel channel, Flow flow) {
        if (channel == null) {
            return;
        }
        flow.channel = channel;
        flow.mayHoldStrays = true;
        try {
            channel.register(selector, SelectionKey.OP_READ, flow);
        } catch (IOException | RuntimeException refused) {
            closeChannel(flow);
            throw new IllegalStateException("cannot register a client's socket", refused);
        }
    }

    /** Closes a socket that is not needed after all, and forwards what it has received. */
    private void discard(@Nullable DatagramChannel channel) {
        if (channel != null) {
            forwarder.takeStrays(channel, clock.nanoTime());
            closeQuietly(channel);
            clientSockets.decrementAndGet();
        }
    }

    private void closeChannel(Flow flow) {
        if (flow.channel != null) {
            closeQuietly(flow.channel);
            flow.channel = null;
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
