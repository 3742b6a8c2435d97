package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.relay.media.measure.Distribution;
import voiptui.relay.media.measure.ForwardingTime;
import voiptui.relay.media.request.RequestQueue;
import voiptui.relay.media.socket.LocalEnd;
import voiptui.relay.media.socket.RelaySocket;
import voiptui.relay.media.socket.WakeupCoalescer;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * One media thread: waits for packets, and carries out the requests of other threads in between. It has each {@link Flow} whose client's
 * packets it reads, until that moves to an address that another media thread reads; a {@link DatagramBatch} reads and writes.
 */
final class MediaLoop implements OwnThread {

    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;
    /** The most requests carried out before packets get their turn. */
    private static final int REQUEST_BATCH = 64;

    /** What all media threads share. */
    static final class Shared {
        final Counters counters;
        final EventBus events;
        final NanoClock clock;
        final MediaListener listener;
        final FlowTable flows;
        final SourceOwnership ownership;
        final BindSessions sessions = new BindSessions();
        final byte[] cookieKey = AddressCookie.newKey();
        final WaitingDatagrams waiting = new WaitingDatagrams();
        final SenderLimitLog limitLog;

        Shared(
                Counters counters,
                EventBus events,
                NanoClock clock,
                MediaListener listener,
                FlowTable flows,
                SourceOwnership ownership) {
            this.counters = counters;
            this.events = events;
            this.clock = clock;
            this.listener = listener;
            this.flows = flows;
            this.ownership = ownership;
            this.limitLog = new SenderLimitLog(events, clock);
        }
    }

    /** Opens what reads and writes. */
    @FunctionalInterface
    interface Opener {
        DatagramBatch open(Counters counters, DatagramBatch.Owner owner) throws IOException;
    }

    private final int number;
    private final Shared shared;
    private final Counters counters;
    private final NanoClock clock;
    private final DatagramBatch io;
    private final Forwarder forwarder;
    private final WakeupCoalescer coalescer;
    /** Owned by this thread. */
    private final RateLimiter failureWarnings;
    /** Owned by the control thread. */
    private final RateLimiter socketWarnings;

