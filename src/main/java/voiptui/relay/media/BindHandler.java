package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.BindDatagram;
import voiptui.relay.media.socket.LocalEnd;

/**
 * Answers bind datagrams ({@code protocol.md}, section 4). A fresh datagram signed with a session's key gets an answer
 * with a cookie for the address that it came from. A datagram that returns this cookie moves the session's media to that
 * address. Keeps no state about other senders. Owned by the media thread.
 */
final class BindHandler {

    /** The shortest time between two moves of one session. */
    static final long MOVE_INTERVAL_NS = 50_000_000L;
    /** The bind datagrams of one session whose signature is checked: a client sends two a second, and few more at a time. */
    static final SenderRate BIND_RATE = new SenderRate(200, 200 * BindDatagram.MAX_BYTES);

    /** A session number as a map key; one instance is reused for every look-up. */
    private static final class SessionKey {
        private long id;

        SessionKey(long id) {
            this.id = id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SessionKey key && key.id == id;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }

    /** A flow and its binding, which is never null here. */
    record Session(Flow flow, Binding bind, SenderLimit limit) {}

    private final SourceOwnership ownership;
    private final Counters counters;
    private final MediaListener listener;
    private final AddressCookie cookies = new AddressCookie();
    private final Map<SessionKey, Session> sessions = new HashMap<>();
    private final SessionKey wanted = new SessionKey(0);

    BindHandler(SourceOwnership ownership, Counters counters, MediaListener listener) {
        this.ownership = ownership;
        this.counters = counters;
        this.listener = listener;
    }

    /** Adds a flow with its binding. */
    void add(Flow flow, Binding bind, long nowNs) {
        bind.nextMoveNs = nowNs;
        sessions.put(new SessionKey(bind.id), new Session(flow, bind, new SenderLimit(BIND_RATE, nowNs)));
    }

    /** Removes a binding. */
    void remove(Binding bind) {
        sessions.computeIfPresent(new SessionKey(bind.id), (id, bound) -> bound.bind == bind ? null : bound);
    }

    /**
     * Returns the session that signed a bind request; null if there is none, the signature is wrong, or the session asks too
     * often. Does not count the datagram in {@link Counter}.
     *
     * @param datagram has the layout of a request
     */
    @Nullable
    Session signer(ByteBuffer datagram, long nowNs) {
        wanted.id = BindDatagram.session(datagram);
        Session session = sessions.get(wanted);
        return session != null
                        && session.limit.allows(datagram.remaining(), nowNs)
                        && session.bind.key.verifies(datagram)
                ? session
                : null;
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
        Flow flow = session.flow;
        Binding bind = session.bind;
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
            ownership.relocate(flow, arrivedAt.local);
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
