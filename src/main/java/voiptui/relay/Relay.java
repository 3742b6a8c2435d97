package voiptui.relay;

import static voiptui.time.NanoClock.NS_PER_MS;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.call.SessionHandler;
import voiptui.relay.control.AcceptThrottle;
import voiptui.relay.control.ClassicRequestHandler;
import voiptui.relay.control.ControlServer;
import voiptui.relay.control.PendingConnections;
import voiptui.relay.control.RelayTls;
import voiptui.relay.control.TlsAcceptor;
import voiptui.relay.media.MediaLoop;
import voiptui.relay.media.MediaSockets;
import voiptui.time.NanoClock;

/**
 * A running relay: puts its parts together, starts them, and stops them.
 *
 * <p>Any thread may start and close it; it works on two threads of its own, {@code relay-control} and
 * {@code relay-media}, neither a daemon, and a third while TLS handshakes are under way, {@code relay-tls}.
 */
public final class Relay implements AutoCloseable {

    private static final long TOTALS_INTERVAL_MS = 60_000;
    private static final long STATION_SWEEP_MS = 1_000;
    private static final long CONTROL_SHUTDOWN_MS = 2_000;

    private final EventBus events;
    private final NanoClock clock;
    private final Counters counters = new Counters();
    private final MultiThreadIoEventLoopGroup control;
    private final EventLoop controlLoop;
    private final MediaLoop media;
    private final ControlServer server;
    private final InetSocketAddress mediaAddress;
    private final ClassicRegistry registry;
    /** The second protocol's side; {@code null} where only classic is spoken. */
    private final SessionHandler stations;

    private final RelayTls tls;
    private final long startNs;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The totals last told; the control thread's. */
    private Map<Counter, Long> toldTotals;

    /**
     * Starts a relay.
     *
     * @param config how it is set up
     * @param events where it tells what happens
     * @param clock for everything that it measures
     * @throws ListenException when it cannot listen; its message is for the user
     * @throws IOException when the system refuses something else
     */
    public static Relay start(RelayConfig config, EventBus events, NanoClock clock) throws IOException {
        return start(
                config,
                DescriptorBudget.forThisMachine(config.stateDir() == null ? 0 : config.maxClients()),
                events,
                clock);
    }

    static Relay start(RelayConfig config, DescriptorBudget tuning, EventBus events, NanoClock clock)
            throws IOException {
        return start(config, tuning, V2Service.of(config, events, clock), events, clock);
    }

    /** Starts a relay that speaks the second protocol so, or not at all where that is {@code null}. */
    static Relay start(RelayConfig config, DescriptorBudget tuning, V2Service second, EventBus events, NanoClock clock)
            throws IOException {
        loadTimeZones();
        MediaSockets sockets;
        try {
            sockets = MediaSockets.openShared(config.bind(), config.udpPort());
        } catch (IOException failed) {
            throw new ListenException(ListenException.Protocol.UDP, config.bind(), config.udpPort(), failed);
        }
        return new Relay(config, tuning, second, sockets, events, clock);
    }

    private Relay(
            RelayConfig config,
            DescriptorBudget tuning,
            V2Service second,
            MediaSockets sockets,
            EventBus events,
            NanoClock clock)
            throws IOException {
        this.events = events;
        this.clock = clock;
        this.startNs = clock.nanoTime();
        this.mediaAddress = sockets.address();
        this.toldTotals = counters.snapshot(Counter.Side.RELAY);
        ThreadFactory controlThread = task -> new FastThreadLocalThread(task, "relay-control");
        this.control = new MultiThreadIoEventLoopGroup(1, controlThread, NioIoHandler.newFactory());
        this.controlLoop = control.next();
        this.tls = second == null ? null : second.tls();
        this.media = startMedia(tuning, sockets);
        this.registry =
                new ClassicRegistry(config.maxClients(), config.clientTimeoutMs(), media, events, counters, clock);
        this.stations = second == null ? null : second.desk().make(registry, media, mediaAddress.getPort(), counters);
        try {
            this.server = listen(config, tuning);
        } catch (IOException failed) {
            media.close();
            stopControl();
            throw new ListenException(ListenException.Protocol.TCP, config.bind(), config.tcpPort(), failed);
        }
        events.publish(
                new RelayEvent.Started(IpText.of(controlAddress()), IpText.of(mediaAddress), config.maxClients()));
        if (second != null) {
            events.publish(new RelayEvent.RelayIdentity(second.fingerprint().text()));
            repeat(stations::sweep, STATION_SWEEP_MS, STATION_SWEEP_MS);
        }
        repeat(registry::sweep, config.sweepMs(), config.sweepMs());
        repeat(this::tellTotals, TOTALS_INTERVAL_MS, TOTALS_INTERVAL_MS);
    }

