package voiptui.relay.registrar;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClientName;
import voiptui.protocol.OperatorAction;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.RelayFeature;
import voiptui.relay.call.ActiveCalls;
import voiptui.relay.call.Call;
import voiptui.relay.call.CallController;
import voiptui.relay.call.CallMessageHandler;
import voiptui.relay.call.CallParty;
import voiptui.relay.call.ClassicBridge;
import voiptui.relay.call.ClassicClient;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.call.ClientSession;
import voiptui.relay.call.LegReports;
import voiptui.relay.call.OtherRelays;
import voiptui.relay.call.RelayContext;
import voiptui.relay.directory.Directory;
import voiptui.relay.directory.LastSeen;
import voiptui.relay.directory.Refusal;
import voiptui.relay.media.Binding;
import voiptui.relay.media.Flow;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.presence.PresenceService;
import voiptui.relay.presence.RemotePresence;
import voiptui.relay.session.RestartedClients;
import voiptui.relay.session.SessionChannel;
import voiptui.relay.session.Sessions;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Signs v2 clients in and out, keeps their sessions over lost connections, and passes their messages on: the rules of
 * {@code protocol.md}, section 3, without sockets. Calls are handled by {@link CallMessageHandler} and
 * {@link CallController}.
 *
 * <p>Owned by the control thread.
 */
public final class Registrar implements SessionHandler {

    private static final int KEY_BYTES = 32;
    private static final String VERSIONS =
            "versions " + ClientMessage.OLDEST_VERSION + " to " + ClientMessage.VERSION + " are supported";
    private static final long SECOND_NS = 1_000_000_000L;

    private RegistrarConfig config;
    private final ClassicRegistry classic;
    private final MediaPlane media;
    private final EventBus events;
    private final Counters counters;
    private final NanoClock clock;
    private final InstantSource wallClock;
    private final RandomGenerator random;
    private final Sessions<ClientSession> sessions = new Sessions<>();
    private final Directory directory;
    private final LastSeen lastSeen;
    private final SessionPlaces places;
    private final RestartedClients<ClientSession> restarted;
    private final PresenceService presence;
    private final CallController controller;
    private final CallMessageHandler callMessages;
    private final LegReports legs;
    /** What clients are told; null: the relay is not about to stop. */
    private RelayMessage.@Nullable Draining draining;

    /** Creates a registrar, and connects it with the classic clients in {@code classic}. */
    public Registrar(RegistrarConfig config, ClassicRegistry classic, MediaPlane media, RelayContext relay) {
        this.config = config;
        this.classic = classic;
        this.media = media;
        this.events = relay.events();
        this.counters = relay.counters();
        this.clock = relay.clock();
        this.wallClock = relay.wallClock();
        this.random = relay.random();
        this.directory = config.directory();
        this.lastSeen = directory.lastSeen();
        this.places = new SessionPlaces(config.maxClients(), sessions, classic, directory.names(), clock);
        this.restarted = new RestartedClients<>(sessions, clock);
        this.presence = new PresenceService(directory.names(), lastSeen, clock);
        this.controller = new CallController(sessions, classic, media, relay);
        this.legs = new LegReports(sessions, clock);
        this.callMessages = new CallMessageHandler(controller, counters);
        classic.connectV2(
                new ClassicBridge(sessions, controller, media, random, this::makeRoom, presence::sendChanges));
        directory.onChange(this::reviewAccess);
    }

