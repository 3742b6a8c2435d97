package voiptui.relay;

import static voiptui.time.NanoClock.NS_PER_MS;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.cluster.Cluster;
import voiptui.relay.cluster.ClusterConfig;
import voiptui.relay.cluster.node.ClusterLibrary;
import voiptui.relay.cluster.node.ClusterNode;
import voiptui.relay.control.ClassicRequestHandler;
import voiptui.relay.control.ControlServer;
import voiptui.relay.control.ProxyHeaders;
import voiptui.relay.control.RelayTls;
import voiptui.relay.control.TlsAcceptor;
import voiptui.relay.control.limit.AcceptThrottle;
import voiptui.relay.control.limit.BlockedConnections;
import voiptui.relay.control.limit.PendingConnections;
import voiptui.relay.directory.Directory;
import voiptui.relay.media.MediaLimits;
import voiptui.relay.media.MediaListener;
import voiptui.relay.media.MediaThreads;
import voiptui.relay.media.socket.LocalAddresses;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.metrics.MetricsSource;
import voiptui.relay.registrar.Drain;
import voiptui.relay.registrar.SessionHandler;
import voiptui.time.NanoClock;

/**
 * A running relay: creates its parts, starts them, and stops them.
 *
 * <p>Any thread may start and close it. It runs non-daemon threads of its own, {@code relay-control} and
 * {@code relay-media}, or {@code relay-media-1} and so on; {@code relay-tls} while TLS handshakes are in progress; two for the state directory, {@code relay-state}
 * and {@code relay-ops}; and, if it listens on all addresses, {@code relay-addresses}.
 */
public final class Relay implements AutoCloseable {

    private static final long TOTALS_INTERVAL_MS = 60_000;
    private static final long SUMS_INTERVAL_MS = 60_000;
    private static final long LEGS_INTERVAL_MS = 10_000;
    private static final long SESSION_SWEEP_MS = 1_000;
    /** How often to look whether clients that have disconnected are gone, in milliseconds. */
    private static final long LEAVING_SWEEP_MS = 100;

    private static final long CONTROL_SHUTDOWN_MS = 2_000;

    private final EventBus events;
    /** Limits what strangers can write to the log. Owned by the control thread. */
    private final EventLimiter limiter;

    private final NanoClock clock;
    private final Counters counters = new Counters();
    private final MultiThreadIoEventLoopGroup control;
    private final EventLoop controlLoop;
    private final Thread controlThread;
    private final RelayTls tls;
    private final @Nullable RelayState state;
    private final MediaThreads media;
    private final InetSocketAddress mediaAddress;
    private final @Nullable LocalAddresses addresses;
    private final ClassicRegistry registry;
    private final SessionHandler sessions;
    /** One for each address to listen on. */
    private final List<ControlServer> servers = new ArrayList<>();

    private final TlsAcceptor acceptor;
    private final ConfigReload settings;
    private final DrainWait drain;
    /** Null: the relay is in no cluster. */
    private final @Nullable Cluster cluster;

    private final long startNs;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The totals published last. Owned by the control thread. */
    private Map<Counter, Long> publishedTotals;

    /**
     * Starts a relay.
     *
     * @param config its settings
     * @param events receives what happens
     * @param clock measures all intervals
     * @throws ListenException if a port cannot be listened on; the message is for the user
     * @throws IOException if the system refuses something else
     */
    public static Relay start(RelayConfig config, EventBus events, NanoClock clock) throws IOException {
        int possibleClients = DescriptorBudget.maxClientsOfThisMachine();
        RelayConfig possible = config.within(possibleClients);
        EventLimiter limiter = new EventLimiter(clock);
        EventBus limited = events.filtered(limiter::admits);
        return start(
                possible,
                possibleClients,
                DescriptorBudget.forThisMachine(possible.maxClients())
                        .with(possible.admission().connections()),
                V2Service.of(possible, limited, clock),
                limited,
                limiter,
                clock);
    }

    /** Starts a relay with the given limits and the given handler of v2 sessions. */
    static Relay start(RelayConfig config, DescriptorBudget budget, V2Service v2, EventBus events, NanoClock clock)
            throws IOException {
        EventLimiter limiter = new EventLimiter(clock);
        return start(config, Integer.MAX_VALUE, budget, v2, events.filtered(limiter::admits), limiter, clock);
    }

    private static Relay start(
            RelayConfig config,
            int possibleClients,
            DescriptorBudget budget,
            V2Service v2,
            EventBus events,
            EventLimiter limiter,
            NanoClock clock)
            throws IOException {
        try {
            loadTimeZones();
            nameMachine();
            return new Relay(config, possibleClients, budget, v2, openSockets(config), events, limiter, clock);
        } catch (IOException | RuntimeException failed) {
            v2.close();
            throw failed;
        }
    }