    private MediaLoop startMedia(DescriptorBudget tuning, MediaSockets sockets) throws IOException {
        try {
            MediaLoop started = new MediaLoop(
                    sockets,
                    tuning.maxClientSockets(),
                    counters,
                    events,
                    clock,
                    sender -> controlLoop.execute(() -> registry.unknownSource(sender)),
                    (session, source) -> controlLoop.execute(() -> stations.onBound(session, source)));
            started.start();
            return started;
        } catch (IOException failed) {
            sockets.shared().close();
            stopControl();
            throw failed;
        }
    }

    /** Logging needs them, and they come from a file, which could not be opened any more when descriptors run out. */
    private static void loadTimeZones() {
        ZoneId.systemDefault().getRules();
    }

    private ControlServer listen(RelayConfig config, DescriptorBudget tuning) throws IOException {
        ClassicRequestHandler desk = new ClassicRequestHandler(registry, events, counters, clock);
        PendingConnections connections = new PendingConnections(tuning.maxControlConnections());
        TlsAcceptor reception = tls == null
                ? null
                : new TlsAcceptor(tls, stations, tuning.stations(), connections, events, counters, clock);
        return ControlServer.listen(
                controlLoop,
                config.bind(),
                config.tcpPort(),
                config.tcpTimeoutMs(),
                desk,
                connections,
                new AcceptThrottle(connections, from -> turnsAway(reception, from), events, clock),
                reception);
    }

    /** An address that made trouble; but not where classic clients live, who need a connection for each heartbeat. */
    private boolean turnsAway(TlsAcceptor reception, InetAddress from) {
        boolean away = reception != null && reception.isTurnedAway(from) && !registry.isKnown(from);
        if (away) {
            reception.onTurnedAway();
        }
        return away;
    }

    /** Where it takes control connections. */
    public InetSocketAddress controlAddress() {
        return server.address();
    }

    /** Where it takes media. */
    public InetSocketAddress mediaAddress() {
        return mediaAddress;
    }

    /** Time since the start, in milliseconds; any thread may ask. */
    public long uptimeMs() {
        return (clock.nanoTime() - startNs) / NS_PER_MS;
    }

    /** Its running totals; any thread may read them. */
    public Counters counters() {
        return counters;
    }

    /**
     * Tells {@link RelayEvent.Status} from now on, at once and then again and again until the relay is closed. A relay
     * that nobody watches does without. Once at most, while the relay runs.
     *
     * @param intervalMs time from one to the next, in milliseconds
     */
    public void publishStatusEvery(long intervalMs) {
        ProcessUsage process = ProcessUsage.ofThisProcess();
        repeat(() -> tellStatus(process), 0, intervalMs);
    }

    /** The thread that packets go through. */
    Thread mediaThread() {
        return media.thread();
    }

    /** Stops accepting and forwarding, waits for its threads to end, and tells the totals. Again: does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        server.close();
        media.close();
        if (stations != null) {
            controlLoop.submit(stations::stop).awaitUninterruptibly(CONTROL_SHUTDOWN_MS);
        }
        stopControl();
        events.publish(new RelayEvent.Stopped(uptimeMs(), counters.snapshot(Counter.Side.RELAY)));
    }

    private void stopControl() {
        // Not without a bound: a loop that has died, say of a jar replaced under it, never tells that it is over.
        control.shutdownGracefully(0, CONTROL_SHUTDOWN_MS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * CONTROL_SHUTDOWN_MS);
        if (tls != null) {
            tls.close();
        }
    }

    /** Does {@code task} again and again, also after it failed once: the executor by itself would drop it silently. */
    private void repeat(Runnable task, long firstAfterMs, long intervalMs) {
        controlLoop.scheduleAtFixedRate(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException failure) {
                        events.publish(new RelayEvent.Warning("a periodic task met an internal error: " + failure));
                    }
                },
                firstAfterMs,
                intervalMs,
                TimeUnit.MILLISECONDS);
    }

    private void tellStatus(ProcessUsage process) {
        List<RelayEvent.ClientStatus> clients = new ArrayList<>(registry.statuses());
        if (stations != null) {
            clients.addAll(stations.statuses());
        }
        events.publish(new RelayEvent.Status(
                uptimeMs(),
                List.copyOf(clients),
                counters.snapshot(Counter.Side.RELAY),
                process.cpuMs(),
                process.residentBytes()));
    }

    private void tellTotals() {
        Map<Counter, Long> totals = counters.snapshot(Counter.Side.RELAY);
        if (!totals.equals(toldTotals)) {
            toldTotals = totals;
            events.publish(new RelayEvent.Totals(totals, registry.size() + (stations == null ? 0 : stations.size())));
        }
    }
}
