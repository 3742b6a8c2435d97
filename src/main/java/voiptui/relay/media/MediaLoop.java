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
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * The thread {@code relay-media}: waits for packets, does in between what the control thread asks, and owns every
 * {@link Flow} and, once it is handed over, every UDP socket.
 *
 * <p>A client has a socket of its own while there are file descriptors to spare; after that its packets come through the
 * shared socket, a little more slowly but no differently.
 */
public final class MediaLoop implements MediaPlane, AutoCloseable {

    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** How many datagrams out of tunnels may wait for the media thread: more than it takes in a moment. */
    private static final int MAX_INJECTED = 1_024;

    private final MediaSockets sockets;
    private final int maxClientSockets;
    private final Counters counters;
    private final EventBus events;
    private final NanoClock clock;
    private final Selector selector;
    private final FlowTable flows = new FlowTable();
    private final BindHandler binds;
    private final Forwarder forwarder;
    private final WakeupCoalescer pacer;
    /** The media thread's. */
    private final RateLimiter failureWarnings;
    /** The control thread's. */
    private final RateLimiter socketWarnings;
    /** The control thread adds, the media thread takes away. */
    private final AtomicInteger clientSockets = new AtomicInteger();
    /** Datagrams out of tunnels that wait among the requests; the control thread adds, the media thread takes away. */
    private final AtomicInteger injected = new AtomicInteger();
    /** Those that found no room and are not counted yet; likewise. */
    private final AtomicInteger overflowed = new AtomicInteger();

    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    /** Made once: a method reference in the loop would be a new object for each round. */
    private final Consumer<SelectionKey> onReady = this::onReady;

    private final Thread thread = new Thread(this::run, "relay-media");
    private volatile boolean closing;
    private boolean roundHasTime;
    private long roundNs;
    private int roundPackets;

    /**
     * Prepares the thread; {@link #start} lets it run.
     *
     * @param sockets the UDP sockets; this owns them from now on
     * @param maxClientSockets how many clients get a socket of their own
     * @param unknownSource told on the media thread of senders that a client behind a NAT may be
     * @param bound told on the media thread of stations that proved an address
     * @throws IOException when there is no selector to be had; the sockets are then still the caller's
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
        this.binds = new BindHandler(flows, counters, bound);
        this.forwarder = new Forwarder(sockets.shared(), flows, binds, counters, unknownSource);
        this.pacer = new WakeupCoalescer(clock);
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
     * <p>Connects the client's socket before it returns: a packet that comes between bind and connect is lost, and the
     * client sends as soon as it is welcome.
     */
    @Override
    public void open(Flow flow) {
        DatagramChannel channel = mayOpenFor(flow, flow.source) ? connectTo(flow.local, flow.source) : null;
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
    public void renew(Flow flow, FlowStats status) {
        ask(() -> flow.status = status);
    }

    @Override
    public void move(Flow flow, InetSocketAddress source) {
        DatagramChannel channel = mayOpenFor(flow, source) ? connectTo(flow.local, source) : null;
        ask(() -> onMove(flow, source, channel));
    }

    @Override
    public void close(Flow flow) {
        ask(() -> onClose(flow));
    }

    @Override
    public void useTunnel(Flow flow, MediaTunnel tunnel, long afterCounter) {
        ask(() -> {
            flow.bind.window.forget(afterCounter);
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

    /** Stops the thread, waits for its end, and closes all sockets. */
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

    /** The thread that packets go through. */
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
                        tell("the media thread survived an internal error: " + unexpected);
                    }
                }
            }
        } finally {
            // Some may still bring a socket, to be closed with the others.
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
        long pauseNs = pacer.pauseNsAfter(roundPackets);
        if (pauseNs > 0) {
            LockSupport.parkNanos(pauseNs);
        }
    }

    private void onReady(SelectionKey key) {
        if (!requests.isEmpty()) {
            // Asked for before this packet came: a client may send as soon as it is welcome.
            doRequests();
        }
        if (!roundHasTime) {
            roundNs = clock.nanoTime();
            roundHasTime = true;
        }
        Flow flow = (Flow) key.attachment();
        if (flow == null) {
            roundPackets += forwarder.takeFromShared(roundNs);
        } else if (flow.channel != key.channel()) {
            return;
        } else if (flow.mayHoldStrays) {
            flow.mayHoldStrays = false;
            roundPackets += forwarder.takeStrays(flow.channel, roundNs);
        } else {
            roundPackets += forwarder.takeFrom(flow, roundNs);
        }
    }