    private static MediaSockets openSockets(RelayConfig config) throws ListenException {
        try {
            return MediaSockets.openShared(config.bind().addresses(), config.udpPort());
        } catch (IOException failed) {
            throw new ListenException(
                    ListenException.Protocol.UDP, config.bind().first(), config.udpPort(), failed);
        }
    }

    private Relay(
            RelayConfig config,
            int possibleClients,
            DescriptorBudget budget,
            V2Service v2,
            MediaSockets sockets,
            EventBus events,
            EventLimiter limiter,
            NanoClock clock)
            throws IOException {
        this.events = events;
        this.limiter = limiter;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.mediaAddress = sockets.address();
        this.publishedTotals = counters.snapshot(Counter.Side.RELAY);
        ThreadFactory controlThreads = task -> new FastThreadLocalThread(task, "relay-control");
        this.control = new MultiThreadIoEventLoopGroup(1, controlThreads, NioIoHandler.newFactory());
        this.controlLoop = control.next();
        this.controlThread =
                controlLoop.submit(Thread::currentThread).awaitUninterruptibly().getNow();
        this.tls = v2.tls();
        this.state = v2.state();
        if (state != null) {
            state.directory().start(controlLoop);
        }
        this.media = startMedia(budget, config.media(), sockets);
        this.registry = new ClassicRegistry(
                config.admission().limits(),
                config.admission().classic(),
                config.classic().clientTimeoutMs(),
                media,
                events,
                counters,
                clock);
        this.sessions = v2.sessions().create(registry, media, mediaAddress.getPort(), counters);
        media.onLocalAddresses(config.bind().addresses());
        PendingConnections pending = new PendingConnections(budget.maxControlConnections());
        this.acceptor = new TlsAcceptor(tls, sessions, budget.connections(), pending, events, counters, clock);
        this.settings = new ConfigReload(
                new ConfigReload.Parts(tls, acceptor, registry, sessions, state == null ? null : state.directory()),
                controlLoop,
                config,
                possibleClients,
                v2.fingerprint(),
                events);
        this.drain = new DrainWait(controlLoop, registry, sessions, events, clock);
        try {
            listen(config, pending, v2::isBlocked);
        } catch (IOException failed) {
            servers.forEach(ControlServer::close);
            media.close();
            stopControl();
            throw failed;
        }
        this.addresses = config.bind().addresses().isEmpty() && sockets.hasSocketPerAddress()
                ? LocalAddresses.watch(listed -> controlLoop.execute(() -> media.onLocalAddresses(listed)))
                : null;
        events.publish(new RelayEvent.Started(
                listed(servers.stream().map(ControlServer::address).toList()),
                listed(mediaAddresses(config)),
                media.ioText(),
                config.maxClients()));
        events.publish(new RelayEvent.RelayIdentity(v2.fingerprint().text()));
        if (state != null) {
            state.listen(sessions, this::otherRelays, controlLoop, this::drain);
        }
        this.cluster = joinCluster(config, v2);
        repeat(sessions::sweep, SESSION_SWEEP_MS, SESSION_SWEEP_MS);
        repeat(registry::removeLeaving, LEAVING_SWEEP_MS, LEAVING_SWEEP_MS);
        repeat(registry::sweep, config.classic().sweepMs(), config.classic().sweepMs());
        repeat(this::publishSums, SUMS_INTERVAL_MS, SUMS_INTERVAL_MS);
        repeat(this::publishTotals, TOTALS_INTERVAL_MS, TOTALS_INTERVAL_MS);
    }

    private @Nullable Cluster joinCluster(RelayConfig config, V2Service v2) throws IOException {
        ClusterConfig others = config.cluster();
        if (others == null || state == null) {
            return null;
        }
        ClusterNode.Factory factory = ClusterLibrary.load();
        Directory directory = state.directory();
        Cluster joined = controlLoop
                .submit(() -> new Cluster(
                        others,
                        new Cluster.Own(
                                v2.identity(),
                                version(),
                                new InetSocketAddress(
                                        others.addresses().listen().getAddress(), mediaAddress.getPort()),
                                controlLoop,
                                System::currentTimeMillis,
                                tls::vouchedBy),
                        media,
                        sessions,
                        directory,
                        events,
                        clock,
                        new SecureRandom()))
                .awaitUninterruptibly()
                .getNow();
        settings.onAllowed(joined::allow);
        joined.start(factory);
        repeat(joined::sweep, SESSION_SWEEP_MS, SESSION_SWEEP_MS);
        return joined;
    }

    private List<RelayEvent.RelayStatus> otherRelays() {
        return cluster == null ? List.of() : cluster.statuses();
    }

