package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.relay.media.measure.Distribution;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.measure.ForwardingTime;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.RelaySocket;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.relay.media.socket.WakeupCoalescer;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * The thread {@code relay-media}: waits for packets, carries out the control thread's requests in between, and owns
 * every {@link Flow} and, once handed over, every UDP socket. {@link SourceOwnership} decides who owns which address, a
 * {@link DatagramBatch} reads and writes.
 */
public final class MediaLoop implements MediaPlane, AutoCloseable {

    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** The most tunnelled datagrams that may wait for the media thread, in packets. */
    private static final int MAX_INJECTED = 2_048;
    /** Of these, the most of one client: what gathers during a second's pause of its connection. */
    private static final int MAX_INJECTED_BY_ONE = 256;
    /** The most requests carried out before packets get their turn. */
    private static final int REQUEST_BATCH = 64;

    private final MediaLimits limits;
    private final Counters counters;
    private final EventBus events;
    private final NanoClock clock;
    private final FlowTable flows = new FlowTable();
    private final SourceOwnership ownership = new SourceOwnership(flows, this::onEvicted);
    private final BindHandler binds;
    private final DatagramBatch io;
    private final Forwarder forwarder;
    private final WakeupCoalescer coalescer;
    /** Owned by the media thread. */
    private final RateLimiter failureWarnings;
    /** Owned by the control thread. */
    private final RateLimiter socketWarnings;
    /** Tunnelled datagrams among the requests. The control thread adds, the media thread subtracts. */
    private final AtomicInteger injected = new AtomicInteger();
    /** Tunnelled datagrams dropped for lack of room and not counted yet. The control thread adds. */
    private final AtomicInteger overflowed = new AtomicInteger();

    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "relay-media");
    private volatile boolean closing;

    /**
     * Creates the loop; {@link #start} starts its thread.
     *
     * @param sockets the UDP sockets; owned by this loop from now on
     * @param listener called by the media thread
     * @throws IOException if the system refuses; the sockets then still belong to the caller
     */
    public MediaLoop(
            MediaSockets sockets,
            MediaLimits limits,
            Counters counters,
            EventBus events,
            NanoClock clock,
            MediaListener listener)
            throws IOException {
        this.limits = limits;
        this.events = events;
        this.clock = clock;
        Counters own = counters.part();
        this.counters = own;
        this.failureWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.socketWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.coalescer = new WakeupCoalescer(clock);
        this.binds = new BindHandler(ownership, own, listener);
        this.io = open(sockets);
        this.forwarder =
                new Forwarder(flows, binds, this.io, new SenderLimitLog(events, clock), own, listener::onUnknownSource);
    }

    private DatagramBatch open(MediaSockets sockets) throws IOException {
        DatagramBatch.Owner owner = new BatchOwner();
        String whyNot = "";
        if (limits.batch() != UdpBatch.OFF) {
            try {
                return LinuxSockets.open(sockets, limits.batch() == UdpBatch.ON, flows, counters, clock, owner);
            } catch (UnsatisfiedLinkError | IOException impossible) {
                if (limits.batch() == UdpBatch.ON) {
                    throw new IOException("cannot read datagrams in batches: " + impossible.getMessage(), impossible);
                }
                whyNot = String.valueOf(impossible.getMessage());
            }
        }
        return new NioSockets(sockets, limits.maxClientSockets(), whyNot, flows, counters, clock, owner);
    }

    /** Returns how datagrams are read and written, in words for a log. Any thread. */
    public String ioText() {
        return io.text();
    }

    private final class BatchOwner implements DatagramBatch.Owner {

        @Override
        public void ask(Runnable request) {
            MediaLoop.this.ask(request);
        }

        @Override
        public void doRequests() {
            if (!requests.isEmpty()) {
                MediaLoop.this.doRequests();
            }
        }

        @Override
        public void warnOfSocket(Exception problem) {
            if (socketWarnings.allows()) {
                warn("no socket for a client or an address, using a slower one that others share: "
                        + problem.getMessage());
            }
        }
    }

    /** Measures from now on how long datagrams take from being read to being sent; returns the times in nanoseconds. Any thread. */
    public Distribution measureForwarding() {
        ForwardingTime meter = new ForwardingTime(clock);
        ask(() -> forwarder.measure(meter));
        return meter.times();
    }

    /** Returns what is completed when the thread has carried out all requests so far: it works. Any thread. */
    public CompletableFuture<Void> heartbeat() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        ask(() -> answered.complete(null));
        return answered;
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
        RelaySocket own = socketFor(flow, flow.local, flow.source);
        ask(() -> onOpen(flow, own));
    }

    private @Nullable RelaySocket socketFor(Flow flow, InetAddress local, @Nullable InetSocketAddress source) {
        ClientSockets sockets = io.clientSockets();
        if (sockets == null) {
            return null;
        }
        sockets.reach(local);
        return ownership.mayOpenSocket(flow, source) ? sockets.connect(local, source) : null;
    }

    /** Notes the addresses of this machine's interfaces. Called by the control thread, periodically. */
    public void onLocalAddresses(Collection<InetAddress> listed) {
        io.onLocalAddresses(listed);
    }

    @Override
    public void route(Flow from, List<Flow> receivers) {
        Flow[] route = receivers.toArray(Flow.NOBODY);
        ask(() -> from.routeTo(route));
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
        ask(() -> io.takeArrived(flow, forwarder));
    }

    @Override
    public void renew(Flow flow, FlowStats status) {
        ask(() -> flow.status = status);
    }

    @Override
    public void move(Flow flow, InetSocketAddress source) {
        Flow.Proof proof = flow.proved;
        InetAddress local = proof != null && proof.source().equals(source) ? proof.local() : flow.local;
        RelaySocket own = socketFor(flow, local, source);
        ownership.announce(flow, source);
        ask(() -> onMove(flow, source, local, own));
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
        io.wakeup();
    }

    /** Stops the thread, waits for it to end, and closes all sockets. */
    @Override
    public void close() {
        closing = true;
        io.wakeup();
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
            io.onThreadStarted();
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
            io.close();
        }
    }

    private void doRound() throws IOException {
        boolean moreRequests = doRequests();
        long pauseNs = coalescer.pauseNsAfter(io.await(!moreRequests, forwarder));
        if (pauseNs > 0) {
            LockSupport.parkNanos(pauseNs);
        }
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

    private void onOpen(Flow flow, @Nullable RelaySocket own) {
        long nowNs = clock.nanoTime();
        flow.limit = new SenderLimit(limits.senderRate(), nowNs);
        io.open(flow);
        boolean granted = ownership.open(flow, nowNs);
        if (flow.bind != null) {
            binds.add(flow, flow.bind, nowNs);
        }
        if (flow.hop != null) {
            RelayLink.onOpen(flow, flow.hop);
        }
        useOrDiscard(flow, own, granted);
    }

    private void onMove(Flow flow, InetSocketAddress source, InetAddress local, @Nullable RelaySocket own) {
        SourceOwnership.Move move = ownership.move(flow, source, clock.nanoTime());
        // What still came from the old address would be a stranger's once that is free, or go with its socket.
        io.takeArrived(flow, forwarder);
        ownership.finishMove(flow, source);
        boolean moved = move == SourceOwnership.Move.MOVED;
        if (moved) {
            flow.local = local;
            io.release(flow);
        }
        useOrDiscard(flow, own, moved);
    }

    private void useOrDiscard(Flow flow, @Nullable RelaySocket own, boolean use) {
        ClientSockets sockets = io.clientSockets();
        if (own == null || sockets == null) {
            return;
        }
        if (use) {
            sockets.adopt(flow, own);
        } else {
            sockets.discard(flow, own, forwarder);
        }
    }

    private void onEvicted(Flow flow) {
        io.release(flow);
    }

    private void onClose(Flow flow) {
        io.close(flow);
        if (flow.bind != null) {
            binds.remove(flow.bind);
            flow.tunnel = null;
        }
        if (flow.hop != null) {
            RelayLink.onClose(flow, flow.hop);
        }
        ownership.close(flow);
    }

    private void onInject(Flow flow, byte[] datagram) {
        injected.decrementAndGet();
        flow.injected.decrementAndGet();
        if (overflowed.get() > 0) {
            counters.add(Counter.DROPPED_TUNNEL_FULL, overflowed.getAndSet(0));
        }
        io.takeTunnelled(flow, datagram, forwarder);
    }

    private void warn(String warning) {
        events.publish(new RelayEvent.Warning(warning));
    }
}
