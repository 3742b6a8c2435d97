package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.net.IpText;
import voiptui.protocol.BindDatagram;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.measure.LegMeter;
import voiptui.relay.media.socket.LocalEnd;

/**
 * All that a datagram passes at a relay with a call between two classic clients and one between two v2 clients, without sockets, on a
 * clock that the caller moves. For tests in other packages. One thread.
 */
public final class ForwardingEnd {

    /** Who sends a datagram. */
    public enum Sender {
        /** The classic clients. */
        CLASSIC_A,
        CLASSIC_B,
        /** The v2 clients, from the address that each is to be bound to. */
        V2_C,
        V2_D,
        /** The first v2 client, through its tunnel. */
        V2_C_TUNNEL,
        /** The first v2 client, from another address. */
        V2_C_ROAMING,
        /** A classic client's address, from an unknown port. */
        CLASSIC_OTHER_PORT,
        /** An address that nobody registered from. */
        STRANGER
    }

    /**
     * What the relay sent.
     *
     * @param to the receiver's address
     * @param bytes the datagram
     * @param answer whether it is an answer to the sender
     */
    public record Sent(InetSocketAddress to, byte[] bytes, boolean answer) {}

    /** The session of the first v2 client; the other's is one more. */
    public static final long SESSION = 0x0102030405060708L;

    private static final InetAddress RELAY = IpText.parse("10.0.0.9").orElseThrow();
    private static final byte[] KEY = new byte[32];
    private static final LocalEnd RELAY_END = new LocalEnd(RELAY) {};

    private final Map<Sender, Long> cookies = new EnumMap<>(Sender.class);
    private final List<Sent> sent = new ArrayList<>();
    private final AtomicLong nowNs = new AtomicLong(7_000_000_000L);
    private final Counters counters = new Counters();
    private final FlowTable flows = new FlowTable();
    private final SourceOwnership ownership = new SourceOwnership(flows, (evicted, source) -> {});
    private final Listener listener = new Listener();
    private final BindSessions sessions = new BindSessions();
    private final Forwarder forwarder;
    private final Flow a;
    private final Flow b;
    private final Flow c;
    private final Flow d;
    private int bound;
    private int unknown;

    private final class Listener implements MediaListener {
        @Override
        public void onBound(long session, InetSocketAddress source) {
            Flow flow = session == SESSION ? c : d;
            bound++;
            if (ownership.move(flow, source, nowNs.get()) != SourceOwnership.Move.REFUSED) {
                flow.tunnel = null;
            }
        }

        @Override
        public void onUnknownSource(InetSocketAddress sender) {
            unknown++;
        }
    }

    private final class Output implements MediaOutput {
        @Override
        public int send(Flow receiver, ByteBuffer datagram) {
            return record(receiver.source, datagram, false);
        }

        @Override
        public int answer(LocalEnd arrivedAt, InetSocketAddress sender, ByteBuffer datagram) {
            return record(sender, datagram, true);
        }

        private int record(@Nullable InetSocketAddress to, ByteBuffer datagram, boolean answer) {
            if (to == null) {
                throw new AssertionError("sent to nobody");
            }
            byte[] bytes = new byte[datagram.remaining()];
            datagram.duplicate().get(bytes);
            sent.add(new Sent(to, bytes, answer));
            return SENT;
        }
    }

    /** Begins both calls. Nobody is bound yet. */
    public ForwardingEnd() {
        forwarder = new Forwarder(
                flows,
                new BindHandler(sessions, AddressCookie.newKey(), ownership, moved -> {}, counters, listener),
                new Output(),
                new SenderLimitLog(new EventBus(), nowNs::get),
                counters,
                listener::onUnknownSource,
                OwnThread.ONLY);
        a = open(new Flow(host(Sender.CLASSIC_A), RELAY, source(Sender.CLASSIC_A), new FlowStats()));
        b = open(new Flow(host(Sender.CLASSIC_B), RELAY, source(Sender.CLASSIC_B), new FlowStats()));
        c = open(new Flow(host(Sender.V2_C), RELAY, new FlowStats(), new Binding(SESSION, KEY)));
        d = open(new Flow(host(Sender.V2_D), RELAY, new FlowStats(), new Binding(SESSION + 1, KEY)));
        pair(a, b);
        pair(c, d);
    }

