package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.BindDatagram;
import voiptui.relay.media.BindSessions.Session;
import voiptui.relay.media.socket.LocalEnd;

/**
 * Answers bind datagrams ({@code protocol.md}, section 4). A fresh datagram signed with a session's key gets an answer
 * with a cookie for the address that it came from. A datagram that returns this cookie moves the session's media to that
 * address. Keeps no state about other senders. Owned by one media thread, for the sessions whose flow that has.
 */
final class BindHandler {

    /** The shortest time between two moves of one session. */
    static final long MOVE_INTERVAL_NS = 50_000_000L;
    /** The bind datagrams of one session whose signature is checked: a client sends two a second, and few more at a time. */
    static final SenderRate BIND_RATE = new SenderRate(200, 200 * BindDatagram.MAX_BYTES);

    private final BindSessions.Lookup sessions;
    private final AddressCookie cookies;
    private final SourceOwnership ownership;
    private final Consumer<Flow> relocated;
    private final Counters counters;
    private final MediaListener listener;

    /**
     * Creates a handler.
     *
     * @param cookieKey the key of the cookies
     * @param relocated receives each flow whose client, without moving, uses another address of the relay
     */
    BindHandler(
            BindSessions sessions,
            byte[] cookieKey,
            SourceOwnership ownership,
            Consumer<Flow> relocated,
            Counters counters,
            MediaListener listener) {
        this.sessions = sessions.new Lookup();
        this.cookies = new AddressCookie(cookieKey);
        this.ownership = ownership;
        this.relocated = relocated;
        this.counters = counters;
        this.listener = listener;
    }

    /**
     * Returns the session that a bind request names; null if there is none. Whether it comes from that is not known then.
     *
     * @param datagram has the layout of a request
     */
    @Nullable
    Session session(ByteBuffer datagram) {
        return sessions.find(BindDatagram.session(datagram));
    }

    /**
     * Returns whether a session signed a bind request; false if the signature is wrong or the session asks too often. Does not count the
     * datagram in {@link Counter}.
     *
     * @param session has its flow with this thread
     */
    boolean isSignedBy(Session session, ByteBuffer datagram, long nowNs) {
        return session.limit().allows(datagram.remaining(), nowNs)
                && session.bind().key.verifies(datagram);
    }

    /**
     * Replaces a bind request with its answer, of the same length.
     *
     * @param datagram was signed by {@code session}
     * @param sender the address that it came from
     * @param arrivedAt where it came to
     * @return false if it gets no answer: its counter is used or too old
     */
    boolean answer(Session session, ByteBuffer datagram, InetSocketAddress sender, LocalEnd arrivedAt, long nowNs) {
        Flow flow = session.flow();
        Binding bind = session.bind();
        long counter = BindDatagram.counter(datagram);
        if (!bind.window.accept(counter)) {
            return false;
        }
        long cookie = cookies.of(bind.id, sender);
        if (sender.equals(flow.source)) {
            bind.lastHeardNs = nowNs;
        }
        if (BindDatagram.isActive(datagram)
                && BindDatagram.cookie(datagram) == cookie
                && counter == bind.window.newest()) {
            grant(flow, bind, sender, arrivedAt, nowNs);
        }
        boolean active = flow.tunnel == null && sender.equals(flow.source);
        int bytes = datagram.remaining();
        datagram.clear();
        BindDatagram.putAnswer(datagram, bytes, bind.id, counter, cookie, active, sender, bind.key);
        counters.increment(Counter.BINDS_ANSWERED);
        return true;
    }

    private void grant(Flow flow, Binding bind, InetSocketAddress sender, LocalEnd arrivedAt, long nowNs) {
        boolean same = sender.equals(flow.source);
        if (same && arrivedAt.local != null && !flow.local.equals(arrivedAt.local)) {
            flow.local = arrivedAt.local;
            relocated.accept(flow);
        }
        if (same && flow.tunnel == null || bind.nextMoveNs - nowNs > 0 || !ownership.isFree(flow, sender, nowNs)) {
            return;
        }
        bind.nextMoveNs = nowNs + MOVE_INTERVAL_NS;
        if (same) {
            flow.tunnel = null;
        } else if (arrivedAt.local != null) {
            flow.proved = new Flow.Proof(sender, arrivedAt.local);
        }
        listener.onBound(bind.id, sender);
    }
}