    @Override
    public Optional<ClientSession> signIn(ClientMessage.Hello hello, String fingerprint, SessionChannel channel) {
        Optional<ClientSession> known = sessions.find(fingerprint, hello.instance());
        Optional<String> parsed = ClientName.parse(hello.name());
        Optional<Refusal> refusal = refusal(hello, parsed, fingerprint, channel.remote());
        if (refusal.isPresent()) {
            refuse(hello.name(), fingerprint, channel, refusal.get());
            return Optional.empty();
        }
        if (draining != null && known.isEmpty()) {
            refuse(hello.name(), fingerprint, channel, Refusal.of(RefusalCode.DRAINING));
            return Optional.empty();
        }
        String name = parsed.orElseThrow();
        ClientSession.Client client = new ClientSession.Client(name, fingerprint, hello.instance());
        if (known.isEmpty() && !hasPlace(client, hello.answers(), channel)) {
            refuse(hello.name(), fingerprint, channel, Refusal.of(RefusalCode.FULL));
            return Optional.empty();
        }
        places.beforeRegistered(name);
        directory.register(name, fingerprint, channel.remote().getAddress());
        if (known.isPresent() && !known.get().name().equals(name)) {
            // The same process with another name: whoever was called by the old name is no longer there.
            signOut(known.get());
        }
        Optional<ClientSession> resumed = known.filter(session -> !session.hasEnded());
        ClientSession session = resumed.orElseGet(() -> open(client, channel));
        session.onHello(hello);
        connect(session, hello, channel, resumed.isPresent());
        return Optional.of(session);
    }

    @Override
    public boolean isKnown(String fingerprint) {
        return directory.names().knows(fingerprint);
    }

    private Optional<Refusal> refusal(
            ClientMessage.Hello hello, Optional<String> name, String fingerprint, InetSocketAddress from) {
        if (hello.version() != ClientMessage.VERSION) {
            return Optional.of(Refusal.of(RefusalCode.BAD_VERSION));
        }
        if (name.isEmpty()) {
            return Optional.of(Refusal.of(RefusalCode.BAD_NAME));
        }
        return directory.refusal(name.get(), fingerprint, from.getAddress());
    }

    /** Returns whether there is a place for a new process; ends sessions that it left behind or that have to give way. */
    private boolean hasPlace(ClientSession.Client client, boolean answers, SessionChannel channel) {
        InetAddress host = channel.remote().getAddress();
        restarted.probe(client, answers, host);
        restarted.leftBehindBy(client, answers, host, false).forEach(session -> end(session, true));
        if (!classic.isFull()) {
            return true;
        }
        sweepSessions();
        classic.sweep();
        if (classic.isFull()) {
            restarted.leftBehindBy(client, answers, host, true).forEach(session -> end(session, true));
        }
        if (classic.isFull()) {
            places.whoGivesWay(client, host).ifPresent(this::displace);
        }
        return !classic.isFull();
    }

    /** Makes room for a classic client at {@code host}, if somebody has more than its share of places. */
    private void makeRoom(InetAddress host) {
        sweepSessions();
        if (classic.isFull()) {
            places.whoGivesWay(host).ifPresent(this::displace);
        }
    }

    private void displace(CallParty party) {
        if (party instanceof ClassicClient client) {
            classic.displace(client);
        } else if (party instanceof ClientSession session) {
            displace(session);
        }
    }

    private void displace(ClientSession session) {
        counters.increment(Counter.CLIENTS_DISPLACED);
        SessionChannel channel = session.channel();
        end(session, true);
        if (channel != null) {
            channel.send(new RelayMessage.Error(RefusalCode.FULL, "your place was needed for others"));
            channel.close();
        }
    }

    private void refuse(String name, String fingerprint, SessionChannel channel, Refusal refusal) {
        RefusalCode code = refusal.code();
        counters.increment(refusal.blocked() ? Counter.REFUSED_BLOCKED : Counter.SIGN_INS_REFUSED);
        events.publish(new RelayEvent.SignInRefused(
                printable(name), IpText.of(channel.remote()), fingerprint, code.wire(), reason(refusal)));
        String text = code == RefusalCode.BAD_VERSION ? VERSIONS : code == RefusalCode.DRAINING ? "" : refusal.reason();
        String to = code == RefusalCode.DRAINING && draining != null ? draining.to() : null;
        channel.send(new RelayMessage.Error(code, text, action(refusal), to));
        channel.close();
    }

