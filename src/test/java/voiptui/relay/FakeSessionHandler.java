package voiptui.relay;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import voiptui.event.RelayEvent;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.relay.call.ClientSession;
import voiptui.relay.call.SessionChannel;
import voiptui.relay.call.SessionHandler;
import voiptui.relay.media.Binding;
import voiptui.relay.media.Flow;
import voiptui.relay.media.FlowStats;
import voiptui.relay.media.MediaPlane;
import voiptui.time.RateLimiter;

/**
 * Stands in for the switchboard with as few rules as will do: everybody is welcome but {@code refused}; {@code call} connects
 * with whoever has that name, at once, and {@code hangup} undoes it. Owned by the control thread; a test looks at what is
 * safe to look at.
 */
final class FakeSessionHandler implements SessionHandler {

    /** The message of this call makes the desk fail. */
    static final String FAULTY_CALL = "f".repeat(32);

    /** One who signed in. */
    static final class Member {
        final String name;
        final String fingerprint;
        final SessionChannel port;
        final Flow flow;
        volatile InetSocketAddress boundTo;
        Member peer;

        Member(String name, String fingerprint, SessionChannel port, Flow flow) {
            this.name = name;
            this.fingerprint = fingerprint;
            this.port = port;
            this.flow = flow;
        }
    }

    final Map<String, Member> byName = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<String> gone = new ConcurrentLinkedQueue<>();
    private final Map<ClientSession, Member> members = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final MediaPlane media;
    private final int udpPort;

    FakeSessionHandler(MediaPlane media, int udpPort) {
        this.media = media;
        this.udpPort = udpPort;
    }

    @Override
    public Optional<ClientSession> signIn(ClientMessage.Hello hello, String fingerprint, SessionChannel port) {
        if (hello.name().equals("refused")) {
            port.say(new RelayMessage.Error(RefusalCode.NAME_TAKEN, "not you"));
            return Optional.empty();
        }
        byte[] key = new byte[32];
        random.nextBytes(key);
        Binding session = new Binding(random.nextLong(), key);
        Flow flow = new Flow(port.remote().getAddress(), port.local(), new FlowStats(), session);
        ClientSession station = new ClientSession(
                hello.name(),
                fingerprint,
                hello.instance(),
                HexFormat.of().formatHex(key),
                flow,
                new RateLimiter(1, 1, System::nanoTime),
                0);
        Member member = new Member(hello.name(), fingerprint, port, flow);
        members.put(station, member);
        byName.put(hello.name(), member);
        media.open(flow);
        port.say(new RelayMessage.Welcome(
                hello.name(),
                false,
                udpPort,
                HexFormat.of().toHexDigits(session.id),
                HexFormat.of().formatHex(key),
                port.remote().toString(),
                10_000));
        return Optional.of(station);
    }

    @Override
    public void onMessage(ClientSession station, ClientMessage message) {
        Member member = members.get(station);
        if (message instanceof ClientMessage.Ping ping) {
            member.port.say(new RelayMessage.Pong(ping.id()));
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
            media.useTunnel(member.flow, member.port.tunnel(), wish.after());
        } else if (message instanceof ClientMessage.Bye) {
            member.port.close();
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
    public void onTunnelled(ClientSession station, byte[] datagram) {
        media.inject(members.get(station).flow, datagram);
    }

    @Override
    public void onDisconnected(ClientSession station, SessionChannel port) {
        Member member = members.remove(station);
        unpair(member);
        media.close(member.flow);
        byName.remove(member.name, member);
        gone.add(member.name);
    }

    @Override
    public void onBound(long session, InetSocketAddress source) {
        members.values().stream()
                .filter(member -> member.flow.bind.id == session)
                .forEach(member -> {
                    media.move(member.flow, source);
                    member.boundTo = source;
                });
    }

    @Override
    public void sweep() {
        // nobody expires
    }

    @Override
    public void stop() {
        // nothing is written down
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
