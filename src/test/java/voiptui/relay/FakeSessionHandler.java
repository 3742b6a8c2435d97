package voiptui.relay;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.relay.call.ActiveCalls;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.call.ClientSession;
import voiptui.relay.call.RelayContext;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directories;
import voiptui.relay.media.Binding;
import voiptui.relay.media.Flow;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.registrar.Drain;
import voiptui.relay.registrar.Registrar;
import voiptui.relay.registrar.RegistrarConfig;
import voiptui.relay.registrar.SessionHandler;
import voiptui.relay.session.SessionChannel;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * A session handler with minimal rules: everybody may sign in but {@code refused}; {@code call} connects at once with the
 * client of that name, and {@code hangup} disconnects. Owned by the control thread; tests read the concurrent fields.
 */
final class FakeSessionHandler implements SessionHandler {

    private static final int FLOOD = 20_000;

    /** A call with this id makes the handler throw. */
    static final String FAULTY_CALL = "f".repeat(32);

    /** One signed-in client. */
    static final class Member {
        final String name;
        final String fingerprint;
        final SessionChannel channel;
        final Flow flow;
        volatile InetSocketAddress boundTo;
        Member peer;

        Member(String name, String fingerprint, SessionChannel channel, Flow flow) {
            this.name = name;
            this.fingerprint = fingerprint;
            this.channel = channel;
            this.flow = flow;
        }
    }

    final Map<String, Member> byName = new ConcurrentHashMap<>();
    /** Name of the client that is sent {@value #FLOOD} messages a second. */
    volatile String flooded = "";

    final ConcurrentLinkedQueue<String> gone = new ConcurrentLinkedQueue<>();
    private final Map<ClientSession, Member> members = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final MediaPlane media;
    private final int udpPort;

    /** Creates a handler; classic clients are served by the rules of a registrar without v2 clients. */
    static FakeSessionHandler create(ClassicRegistry classic, MediaPlane media, int udpPort, Counters counters) {
        // Without v2 clients it never writes to the state directory.
        Path stateDir = Path.of("target", "unused-state");
        new Registrar(
                new RegistrarConfig(Integer.MAX_VALUE, Directories.open(stateDir, AccessPolicy.OPEN), udpPort),
                classic,
                media,
                new RelayContext(
                        new EventBus(), counters, NanoClock.SYSTEM, InstantSource.system(), new SecureRandom()));
        return new FakeSessionHandler(media, udpPort);
    }

    FakeSessionHandler(MediaPlane media, int udpPort) {
        this.media = media;
        this.udpPort = udpPort;
    }

    /** Knows the certificates of those who are signed in. */
    @Override
    public boolean isKnown(String fingerprint) {
        return byName.values().stream().anyMatch(member -> member.fingerprint.equals(fingerprint));
    }

    @Override
    public Optional<ClientSession> signIn(ClientMessage.Hello hello, String fingerprint, SessionChannel channel) {
        if (hello.name().equals("refused")) {
            channel.send(new RelayMessage.Error(RefusalCode.NAME_TAKEN, "not you"));
            return Optional.empty();
        }
        byte[] key = new byte[32];
        random.nextBytes(key);
        Binding session = new Binding(random.nextLong(), key);
        Flow flow = new Flow(channel.remote().getAddress(), channel.local(), new FlowStats(), session);
        ClientSession created = new ClientSession(
                new ClientSession.Client(hello.name(), fingerprint, hello.instance()),
                new ClientSession.Media(session.id, session, flow),
                channel.remote(),
                new RateLimiter(1, 1, System::nanoTime),
                0);
        Member member = new Member(hello.name(), fingerprint, channel, flow);
        members.put(created, member);
        byName.put(hello.name(), member);
        media.open(flow);
        channel.send(new RelayMessage.Welcome(
                hello.name(),
                false,
                udpPort,
                HexFormat.of().toHexDigits(session.id),
                HexFormat.of().formatHex(key),
                channel.remote().toString(),
                10_000));
        return Optional.of(created);
    }

    @Override
    public Map<String, List<String>> online() {
        return Map.of();
    }

    @Override
    public int expel(String name) {
        return 0;
    }

    @Override
    public void onMessage(ClientSession session, ClientMessage message) {
        Member member = members.get(session);
        if (message instanceof ClientMessage.Ping ping) {
            member.channel.send(new RelayMessage.Pong(ping.id()));
        } else if (message instanceof ClientMessage.Call call) {
            if (call.call().equals(FAULTY_CALL)) {
                throw new IllegalStateException("a fault");
            }
            Member other = byName.get(call.to());
            member.peer = other;
            other.peer = member;
            media.pair(member.flow, other.flow);
        } else if (message instanceof ClientMessage.Hangup) {
            unpair(member);
        } else if (message instanceof ClientMessage.Media wish) {
            media.useTunnel(member.flow, member.channel.tunnel(), wish.after());
        } else if (message instanceof ClientMessage.Bye) {
            member.channel.close();
        }
    }

    private void unpair(Member member) {
        if (member.peer != null) {
            media.unpair(member.flow, member.peer.flow);
            member.peer.peer = null;
            member.peer = null;
        }
    }

    @Override
    public void onTunnelled(ClientSession session, byte[] datagram) {
        media.inject(members.get(session).flow, datagram);
    }

    @Override
    public void onDisconnected(ClientSession session, SessionChannel channel) {
        Member member = members.remove(session);
        unpair(member);
        media.close(member.flow);
        byName.remove(member.name, member);
        gone.add(member.name);
    }

    @Override
    public void onBound(long sessionId, InetSocketAddress source) {
        members.values().stream()
                .filter(member -> member.flow.bind.id == sessionId)
                .forEach(member -> {
                    media.move(member.flow, source);
                    member.boundTo = source;
                });
    }

    @Override
    public void sweep() {
        Member member = byName.get(flooded);
        for (int pong = 0; member != null && pong < FLOOD; pong++) {
            member.channel.send(new RelayMessage.Pong(pong));
        }
    }

    @Override
    public void drain(Drain how) {
        // nobody is told
    }

    @Override
    public boolean hasCalls() {
        return false;
    }

    @Override
    public void stop() {
        // there is nothing to write
    }

    @Override
    public ActiveCalls.Load load() {
        return ActiveCalls.Load.NONE;
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public List<RelayEvent.ClientStatus> statuses() {
        return members.values().stream()
                .map(member -> new RelayEvent.ClientStatus(
                        member.name,
                        "",
                        member.peer == null ? null : member.peer.name,
                        0,
                        member.flow.status.packets(),
                        0,
                        0))
                .toList();
    }
}
