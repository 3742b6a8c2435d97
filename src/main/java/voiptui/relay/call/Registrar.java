package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClientName;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.relay.directory.LastSeen;
import voiptui.relay.directory.NameRegistry;
import voiptui.relay.media.Binding;
import voiptui.relay.media.Flow;
import voiptui.relay.media.FlowStats;
import voiptui.relay.media.MediaPlane;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Who is signed in, who rings whom, and who talks with whom: the rules of the second protocol alone, without a socket; see
 * {@code protocol.md}, section 3. Here processes come and go; calls are the {@link CallMessageHandler}'s and the {@link CallController}'s.
 *
 * <p>Owned by the control thread.
 */
public final class Registrar implements SessionHandler {

    private static final int KEY_BYTES = 32;
    private static final int NOTES_PER_SECOND = 10;
    private static final long SECOND_NS = 1_000_000_000L;

    private final RegistrarConfig config;
    private final ClassicRegistry classic;
    private final MediaPlane media;
    private final EventBus events;
    private final Counters counters;
    private final NanoClock clock;
    private final InstantSource calendar;
    private final RandomGenerator random;
    private final Sessions stations = new Sessions();
    private final NameRegistry names;
    private final LastSeen lastSeen;
    private final PresenceService contacts;
    private final CallController exchange;
    private final CallMessageHandler desk;
    private final RateLimiter refusals;
    private final RateLimiter paths;

    /**
     * Opens a switchboard, and lets the classic clients of {@code classic} share it.
     *
     * @param calendar for what people are told of
     * @param random where keys come from; not to be guessed
     */
    public Registrar(
            RegistrarConfig config,
            ClassicRegistry classic,
            MediaPlane media,
            EventBus events,
            Counters counters,
            NanoClock clock,
            InstantSource calendar,
            RandomGenerator random) {
        this.config = config;
        this.classic = classic;
        this.media = media;
        this.events = events;
        this.counters = counters;
        this.clock = clock;
        this.calendar = calendar;
        this.random = random;
        Consumer<String> warn = text -> events.publish(new RelayEvent.Warning(text));
        this.names = new NameRegistry(config.stateDir(), config.access(), warn);
        this.lastSeen = new LastSeen(config.stateDir(), warn, clock);
        this.contacts = new PresenceService(stations, names, lastSeen, clock);
        this.exchange = new CallController(stations, classic, media, events, counters, clock, calendar);
        this.desk = new CallMessageHandler(exchange, counters);
        this.refusals = new RateLimiter(NOTES_PER_SECOND, SECOND_NS, clock);
        this.paths = new RateLimiter(NOTES_PER_SECOND, SECOND_NS, clock);
        classic.join(new ClassicBridge(stations, exchange, media, random, contacts::tellChanges));
    }

    /**
     * Signs a process in, or takes it back; says {@code welcome}, or {@code error} and closes the connection.
     *
     * @param fingerprint of its certificate, as text
     * @return the station; nothing when it was refused
     */
    @Override
    public Optional<ClientSession> signIn(ClientMessage.Hello hello, String fingerprint, SessionChannel port) {
        Optional<String> name = ClientName.parse(hello.name());
        Optional<ClientSession> known = stations.find(fingerprint, hello.instance());
        Optional<RefusalCode> refusal = hello.version() != ClientMessage.VERSION
                ? Optional.of(RefusalCode.BAD_VERSION)
                : name.isEmpty()
                        ? Optional.of(RefusalCode.BAD_NAME)
                        : names.refusal(name.get(), fingerprint)
                                .or(() ->
                                        known.isEmpty() && isFull() ? Optional.of(RefusalCode.FULL) : Optional.empty());
        if (refusal.isPresent()) {
            refuse(hello.name(), fingerprint, port, refusal.get());
            return Optional.empty();
        }
        names.take(name.get(), fingerprint);
        if (known.isPresent() && !known.get().name().equals(name.get())) {
            // The same process under another name: whom others called is not there any more.
            signOut(known.get());
        }
        Optional<ClientSession> resumed = known.filter(station -> !station.isForgotten());
        ClientSession station = resumed.orElseGet(() -> open(name.get(), fingerprint, hello.instance(), port));
        connect(station, hello.answers(), port, resumed.isPresent());
        return Optional.of(station);
    }

    private boolean isFull() {
        if (stations.size() + classic.size() < config.maxClients()) {
            return false;
        }
        sweepStations();
        classic.sweep();
        return stations.size() + classic.size() >= config.maxClients();
    }

