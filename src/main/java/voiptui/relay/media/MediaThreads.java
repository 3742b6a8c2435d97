package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.relay.media.linux.SocketGroups;
import voiptui.relay.media.linux.Steering;
import voiptui.relay.media.measure.Distribution;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.PackedAddress;
import voiptui.relay.media.socket.RelaySocket;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.time.NanoClock;

/**
 * The media threads, {@code relay-media} or {@code relay-media-1} and so on, and which of them has which flow. {@link Steering} tells which
 * thread reads what comes from an address; that thread has the flow whose source it is. {@link SourceOwnership} decides here, on the
 * control thread, who owns which address; the threads carry that out.
 */
public final class MediaThreads implements MediaPlane, AutoCloseable {

    private final MediaLimits limits;
    private final NanoClock clock;
    private final FlowTable flows = new FlowTable();
    private final SourceOwnership ownership = new SourceOwnership(flows, this::onEvicted);
    private final MediaLoop.Shared shared;
    private final List<MediaLoop> loops = new ArrayList<>();
    private Steering steering = Steering.among(1);
    /** Why the system lets only one thread read in batches; empty: it does not, or nobody has asked. */
    private String whyNoSteering = "";

    /**
     * Creates the threads; {@link #start} starts them.
     *
     * @param sockets the UDP sockets; owned by the threads from now on
     * @param listener called by the threads
     * @throws IOException if the system refuses; the sockets then still belong to the caller
     */
    public MediaThreads(
            MediaSockets sockets,
            MediaLimits limits,
            Counters counters,
            EventBus events,
            NanoClock clock,
            MediaListener listener)
            throws IOException {
        this.limits = limits;
        this.clock = clock;
        this.shared = new MediaLoop.Shared(counters, events, clock, listener, flows, ownership);
        open(sockets);
        int wanted = limits.threads().count();
        if (loops.size() < wanted && limits.threads().isExplicit()) {
            events.publish(new RelayEvent.Warning("one media thread instead of " + wanted + ": "
                    + (whyNoSteering.isEmpty() ? "datagrams are read " + ioText() : whyNoSteering)));
        }
    }

    private void open(MediaSockets sockets) throws IOException {
        String whyNot = "";
        if (limits.batch() != UdpBatch.OFF) {
            try {
                openBatches(sockets);
                return;
            } catch (UnsatisfiedLinkError | IOException impossible) {
                if (limits.batch() == UdpBatch.ON) {
                    throw new IOException("cannot read datagrams in batches: " + impossible.getMessage(), impossible);
                }
                whyNot = String.valueOf(impossible.getMessage());
            }
        }
        String reason = whyNot;
        loops.add(new MediaLoop(
                0,
                "relay-media",
                shared,
                (own, owner) -> new NioSockets(sockets, limits.maxClientSockets(), reason, own, clock, owner)));
    }

    private void openBatches(MediaSockets replaced) throws IOException {
        SocketGroups groups = SocketGroups.open(
                replaced, limits.batch() == UdpBatch.ON, limits.threads().count());
        int threads = groups.steering().threads();
        try {
            for (int i = 0; i < threads; i++) {
                int number = i;
                loops.add(new MediaLoop(
                        number,
                        threads == 1 ? "relay-media" : "relay-media-" + (number + 1),
                        shared,
                        (own, owner) -> new LinuxSockets(groups.libC(), groups.of(number), flows, own, clock, owner)));
            }
            replaced.shared().close();
            steering = groups.steering();
            whyNoSteering = groups.whyOneThread();
        } catch (IOException | RuntimeException failed) {
            loops.forEach(MediaLoop::discard);
            groups.close(loops.size());
            loops.clear();
            throw failed;
        }
    }

    /** Returns how datagrams are read and written, in words for a log. Any thread. */
    public String ioText() {
        String text = loops.get(0).io().text();
        if (loops.size() > 1) {
            return text + " on " + loops.size() + " threads";
        }
        return whyNoSteering.isEmpty() ? text : text + " on one thread: " + whyNoSteering;
    }

    /** Starts the threads. */
    public void start() {
        loops.forEach(MediaLoop::start);
    }

    /** Returns the media threads. */
    public List<Thread> threads() {
        return loops.stream().map(MediaLoop::thread).toList();
    }

    /**
     * Measures from now on how long datagrams take from being read to being sent; returns what tells the times so far, in nanoseconds, to
     * any thread. Any thread.
     */
    public Supplier<Distribution> measureForwarding() {
        List<Distribution> parts =
                loops.stream().map(MediaLoop::measureForwarding).toList();
        return () -> Distribution.sumOf(parts);
    }

    /** Returns what is completed when each thread has carried out all requests so far: they work. Any thread. */
    public CompletableFuture<Void> heartbeat() {
        return CompletableFuture.allOf(loops.stream().map(MediaLoop::heartbeat).toArray(CompletableFuture[]::new));
    }