    private static String version() {
        String version = Relay.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    private MediaThreads startMedia(DescriptorBudget budget, RelayConfig.Media config, MediaSockets sockets)
            throws IOException {
        try {
            MediaThreads started = new MediaThreads(
                    sockets,
                    new MediaLimits(budget.maxClientSockets(), config.senderRate(), config.batch(), config.threads()),
                    counters,
                    events,
                    clock,
                    new ToControl());
            started.start();
            return started;
        } catch (IOException failed) {
            sockets.shared().close();
            stopControl();
            throw failed;
        }
    }

    /** Returns how datagrams are read and written, in words for a log. Any thread. */
    public String datagramsText() {
        return media.ioText();
    }

    /** Passes what a media thread cannot decide to the control thread. */
    private final class ToControl implements MediaListener {

        @Override
        public void onBound(long session, InetSocketAddress source) {
            controlLoop.execute(() -> sessions.onBound(session, source));
        }

        @Override
        public void onUnknownSource(InetSocketAddress sender) {
            controlLoop.execute(() -> registry.onUnknownSource(sender));
        }
    }

    /** Loads the time zones that logging needs while a file descriptor is still free to read them. */
    private static void loadTimeZones() {
        ZoneId.systemDefault().getRules();
    }

    /** Spares Netty the search for a hardware address, which takes time and warns on a machine without a network. */
    private static void nameMachine() {
        if (System.getProperty("io.netty.machineId") == null) {
            System.setProperty("io.netty.machineId", "02:00:00:00:00:01");
        }
    }

    private void listen(RelayConfig config, PendingConnections pending, Predicate<InetAddress> blocked)
            throws ListenException {
        BlockedConnections refused = new BlockedConnections(blocked, counters, clock);
        Predicate<InetAddress> rejects = from -> refused.refuses(from) || isRejected(from);
        ProxyHeaders proxies = new ProxyHeaders(config.admission().balancers(), rejects, events, counters, clock);
        for (InetAddress bind : config.bind().forSockets()) {
            int port = servers.isEmpty() ? config.tcpPort() : controlAddress().getPort();
            try {
                servers.add(ControlServer.listen(
                        controlLoop,
                        bind == null ? new InetSocketAddress(port) : new InetSocketAddress(bind, port),
                        config.classic().controlTimeoutMs(),
                        new ClassicRequestHandler(registry, blocked, events, counters, clock),
                        pending,
                        new AcceptThrottle(
                                pending, from -> !proxies.isBalancer(from) && rejects.test(from), events, clock),
                        acceptor,
                        proxies));
            } catch (IOException failed) {
                throw new ListenException(ListenException.Protocol.TCP, bind, port, failed);
            }
        }
    }

    /**
     * Returns whether a connection is closed unread: its address has failed too often. Not where a classic client is
     * registered, which needs a connection for each heartbeat.
     */
    private boolean isRejected(InetAddress from) {
        boolean rejected = acceptor.isShut(from) && !registry.isKnown(from);
        if (rejected) {
            acceptor.countLimited();
        }
        return rejected;
    }

    private List<InetSocketAddress> mediaAddresses(RelayConfig config) {
        return config.bind().addresses().isEmpty()
                ? List.of(mediaAddress)
                : config.bind().addresses().stream()
                        .map(address -> new InetSocketAddress(address, mediaAddress.getPort()))
                        .toList();
    }

    private static String listed(List<InetSocketAddress> addresses) {
        return addresses.stream().map(IpText::of).collect(Collectors.joining(", "));
    }

    /** Returns the first address that accepts control connections. */
    public InetSocketAddress controlAddress() {
        return servers.get(0).address();
    }

    /** Returns the address that receives media. */
    public InetSocketAddress mediaAddress() {
        return mediaAddress;
    }

    /** Returns the greatest number of clients that it admits. */
    public int maxClients() {
        return settings.config().maxClients();
    }

    /** Returns the time since the start, in milliseconds. Any thread. */
    public long uptimeMs() {
        return (clock.nanoTime() - startNs) / NS_PER_MS;
    }

    /** Returns the running totals. Any thread may read them. */
    public Counters counters() {
        return counters;
    }

    /**
     * Publishes {@link RelayEvent.Status} at once and then periodically until the relay is closed. Without a call no
     * status is collected. To be called once at most, while the relay runs.
     *
     * @param intervalMs the interval, in milliseconds
     */
    public void publishStatusEvery(long intervalMs) {
        ProcessUsage process = ProcessUsage.ofThisProcess();
        repeat(() -> publishStatus(process), 0, intervalMs);
    }

    /** Begins to measure for monitoring, and returns what that may read. To be called once at most, while the relay runs. */
    public MetricsSource monitor() {
        RelayMonitor monitor = new RelayMonitor(
                controlLoop,
                media,
                registry,
                sessions,
                counters,
                this::maxClients,
                () -> state == null ? 0 : state.directory().names().size(),
                this::otherRelays,
                () -> !closed.get() && !isDraining(),
                this::heartbeat);
        repeat(monitor::lookAtLegs, LEGS_INTERVAL_MS, LEGS_INTERVAL_MS);
        return monitor;
    }

    /** Reads settings from where the operator has set them. */
    @FunctionalInterface
    public interface ConfigSource {

        /**
         * Reads the settings.
         *
         * @throws IOException if they are invalid; the message is for the operator and names file and line
         */
        RelayConfig read() throws IOException;
    }

    /**
     * Takes over settings, certificate, names and blocks, because the operator has changed them. If something is wrong with any of
     * them, all stay as they were, and the log says what. Nobody is disconnected. Any thread; returns at once.
     *
     * @param source read on the thread {@code relay-state}
     * @return completes when that is done, or has failed
     */
    public CompletionStage<Void> reload(ConfigSource source) {
        return settings.reload(source);
    }

    /**
     * Begins to stop: refuses new clients and calls, tells clients where to go, and waits for the calls to end. {@link
     * #drained} tells when the relay may be closed. Any thread; returns at once.
     *
     * @return false: it has begun already
     */
    public boolean drain(Drain how) {
        return drain.begin(how);
    }

    /** Returns what completes when the threads that serve clients, {@code relay-control} and those of media, have answered. */
    public CompletableFuture<Void> heartbeat() {
        try {
            return CompletableFuture.runAsync(() -> {}, controlLoop)
                    .thenCombine(media.heartbeat(), (control, media) -> null);
        } catch (RejectedExecutionException stopping) {
            return CompletableFuture.failedFuture(stopping);
        }
    }

    /** Returns whether the relay is about to stop and takes no new clients. Any thread. */
    public boolean isDraining() {
        return drain.hasBegun();
    }

    /** Returns what completes when a relay that {@linkplain #drain drains} has no calls any more, or its time is over. */
    public CompletionStage<Void> drained() {
        return drain.ended();
    }

    /** Returns the threads without which the relay is useless: if one ends, the process should. */
    public List<Thread> neededThreads() {
        List<Thread> threads = new ArrayList<>(List.of(controlThread));
        threads.addAll(media.threads());
        if (state != null) {
            threads.addAll(state.threads());
        }
        if (addresses != null) {
            threads.add(addresses.thread());
        }
        return threads;
    }

    /** Returns the threads that forward media. */
    List<Thread> mediaThreads() {
        return media.threads();
    }

    /** Stops accepting and forwarding, waits for the threads to end, and publishes the totals. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        servers.forEach(ControlServer::close);
        if (addresses != null) {
            addresses.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        media.close();
        if (controlThread.isAlive()) {
            controlLoop.submit(this::stopSessions).awaitUninterruptibly(CONTROL_SHUTDOWN_MS);
        }
        if (state != null) {
            state.close();
        }
        stopControl();
        events.publish(new RelayEvent.Stopped(uptimeMs(), counters.snapshot(Counter.Side.RELAY)));
    }

    private void stopSessions() {
        sessions.stop();
        publishSums();
    }

    private void stopControl() {
        // The wait is bounded: an event loop that died, say because its jar was replaced, never reports its end.
        control.shutdownGracefully(0, CONTROL_SHUTDOWN_MS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * CONTROL_SHUTDOWN_MS);
        tls.close();
    }

    /** Schedules {@code task}, and keeps it scheduled when it throws; the executor alone would drop it silently. */
    private void repeat(Runnable task, long initialDelayMs, long intervalMs) {
        controlLoop.scheduleAtFixedRate(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | LinkageError failure) {
                        events.publish(new RelayEvent.Warning("internal error in a periodic task: " + failure));
                    }
                },
                initialDelayMs,
                intervalMs,
                TimeUnit.MILLISECONDS);
    }

    private void publishStatus(ProcessUsage process) {
        List<RelayEvent.ClientStatus> clients = new ArrayList<>(registry.statuses());
        clients.addAll(sessions.statuses());
        events.publish(new RelayEvent.Status(
                uptimeMs(),
                List.copyOf(clients),
                otherRelays(),
                counters.snapshot(Counter.Side.RELAY),
                process.cpuMs(),
                process.residentBytes()));
    }

    private void publishSums() {
        limiter.sums().forEach(events::publish);
    }

    private void publishTotals() {
        Map<Counter, Long> totals = counters.snapshot(Counter.Side.RELAY);
        if (!totals.equals(publishedTotals)) {
            publishedTotals = totals;
            events.publish(new RelayEvent.Totals(totals, registry.size() + sessions.size()));
        }
    }
}