    private Flow open(Flow flow) {
        flow.limit = new SenderLimit(SenderRate.DEFAULT, nowNs.get());
        ownership.open(flow, nowNs.get());
        if (flow.bind != null) {
            sessions.add(flow, flow.bind, nowNs.get());
        }
        return flow;
    }

    private static void pair(Flow one, Flow other) {
        one.routeTo(new Flow[] {other});
        other.routeTo(new Flow[] {one});
    }

    /** Returns the address that a sender's datagrams come from. */
    public static InetSocketAddress source(Sender sender) {
        return switch (sender) {
            case CLASSIC_A -> new InetSocketAddress(host(sender), 4_000);
            case CLASSIC_B -> new InetSocketAddress(host(sender), 4_001);
            case V2_C, V2_C_TUNNEL -> new InetSocketAddress(host(sender), 4_002);
            case V2_D -> new InetSocketAddress(host(sender), 4_003);
            case V2_C_ROAMING -> new InetSocketAddress(host(sender), 4_004);
            case CLASSIC_OTHER_PORT -> new InetSocketAddress(host(sender), 4_005);
            case STRANGER -> new InetSocketAddress(host(sender), 4_006);
        };
    }

    private static InetAddress host(Sender sender) {
        String text = switch (sender) {
            case CLASSIC_A, CLASSIC_OTHER_PORT -> "10.0.0.1";
            case CLASSIC_B -> "10.0.0.2";
            case V2_C, V2_C_TUNNEL -> "10.0.0.3";
            case V2_D -> "2001:db8::4";
            case V2_C_ROAMING -> "10.0.0.5";
            case STRANGER -> "10.0.0.6";
        };
        return IpText.parse(text).orElseThrow();
    }

    /** Lets time pass. */
    public void passMs(long ms) {
        nowNs.addAndGet(ms * 1_000_000);
    }

    /**
     * Makes a bind request of a datagram that is long enough for one: signs it for a v2 client.
     *
     * @param cookie whether to put the cookie that the sender was given last into it, and to ask for media there
     */
    public void sign(byte[] datagram, Sender sender, boolean cookie) {
        if (datagram.length < BindDatagram.MIN_BYTES || datagram.length > BindDatagram.MAX_BYTES) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(datagram);
        Flow flow = sender == Sender.V2_D ? d : c;
        Binding bind = flow.bind;
        if (bind == null) {
            throw new AssertionError("a v2 client has a binding");
        }
        BindDatagram.putRequest(
                buffer,
                datagram.length,
                bind.id,
                BindDatagram.counter(buffer),
                cookie ? cookies.getOrDefault(sender, BindDatagram.NO_COOKIE) : BindDatagram.cookie(buffer),
                cookie || BindDatagram.isActive(buffer),
                new BindDatagram.Key(KEY));
    }

    /** Takes a datagram; returns what the relay sent in return. */
    public List<Sent> onDatagram(Sender sender, byte[] datagram) {
        sent.clear();
        ByteBuffer buffer = ByteBuffer.allocate(2_201);
        buffer.put(datagram, 0, Math.min(datagram.length, buffer.capacity())).flip();
        if (sender == Sender.V2_C_TUNNEL) {
            forwarder.onTunnelled(c, buffer, nowNs.get());
        } else {
            InetSocketAddress source = source(sender);
            forwarder.onArrival(flows.find(source), () -> source, RELAY_END, buffer, nowNs.get());
        }
        for (Sent datagramSent : sent) {
            if (datagramSent.answer) {
                cookies.put(sender, BindDatagram.cookie(ByteBuffer.wrap(datagramSent.bytes)));
            }
        }
        return sent;
    }

    /** Returns a counter. */
    public long count(Counter counter) {
        return counters.get(counter);
    }

    /** Returns how often a v2 client was bound to an address. */
    public int bound() {
        return bound;
    }

    /** Returns how often the owner of an unknown source was asked for. */
    public int unknown() {
        return unknown;
    }

    /** Returns the meters of all four clients. */
    public List<LegMeter> legs() {
        return List.of(a.legs(), b.legs(), c.legs(), d.legs());
    }

    /** Returns the datagrams that the clients sent, of any length that is forwarded. */
    public long heard() {
        return a.status.packets() + b.status.packets() + c.status.packets() + d.status.packets();
    }

    /** Returns where media to the first v2 client goes; null: it is not bound. */
    public @Nullable InetSocketAddress sourceOfC() {
        return c.source;
    }
}