    private void refuse(String name, String fingerprint, SessionChannel port, RefusalCode code) {
        counters.increment(Counter.SIGN_INS_REFUSED);
        if (refusals.allows()) {
            events.publish(
                    new RelayEvent.SignInRefused(printable(name), IpText.of(port.remote()), fingerprint, code.wire(), reason(code)));
        }
        port.say(new RelayMessage.Error(code, code.words()));
        port.close();
    }

    /** Returns the reason for the relay's operator. */
    private String reason(RefusalCode code) {
        return code == RefusalCode.FULL
                ? "the relay is full (" + (stations.size() + classic.size()) + " of " + config.maxClients()
                        + " clients)"
                : code.words();
    }

    /** What a stranger wants to be called by, without anything but the letters of names. */
    private static String printable(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "?");
        return letters.substring(0, Math.min(letters.length(), ClientName.MAX_LENGTH));
    }

    private ClientSession open(String name, String fingerprint, String instance, SessionChannel port) {
        long session = random.nextLong();
        while (stations.hasSession(session)) {
            session = random.nextLong();
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Flow flow = new Flow(port.remote().getAddress(), port.local(), new FlowStats(), new Binding(session, key));
        ClientSession station = new ClientSession(
                name,
                fingerprint,
                instance,
                HexFormat.of().formatHex(key),
                flow,
                new RateLimiter(CallMessageHandler.CALLS_PER_MINUTE, 60 * SECOND_NS, clock),
                clock.nanoTime());
        stations.add(station);
        media.open(flow);
        return station;
    }

    private void connect(ClientSession station, boolean answers, SessionChannel port, boolean resumed) {
        SessionChannel former = station.port();
        station.connect(port, answers, clock.nanoTime());
        if (former != null && former != port) {
            former.close();
        }
        lastSeen.note(station.name(), calendar.millis());
        counters.increment(Counter.SIGN_INS);
        events.publish(new RelayEvent.ClientSignedIn(
                station.name(), IpText.of(port.remote()), station.fingerprint, resumed, stations.size()));
        port.say(new RelayMessage.Welcome(
                station.name(),
                resumed,
                config.udpPort(),
                station.sessionText(),
                station.keyText(),
                IpText.of(port.remote()),
                config.heartbeatMs()));
        station.repeatUnconfirmed();
        if (station.isTunnelled()) {
            media.useTunnel(station.flow(), port.tunnel(), station.tunnelledAfter());
        }
        contacts.onResumed(station);
        exchange.lookAgain(station);
        contacts.tellChanges();
    }

    /** A station said something, other than {@code hello}. */
    @Override
    public void onMessage(ClientSession station, ClientMessage message) {
        if (!station.isThere()) {
            return;
        }
        station.onHeard(clock.nanoTime());
        if (message instanceof ClientMessage.Ping ping) {
            station.say(new RelayMessage.Pong(ping.id()));
            return;
        }
        if (message instanceof ClientMessage.Call call) {
            desk.onCall(station, call);
        } else if (message instanceof ClientMessage.Accept accept) {
            desk.onAccept(station, accept);
        } else if (message instanceof ClientMessage.Reject reject) {
            desk.onReject(station, reject);
        } else if (message instanceof ClientMessage.Hangup hangup) {
            desk.onHangup(station, hangup);
        } else if (message instanceof ClientMessage.Rejoin rejoin) {
            desk.onRejoin(station, rejoin);
        } else if (message instanceof ClientMessage.Watch) {
            contacts.watch(station);
        } else if (message instanceof ClientMessage.Media way) {
            useTunnel(station, way);
        } else if (message instanceof ClientMessage.Bye) {
            signOut(station);
        } else {
            // A second hello.
            SessionChannel port = station.port();
            lose(station);
            port.say(new RelayMessage.Error(RefusalCode.BAD_MESSAGE, RefusalCode.BAD_MESSAGE.words()));
            port.close();
        }
        contacts.tellChanges();
    }

    private void useTunnel(ClientSession station, ClientMessage.Media way) {
        if (way.via().equals(ClientMessage.Media.TCP)) {
            station.useTunnel(way.after());
            media.useTunnel(station.flow(), station.port().tunnel(), way.after());
            if (paths.allows()) {
                events.publish(new RelayEvent.TunnelUsed(station.name()));
            }
        }
    }

    /** A datagram of media came from the station through its connection. The array is the callee's from now on. */
    @Override
    public void onTunnelled(ClientSession station, byte[] datagram) {
        if (station.isThere()) {
            station.onHeard(clock.nanoTime());
            media.inject(station.flow(), datagram);
        }
    }

    /** The connection {@code port} is gone. The station may be back on another one, then this means nothing. */
    @Override
    public void onDisconnected(ClientSession station, SessionChannel port) {
        if (station.isThere() && station.port() == port) {
            lose(station);
            contacts.tellChanges();
        }
    }

    private void lose(ClientSession station) {
        station.disconnect(clock.nanoTime());
        lastSeen.note(station.name(), calendar.millis());
        events.publish(new RelayEvent.ClientLost(station.name(), station.from(), config.graceMs()));
    }

    /**
     * A station proved that it speaks from {@code source} and wants its media there. Granted unless another speaks from
     * there: a living classic client, or a living station of another certificate.
     */
    @Override
    public void onBound(long session, InetSocketAddress source) {
        Optional<ClientSession> bound = stations.ofSession(session);
        if (bound.isEmpty()) {
            return;
        }
        ClientSession station = bound.get();
        boolean moved = !source.equals(station.source());
        if (moved && !vacate(source, station)) {
            return;
        }
        if (moved || station.isTunnelled()) {
            station.useUdp();
            station.setSource(source);
            media.move(station.flow(), source);
            if (paths.allows()) {
                events.publish(new RelayEvent.PathBound(station.name(), IpText.of(source)));
            }
        }
    }

    /** Whether {@code source} is free for {@code station}, after whoever is known by it and does not live has lost it. */
    private boolean vacate(InetSocketAddress source, ClientSession station) {
        long nowNs = clock.nanoTime();
        Optional<ClassicClient> client = classic.ofSource(source);
        Optional<ClientSession> other = stations.ofSource(source);
        if (client.isPresent() && client.get().silentMs(nowNs) < ClassicRegistry.SOURCE_STALE_MS
                || other.isPresent()
                        && !other.get().fingerprint.equals(station.fingerprint)
                        && other.get()
                                .flow()
                                .status
                                .isHeardWithin(ClassicRegistry.SOURCE_STALE_MS * NS_PER_MS, nowNs)) {
            return false;
        }
        client.ifPresent(former -> former.setSource(null));
        other.ifPresent(former -> former.setSource(null));
        return true;
    }

    /** Forgets stations and calls whose time is over. Called about once a second. */
    @Override
    public void sweep() {
        sweepStations();
        exchange.sweep(config.graceMs());
        lastSeen.writeNowAndThen();
        contacts.sweep();
    }

    private void sweepStations() {
        long nowNs = clock.nanoTime();
        // 3.5 of them: protocol.md, section 3
        long silenceMs = config.heartbeatMs() * 7L / 2;
        for (ClientSession station : stations.all(ClientSession::isThere)) {
            if (station.silentMs(nowNs) >= silenceMs) {
                SessionChannel port = station.port();
                lose(station);
                port.close();
            }
        }
        for (ClientSession station : stations.all(any -> !any.isThere() && any.lostMs(nowNs) >= config.graceMs())) {
            forget(station, true);
        }
    }

    private void signOut(ClientSession station) {
        SessionChannel port = station.port();
        if (port != null) {
            lastSeen.note(station.name(), calendar.millis());
        }
        forget(station, false);
        if (port != null) {
            port.close();
        }
    }

    private void forget(ClientSession station, boolean lost) {
        station.forget();
        stations.remove(station);
        contacts.forget(station);
        events.publish(new RelayEvent.ClientSignedOut(station.name(), station.from(), lost, stations.size()));
        exchange.forget(station, lost);
        media.close(station.flow());
    }

    /** Writes down what is not yet: the relay stops. */
    @Override
    public void stop() {
        stations.all(ClientSession::isThere).forEach(station -> lastSeen.note(station.name(), calendar.millis()));
        lastSeen.write();
    }

    /** How each station is at this moment, in the order in which they came. */
    @Override
    public List<RelayEvent.ClientStatus> statuses() {
        long nowNs = clock.nanoTime();
        return stations.all().stream().map(station -> station.status(nowNs)).toList();
    }

    /** The calls at this moment, the oldest first; for tests. */
    List<Call> calls() {
        return exchange.calls();
    }

    /** How many stations are signed in, or may come back. */
    @Override
    public int size() {
        return stations.size();
    }
}