    private void doRequests() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }

    private void onOpen(Flow flow, DatagramChannel channel) {
        if (flow.source != null && !clearFor(flow, flow.source)) {
            flow.source = null;
            discard(channel);
            channel = null;
        }
        if (flow.bind != null) {
            binds.add(flow, clock.nanoTime());
        }
        flows.add(flow, clock.nanoTime());
        adopt(channel, flow);
    }

    private void onMove(Flow flow, InetSocketAddress source, DatagramChannel channel) {
        if (source.equals(flow.source)) {
            flow.tunnel = null;
            discard(channel);
            return;
        }
        if (!clearFor(flow, source)) {
            discard(channel);
            return;
        }
        closeChannel(flow);
        flows.move(flow, source);
        flow.tunnel = null;
        if (flow.bind != null) {
            flow.bind.lastHeardNs = clock.nanoTime();
        }
        adopt(channel, flow);
    }

    /**
     * Makes {@code source} free for {@code flow}, and says whether it is: no classic client comes to an address that a
     * station proved, and a station only to one whose holder is not heard any more.
     */
    private boolean clearFor(Flow flow, InetSocketAddress source) {
        Flow holder = flows.find(source);
        if (flow.bind == null) {
            return holder == null || holder.bind == null;
        }
        if (!binds.mayHave(flow, source, clock.nanoTime())) {
            return false;
        }
        if (holder != null) {
            closeChannel(holder);
            flows.vacate(holder);
        }
        return true;
    }

    private void onClose(Flow flow) {
        closeChannel(flow);
        if (flow.bind != null) {
            binds.remove(flow);
            flow.tunnel = null;
        }
        flows.remove(flow);
    }

    private void onInject(Flow flow, byte[] datagram) {
        injected.decrementAndGet();
        if (overflowed.get() > 0) {
            counters.add(Counter.DROPPED_TUNNEL_FULL, overflowed.getAndSet(0));
        }
        forwarder.takeFromTunnel(flow, datagram, clock.nanoTime());
    }

    /**
     * Whether {@code flow} may get a socket for {@code source}. Not when the flow, or a station, has one already: two for
     * the same address would take each other's packets. On the control thread.
     */
    private boolean mayOpenFor(Flow flow, InetSocketAddress source) {
        Flow holder = source == null ? null : flows.find(source);
        return holder == null || holder != flow && (flow.bind != null || holder.bind == null);
    }

    /** A socket for one client, or {@code null} where the shared one has to do. On the control thread. */
    private DatagramChannel connectTo(InetAddress local, InetSocketAddress source) {
        if (source == null || clientSockets.get() >= maxClientSockets) {
            return null;
        }
        try {
            DatagramChannel channel = sockets.openFor(local, source);
            clientSockets.incrementAndGet();
            return channel;
        } catch (IOException | RuntimeException none) {
            if (socketWarnings.allows()) {
                tell("a client shares a socket with others, which is slower: " + none.getMessage());
            }
            return null;
        }
    }

    /** Watches a flow's new socket. It is read once it is ready, after the pairing that may have been asked for too. */
    private void adopt(DatagramChannel channel, Flow flow) {
        if (channel == null) {
            return;
        }
        flow.channel = channel;
        flow.mayHoldStrays = true;
        try {
            channel.register(selector, SelectionKey.OP_READ, flow);
        } catch (IOException | RuntimeException refused) {
            closeChannel(flow);
            throw new IllegalStateException("a client's socket cannot be watched", refused);
        }
    }

    /** Closes a socket that is not needed after all, with nothing lost of what came into it. */
    private void discard(DatagramChannel channel) {
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

    private void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception gone) {
            // what is to be closed is closed
        }
    }

    private void tell(String warning) {
        events.publish(new RelayEvent.Warning(warning));
    }
}