    /** Returns the reason for the relay's operator. */
    private String reason(Refusal refusal) {
        return refusal.equals(Refusal.of(RefusalCode.FULL)) ? classic.fullReason() : refusal.reason();
    }

    /** Signs out those whom the directory no longer admits. */
    private void reviewAccess() {
        for (ClientSession session : sessions.all(any -> true)) {
            directory
                    .objection(session.name(), session.client().fingerprint(), session.address())
                    .ifPresent(refusal -> expel(session, refusal, action(refusal)));
        }
        classic.expel(directory::isBlocked);
        presence.sendChanges();
    }

    @Override
    public int expel(String name) {
        List<ClientSession> expelled = sessions.all(session -> session.name().equals(name));
        Refusal reason = new Refusal(RefusalCode.NOT_ALLOWED, "the relay's operator has signed you out");
        expelled.forEach(session -> expel(session, reason, OperatorAction.SIGNED_OUT));
        presence.sendChanges();
        return expelled.size();
    }

    private static @Nullable OperatorAction action(Refusal refusal) {
        return refusal.blocked() ? OperatorAction.BLOCKED : null;
    }

    private void expel(ClientSession session, Refusal refusal, @Nullable OperatorAction action) {
        counters.increment(Counter.CLIENTS_EXPELLED);
        events.publish(new RelayEvent.ClientExpelled(
                session.name(), session.from(), session.client().fingerprint(), refusal.reason()));
        SessionChannel channel = session.channel();
        if (channel != null) {
            channel.send(new RelayMessage.Error(refusal.code(), refusal.reason(), action));
        }
        signOut(session);
    }