    private final RequestQueue<Flow> requests = new RequestQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Creates the loop; {@link #start} starts its thread.
     *
     * @param number from 0
     * @throws IOException if the system refuses
     */
    MediaLoop(int number, String name, Shared shared, Opener opener) throws IOException {
        this.number = number;
        this.shared = shared;
        this.clock = shared.clock;
        this.counters = shared.counters.part();
        this.thread = new Thread(this::run, name);
        this.failureWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.socketWarnings = new RateLimiter(1, WARNING_INTERVAL_NS, clock);
        this.coalescer = new WakeupCoalescer(clock);
        this.io = opener.open(counters, new BatchOwner());
        BindHandler binds = new BindHandler(
                shared.sessions, shared.cookieKey, shared.ownership, io::release, counters, shared.listener);
        this.forwarder = new Forwarder(
                shared.flows, binds, io, shared.limitLog, counters, shared.listener::onUnknownSource, this);
    }

    private final class BatchOwner implements DatagramBatch.Owner {

        @Override
        public void ask(Runnable request) {
            MediaLoop.this.ask(request);
        }

        @Override
        public void doRequests() {
            if (!requests.isEmpty()) {
                requests.run(REQUEST_BATCH);
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

    /** Returns what reads and writes. */
    DatagramBatch io() {
        return io;
    }

    /** Returns the thread. */
    Thread thread() {
        return thread;
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    /** Measures from now on how long datagrams take from being read to being sent; returns the times in nanoseconds. Any thread. */
    Distribution measureForwarding() {
        ForwardingTime meter = new ForwardingTime(clock);
        ask(() -> forwarder.measure(meter));
        return meter.times();
    }

    /** Returns what is completed when the thread has carried out all requests so far: it works. Any thread. */
    CompletableFuture<Void> heartbeat() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        ask(() -> answered.complete(null));
        return answered;
    }

    /** Has the thread carry out a request. Any thread. */
    void ask(Runnable request) {
        requests.add(request);
        io.wakeup();
    }

    /** Has the thread carry out a request about a flow that it has or expects. Any thread. */
    void ask(Flow flow, Runnable request) {
        requests.add(flow, request);
        io.wakeup();
    }

    /** Begins to have a flow that no thread had, at {@code source}. */
    void onOpen(Flow flow, @Nullable InetSocketAddress source, @Nullable RelaySocket own) {
        flow.thread = this;
        io.open(flow);
        if (source != null) {
            io.serve(flow, source);
        }
        if (flow.hop != null) {
            RelayLink.onOpen(flow, flow.hop);
        }
        useOrDiscard(flow, own, source != null);
    }

    /**
     * Carries out a move after which this thread still has the flow.
     *
     * @param source where to
     * @param former where from; null: it had none
     * @param formerLocal the address of the relay that the client used
     */
    void onMove(
            Flow flow,
            SourceOwnership.Move move,
            InetSocketAddress source,
            @Nullable InetSocketAddress former,
            InetAddress formerLocal,
            @Nullable RelaySocket own) {
        boolean moved = move == SourceOwnership.Move.MOVED;
        if (move != SourceOwnership.Move.REFUSED) {
            flow.tunnel = null;
        }
        // This may have been kept for a flow on its way, and the address be another's meanwhile.
        if (moved && shared.flows.find(source) == flow) {
            io.serve(flow, source);
        }
        try {
            // What still came from the old address would be a stranger's from now on, or go with its socket.
            io.takeArrived(flow, formerLocal, forwarder);
        } finally {
            if (moved) {
                if (former != null) {
                    io.forget(flow, former);
                }
                io.release(flow);
            }
            useOrDiscard(flow, own, moved);
        }
    }

    /** Expects a flow that moves to {@code source}. Control thread, before it asks for {@link #onLeave}. */
    void expect(Flow flow, InetSocketAddress source) {
        requests.expect(flow, () -> onArrival(flow, source));
    }

    private void onArrival(Flow flow, InetSocketAddress source) {
        flow.thread = this;
        flow.tunnel = null;
        // The address may have become another's meanwhile.
        if (shared.flows.find(source) == flow) {
            io.serve(flow, source);
        }
    }

    /**
     * Lets go of a flow that another thread expects.
     *
     * @param former where its packets came from; null: it had no source
     * @param formerLocal the address of the relay that the client used
     */
    void onLeave(Flow flow, @Nullable InetSocketAddress former, InetAddress formerLocal, MediaLoop next) {
        try {
            if (former != null) {
                io.takeArrived(flow, formerLocal, forwarder);
            }
        } finally {
            if (former != null) {
                io.forget(flow, former);
            }
            flow.thread = null;
            next.requests.handOver(flow);
            next.io.wakeup();
        }
    }

    /** Takes an address from a flow that another flow gets. */
    void onEvicted(Flow flow, InetSocketAddress source) {
        io.forget(flow, source);
        io.release(flow);
    }

    /** Ends to have a flow. */
    void onClose(Flow flow, @Nullable InetSocketAddress source) {
        if (source != null) {
            io.forget(flow, source);
        }
        io.close(flow);
        flow.thread = null;
        flow.source = null;
        flow.tunnel = null;
        if (flow.hop != null) {
            RelayLink.onClose(flow, flow.hop);
        }
    }

    /** Takes the datagrams that have arrived from a flow's client. */
    void onDrain(Flow flow) {
        io.takeArrived(flow, flow.local, forwarder);
    }

    /** Takes a datagram that came through a flow's tunnel. */
    void onInjected(Flow flow, byte[] datagram) {
        shared.waiting.remove(flow);
        int overflowed = shared.waiting.takeOverflowed();
        if (overflowed > 0) {
            counters.add(Counter.DROPPED_TUNNEL_FULL, overflowed);
        }
        io.takeTunnelled(flow, datagram, forwarder);
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

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean has(Flow flow) {
        return flow.thread == this;
    }

    @Override
    public boolean passOn(
            BindSessions.Session session, ByteBuffer datagram, InetSocketAddress sender, LocalEnd arrivedAt) {
        Flow flow = session.flow();
        MediaLoop home = flow.home;
        if (home == null
                || !session.mayPassOn(clock.nanoTime())
                || !shared.waiting.add(flow, WaitingDatagrams.MAX_BINDS)) {
            return false;
        }
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        home.ask(flow, () -> home.onPassedOn(session, copy, sender, arrivedAt));
        return true;
    }

    private void onPassedOn(
            BindSessions.Session session, byte[] datagram, InetSocketAddress sender, LocalEnd arrivedAt) {
        shared.waiting.remove(session.flow());
        io.takePassedOn(session, datagram, sender, arrivedAt, forwarder);
    }

    /** Has the thread end. Any thread. */
    void close() {
        closing = true;
        io.wakeup();
    }

    /** Closes what reads and writes, of a loop whose thread was never started. */
    void discard() {
        io.close();
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
            try {
                // A request may still bring a socket that must be closed.
                while (requests.run(REQUEST_BATCH)) {
                    // until none is left
                }
            } finally {
                io.close();
            }
        }
    }

    private void doRound() throws IOException {
        boolean moreRequests = requests.run(REQUEST_BATCH);
        long pauseNs = coalescer.pauseNsAfter(io.await(!moreRequests, forwarder));
        if (pauseNs > 0) {
            LockSupport.parkNanos(pauseNs);
        }
    }

    private void warn(String warning) {
        shared.events.publish(new RelayEvent.Warning(warning));
    }
}