    /** Notes the addresses of this machine's interfaces. Called by the control thread, periodically. */
    public void onLocalAddresses(Collection<InetAddress> listed) {
        loops.forEach(loop -> loop.io().onLocalAddresses(listed));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Connects the client's socket before it returns: a packet that arrives between bind and connect is lost, and the
     * client sends as soon as it is welcomed.
     */
    @Override
    public void open(Flow flow) {
        long nowNs = clock.nanoTime();
        MediaLoop home = firstHome(flow);
        RelaySocket own = socketFor(flow, flow.local, flow.source);
        flow.home = home;
        flow.limit = new SenderLimit(limits.senderRate(), nowNs);
        if (flow.link != null) {
            flow.link.useThreads(loops.size());
        }
        ownership.open(flow, nowNs);
        if (flow.bind != null) {
            shared.sessions.add(flow, flow.bind, nowNs);
        }
        InetSocketAddress granted = flow.source;
        home.ask(() -> home.onOpen(flow, granted, own));
    }

    private MediaLoop firstHome(Flow flow) {
        // What comes in for the client of another relay comes from that relay.
        InetSocketAddress source = flow.hop == null ? flow.source : RelayLink.otherOf(flow.hop);
        if (source != null) {
            return reading(source);
        }
        return loops.get(steering.threadOf(0, flow.bind == null ? 0 : flow.bind.id, 0));
    }

    private MediaLoop reading(InetSocketAddress source) {
        return loops.get(steering.threadOf(PackedAddress.of(source)));
    }

    /** Has the thread of a flow do something; nothing if the flow is not open. */
    private static void ask(Flow flow, Consumer<MediaLoop> request) {
        MediaLoop home = flow.home;
        if (home != null) {
            home.ask(flow, () -> request.accept(home));
        }
    }

    private @Nullable RelaySocket socketFor(Flow flow, InetAddress local, @Nullable InetSocketAddress source) {
        ClientSockets sockets = loops.get(0).io().clientSockets();
        if (sockets == null) {
            return null;
        }
        sockets.reach(local);
        return ownership.mayOpenSocket(flow, source) ? sockets.connect(local, source) : null;
    }

    private void onEvicted(Flow owner, InetSocketAddress source) {
        ask(owner, home -> home.onEvicted(owner, source));
    }

    @Override
    public void route(Flow from, List<Flow> receivers) {
        Flow[] route = receivers.toArray(Flow.NOBODY);
        for (Flow receiver : route) {
            ask(receiver, home -> receiver.measure());
        }
        ask(from, home -> from.routeTo(route));
    }

    @Override
    public void pair(Flow one, Flow other) {
        ask(one, home -> one.measureAnew());
        ask(other, home -> other.measureAnew());
        MediaPlane.super.pair(one, other);
    }

    @Override
    public void drain(Flow flow) {
        ask(flow, home -> home.onDrain(flow));
    }

    @Override
    public void renew(Flow flow, FlowStats status) {
        ask(flow, home -> flow.status = status);
    }

    @Override
    public void move(Flow flow, InetSocketAddress source) {
        MediaLoop from = flow.home;
        if (from == null) {
            return;
        }
        Flow.Proof proof = flow.proved;
        InetAddress formerLocal = flow.local;
        InetAddress local = proof != null && proof.source().equals(source) ? proof.local() : formerLocal;
        RelaySocket own = socketFor(flow, local, source);
        InetSocketAddress former = flow.source;
        SourceOwnership.Move move = ownership.move(flow, source, clock.nanoTime());
        boolean moved = move == SourceOwnership.Move.MOVED;
        if (moved) {
            flow.local = local;
        }
        MediaLoop to = moved ? reading(source) : from;
        if (to == from) {
            from.ask(flow, () -> from.onMove(flow, move, source, former, formerLocal, own));
            return;
        }
        to.expect(flow, source);
        flow.home = to;
        from.ask(flow, () -> from.onLeave(flow, former, formerLocal, to));
    }

    @Override
    public void close(Flow flow) {
        InetSocketAddress source = flow.source;
        ownership.close(flow);
        if (flow.bind != null) {
            shared.sessions.remove(flow.bind);
        }
        ask(flow, home -> home.onClose(flow, source));
        flow.home = null;
    }

    @Override
    public void useTunnel(Flow flow, MediaTunnel tunnel, long afterCounter) {
        ask(flow, home -> {
            if (flow.bind != null) {
                flow.bind.window.forget(afterCounter);
            }
            flow.tunnel = tunnel;
        });
    }

    @Override
    public void inject(Flow flow, byte[] datagram) {
        MediaLoop home = flow.home;
        if (home == null || !shared.waiting.add(flow, WaitingDatagrams.MAX_TUNNELLED)) {
            shared.waiting.onOverflow();
            return;
        }
        home.ask(flow, () -> home.onInjected(flow, datagram));
    }

    /** Stops the threads, waits for them to end, and closes all sockets. */
    @Override
    public void close() {
        loops.forEach(MediaLoop::close);
        boolean interrupted = false;
        for (Thread thread : threads()) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
