package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.BindDatagram;

/**
 * Answers bind datagrams ({@code protocol.md}, section 4). A fresh datagram signed with a session's key gets an answer
 * with a cookie for the address that it came from. A datagram that returns this cookie moves the session's media to that
 * address. Keeps no state about other senders. Owned by the media thread.
 */
final class BindHandler {

    /** The shortest time between two moves of one session. */
    static final long MOVE_INTERVAL_NS = 50_000_000L;

    /** Receives the sessions that proved another address. */
    public interface Listener {

        /** The session proved {@code source}. Called by the media thread; must not wait. */
        void onBound(long session, InetSocketAddress source);
    }

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
    private record BoundFlow(Flow flow, Binding bind) {}

    private final SourceOwnership ownership;
    private final Counters counters;
    private final Listener listener;
    private final AddressCookie cookies = new AddressCookie();
    private final Map<SessionKey, BoundFlow> sessions = new HashMap<>();
    private final SessionKey wanted = new SessionKey(0);

    BindHandler(SourceOwnership ownership, Counters counters, Listener listener) {
        this.ownership = ownership;
        this.counters = counters;
        this.listener = listener;
    }

    /** Adds a flow with its binding. */
    void add(Flow flow, Binding bind, long nowNs) {
        bind.nextMoveNs = nowNs;
        sessions.put(new SessionKey(bind.id), new BoundFlow(flow, bind));
    }

    /** Removes a binding. */
    void remove(Binding bind) {
        sessions.computeIfPresent(new SessionKey(bind.id), (id, bound) -> bound.bind == bind ? null : bound);
    }

    /**
     * Replaces a bind request with its answer, of the same length.
     *
     * @param datagram has the layout of a request
     * @param sender the address that it came from
     * @return false if it gets no answer
     */
    boolean answer(ByteBuffer datagram, InetSocketAddress sender, long nowNs) {
        wanted.id = BindDatagram.session(datagram);
        BoundFlow bound = sessions.get(wanted);
        if (bound == null
                || !bound.bind.key.verifies(datagram)
                || !bound.bind.window.accept(BindDatagram.counter(datagram))) {
            counters.increment(Counter.BINDS_REFUSED);
            return false;
        }
        Flow flow = bound.flow;
        Binding bind = bound.bind;
        long counter = BindDatagram.counter(datagram);
        long cookie = cookies.of(bind.id, sender);
        if (sender.equals(flow.source)) {
            bind.lastHeardNs = nowNs;
        }
        if (BindDatagram.isActive(datagram)
                && BindDatagram.cookie(datagram) == cookie
                && counter == bind.window.newest()) {
            grant(flow, bind, sender, nowNs);
        }
        boolean active = flow.tunnel == null && sender.equals(flow.source);
        int bytes = datagram.remaining();
        datagram.clear();
        BindDatagram.putAnswer(datagram, bytes, bind.id, counter, cookie, active, sender, bind.key);
        counters.increment(Counter.BINDS_ANSWERED);
        return true;
    }

    private void grant(Flow flow, Binding bind, InetSocketAddress sender, long nowNs) {
        boolean same = sender.equals(flow.source);
        if (same && flow.tunnel == null || bind.nextMoveNs - nowNs > 0 || !ownership.isFree(flow, sender, nowNs)) {
            return;
        }
        bind.nextMoveNs = nowNs + MOVE_INTERVAL_NS;
        if (same) {
            flow.tunnel = null;
        }
        listener.onBound(bind.id, sender);
    }
}