    /** Returns a name that a stranger sent with everything replaced that is not allowed in names. */
    private static String printable(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "?");
        return letters.substring(0, Math.min(letters.length(), ClientName.MAX_LENGTH));
    }

    private ClientSession open(ClientSession.Client client, SessionChannel channel) {
        long id = config.media().sessionId(random.nextLong());
        while (sessions.ofId(id).isPresent()) {
            id = config.media().sessionId(random.nextLong());
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Binding binding = new Binding(id, key);
        Flow flow =
                new Flow(channel.remote().getAddress(), channel.local(), new FlowStats(), binding).of(client.name());
        ClientSession session = new ClientSession(
                client,
                new ClientSession.Media(id, binding, flow),
                channel.remote(),
                new RateLimiter(CallMessageHandler.CALLS_PER_MINUTE, 60 * SECOND_NS, clock),
                clock.nanoTime());
        session.observe(presence::onChanged);
        sessions.add(session);
        media.open(flow);
        return session;
    }

    private void connect(ClientSession session, ClientMessage.Hello hello, SessionChannel channel, boolean resumed) {
        SessionChannel former = session.channel();
        session.connect(channel, hello.answers(), config.heartbeatMs(hello.heartbeatMs()), clock.nanoTime());
        if (former != null && former != channel) {
            former.close();
        }
        lastSeen.note(session.name(), wallClock.millis());
        counters.increment(Counter.SIGN_INS);
        events.publish(new RelayEvent.ClientSignedIn(
                session.name(), IpText.of(channel.remote()), session.client().fingerprint(), resumed, sessions.size()));
        channel.send(new RelayMessage.Welcome(
                session.name(),
                resumed,
                new RelayMessage.Udp(
                        config.media().udpHost(), config.media().udpPort(), session.idText(), session.keyText()),
                IpText.of(channel.remote()),
                session.heartbeatMs(),
                RelayFeature.ALL));
        controller.notifier().repeat(session);
        if (session.isTunnelled()) {
            media.useTunnel(session.flow(), channel.tunnel(), session.tunnelledAfter());
        }
        if (draining != null) {
            session.tellDraining(draining);
        }
        presence.onResumed(session);
        controller.onAvailable(session);
        presence.sendChanges();
    }

    @Override
    public void onMessage(ClientSession session, ClientMessage message) {
        SessionChannel channel = session.channel();
        if (channel == null) {
            return;
        }
        session.onHeard(clock.nanoTime());
        if (message instanceof ClientMessage.Ping ping) {
            session.onReceived(ping.received());
            session.send(new RelayMessage.Pong(ping.id()));
            return;
        }
        if (message instanceof ClientMessage.Unsupported unknown) {
            onUnsupported(session, unknown);
        } else if (message instanceof ClientMessage.Call call
                && call.offer().codecs().isEmpty()) {
            session.send(new RelayMessage.Ended(call.call(), CallEnding.NO_CODEC));
        } else if (message instanceof ClientMessage.Call call) {
            callMessages.onCall(session, call);
        } else if (message instanceof ClientMessage.Accept accept) {
            callMessages.onAccept(session, accept);
        } else if (message instanceof ClientMessage.Reject reject) {
            callMessages.onReject(session, reject);
        } else if (message instanceof ClientMessage.Hangup hangup) {
            callMessages.onHangup(session, hangup);
        } else if (message instanceof ClientMessage.Rejoin rejoin) {
            callMessages.onRejoin(session, rejoin);
        } else if (message instanceof ClientMessage.Watch) {
            presence.watch(session);
        } else if (message instanceof ClientMessage.Media request) {
            useTunnel(session, channel, request);
        } else if (message instanceof ClientMessage.Bye) {
            signOut(session);
        } else {
            // hello again
            disconnect(session);
            channel.send(new RelayMessage.Error(RefusalCode.BAD_MESSAGE, RefusalCode.BAD_MESSAGE.text()));
            channel.close();
        }
        presence.sendChanges();
    }

    /** Answers a message with something unknown in words, so that a newer client can do without it. */
    private static void onUnsupported(ClientSession session, ClientMessage.Unsupported unknown) {
        session.send(new RelayMessage.Unsupported(unknown.field(), unknown.value()));
        if (unknown.call() != null) {
            session.send(new RelayMessage.Ended(unknown.call(), CallEnding.NO_CODEC));
        }
    }

    private void useTunnel(ClientSession session, SessionChannel channel, ClientMessage.Media request) {
        session.useTunnel(request.after());
        media.useTunnel(session.flow(), channel.tunnel(), request.after());
        events.publish(new RelayEvent.TunnelUsed(session.name()));
    }

    @Override
    public void onTunnelled(ClientSession session, byte[] datagram) {
        if (session.isConnected()) {
            session.onHeard(clock.nanoTime());
            media.inject(session.flow(), datagram);
        }
    }

    @Override
    public void onDisconnected(ClientSession session, SessionChannel channel) {
        if (session.channel() == channel) {
            disconnect(session);
            presence.sendChanges();
        }
    }

    private void disconnect(ClientSession session) {
        session.disconnect(clock.nanoTime());
        lastSeen.note(session.name(), wallClock.millis());
        events.publish(new RelayEvent.ClientLost(session.name(), session.from(), config.graceMs()));
        if (restarted.leftBehind().contains(session)) {
            end(session, true);
        }
    }

    @Override
    public void onBound(long sessionId, InetSocketAddress source) {
        Optional<ClientSession> bound = sessions.ofId(sessionId);
        if (bound.isEmpty()) {
            return;
        }
        ClientSession session = bound.get();
        boolean moved = !source.equals(session.source());
        if (moved && !release(source, session)) {
            return;
        }
        if (moved || session.isTunnelled()) {
            session.useUdp();
            session.setSource(source);
            media.move(session.flow(), source);
            events.publish(new RelayEvent.PathBound(session.name(), IpText.of(source)));
        }
    }

    /** Takes {@code source} from a client that is no longer heard there; returns whether it is free for {@code session}. */
    private boolean release(InetSocketAddress source, ClientSession session) {
        long nowNs = clock.nanoTime();
        Optional<ClassicClient> client = classic.ofSource(source);
        Optional<ClientSession> other = sessions.ofSource(source);
        if (client.isPresent() && client.get().silentMs(nowNs) < ClassicRegistry.SOURCE_STALE_MS
                || other.isPresent()
                        && !other.get()
                                .client()
                                .fingerprint()
                                .equals(session.client().fingerprint())
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

    @Override
    public void sweep() {
        sweepSessions();
        controller.sweep(config.graceMs(), config.ringLimitMs());
        legs.sweep();
        directory.sweep(namesOnline());
        presence.sweep();
    }

    private void sweepSessions() {
        long nowNs = clock.nanoTime();
        for (ClientSession session : sessions.all(ClientSession::isConnected)) {
            SessionChannel channel = session.channel();
            if (channel != null && session.silentMs(nowNs) >= session.longestSilenceMs()) {
                disconnect(session);
                channel.close();
            }
        }
        for (ClientSession session : sessions.all(any -> !any.isConnected() && any.lostMs(nowNs) >= config.graceMs())) {
            end(session, true);
        }
        restarted.leftBehind().forEach(session -> end(session, true));
    }

    private void signOut(ClientSession session) {
        SessionChannel channel = session.channel();
        if (channel != null) {
            lastSeen.note(session.name(), wallClock.millis());
        }
        end(session, false);
        if (channel != null) {
            channel.close();
        }
    }

    private void end(ClientSession session, boolean lost) {
        session.end();
        sessions.remove(session);
        presence.remove(session);
        events.publish(new RelayEvent.ClientSignedOut(session.name(), session.from(), lost, sessions.size()));
        controller.onSessionEnded(session, lost);
        media.close(session.flow());
    }

    @Override
    public void use(int maxClients, int ringLimitMs) {
        config = new RegistrarConfig(
                maxClients, directory, config.heartbeatMs(), config.graceMs(), ringLimitMs, config.media());
        places.resize(maxClients);
    }

    @Override
    public ClusterCalls join(OtherRelays relays, RemotePresence remote) {
        controller.remote().use(relays);
        presence.use(remote);
        return new RemoteClients(controller.remote(), presence, remote, lastSeen, wallClock);
    }

    @Override
    public RemotePresence.@Nullable State presence(String name) {
        return presence.local(name);
    }

    @Override
    public void drain(Drain how) {
        RelayMessage.Draining notice = new RelayMessage.Draining(how.to(), how.withinMs());
        draining = notice;
        classic.drain();
        controller.drain();
        sessions.all(ClientSession::isConnected).forEach(session -> session.tellDraining(notice));
        presence.sendChanges();
    }

    @Override
    public boolean isDraining() {
        return draining != null;
    }

    @Override
    public boolean hasCalls() {
        return controller.hasCalls();
    }

    @Override
    public void stop() {
        sessions.all(ClientSession::isConnected).forEach(session -> lastSeen.note(session.name(), wallClock.millis()));
        directory.stop(namesOnline());
    }

    private Set<String> namesOnline() {
        Set<String> online = new HashSet<>();
        for (ClientSession session : sessions.all()) {
            if (session.isConnected()) {
                online.add(session.name());
            }
        }
        return online;
    }

    @Override
    public Map<String, List<String>> online() {
        Map<String, List<String>> online = new TreeMap<>();
        for (ClientSession session : sessions.all()) {
            if (session.isConnected()) {
                online.computeIfAbsent(session.name(), name -> new ArrayList<>())
                        .add(session.from());
            }
        }
        return online;
    }

    @Override
    public List<RelayEvent.ClientStatus> statuses() {
        long nowNs = clock.nanoTime();
        return sessions.all().stream().map(session -> session.status(nowNs)).toList();
    }

    /** Returns the calls that have not ended, oldest first. */
    List<Call> calls() {
        return controller.calls().all();
    }

    @Override
    public ActiveCalls.Load load() {
        int online =
                (int) sessions.all().stream().filter(ClientSession::isConnected).count();
        return controller.calls().load(online);
    }

    @Override
    public int size() {
        return sessions.size();
    }
}
