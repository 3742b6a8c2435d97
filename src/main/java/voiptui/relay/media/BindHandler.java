package voiptui.relay.media;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.BindDatagram;

/**
 * Answers bind datagrams ({@code protocol.md}, section 4): who shows the key of a session, in a datagram that was not there
 * before, gets an answer and with it a cookie for the address that it came from; who shows that cookie, too, may have its
 * media there. Nothing is remembered about anybody else. Owned by the media thread.
 */
final class BindHandler {

    /** Who was not heard for longer than that does not keep others from its address: two binds of one who is idle. */
    static final long ALIVE_NS = 31_000_000_000L;
    /** How often one session may ask for another address. */
    static final long MOVE_INTERVAL_NS = 50_000_000L;

    /** Told of a session that may have its media somewhere else than before. */
    public interface Listener {

        /** Called by the media thread; must not wait. */
        void onBound(long session, InetSocketAddress source);
    }

    /** A session's number as a key of the table; one is used again and again to look with. */
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

    private final FlowTable flows;
    private final Counters counters;
    private final Listener listener;
    private final AddressCookie cookies = new AddressCookie();
    private final Map<SessionKey, Flow> sessions = new HashMap<>();
    private final SessionKey wanted = new SessionKey(0);

    BindHandler(FlowTable flows, Counters counters, Listener listener) {
        this.flows = flows;
        this.counters = counters;
        this.listener = listener;
    }

    /** Enters a flow that is bound. */
    void add(Flow flow, long nowNs) {
        flow.bind.nextMoveNs = nowNs;
        sessions.put(new SessionKey(flow.bind.id), flow);
    }

    /** Strikes it out. */
    void remove(Flow flow) {
        sessions.remove(new SessionKey(flow.bind.id), flow);
    }

    /**
     * Puts the answer to a bind datagram in its place, of the same length.
     *
     * @param datagram looks like a request
     * @param sender where it came from
     * @return whether there is an answer
     */
    boolean answer(ByteBuffer datagram, InetSocketAddress sender, long nowNs) {
        wanted.id = BindDatagram.session(datagram);
        Flow flow = sessions.get(wanted);
        if (flow == null
                || !flow.bind.key.verifies(datagram)
                || !flow.bind.window.accept(BindDatagram.counter(datagram))) {
            counters.increment(Counter.BINDS_REFUSED);
            return false;
        }
        Binding bind = flow.bind;
        long counter = BindDatagram.counter(datagram);
        long cookie = cookies.of(bind.id, sender);
        if (sender.equals(flow.source)) {
            bind.lastHeardNs = nowNs;
        }
        if (BindDatagram.isActive(datagram)
                && BindDatagram.cookie(datagram) == cookie
                && counter == bind.window.newest()) {
            grant(flow, sender, nowNs);
        }
        boolean active = flow.tunnel == null && sender.equals(flow.source);
        int bytes = datagram.remaining();
        datagram.clear();
        BindDatagram.putAnswer(datagram, bytes, bind.id, counter, cookie, active, sender, bind.key);
        counters.increment(Counter.BINDS_ANSWERED);
        return true;
    }

    private void grant(Flow flow, InetSocketAddress sender, long nowNs) {
        boolean same = sender.equals(flow.source);
        if (same && flow.tunnel == null || flow.bind.nextMoveNs - nowNs > 0 || !mayHave(flow, sender, nowNs)) {
            return;
        }
        flow.bind.nextMoveNs = nowNs + MOVE_INTERVAL_NS;
        if (same) {
            flow.tunnel = null;
        }
        listener.onBound(flow.bind.id, sender);
    }

    /** Whether {@code source} is free for {@code flow}: nobody else's who is alive. */
    boolean mayHave(Flow flow, InetSocketAddress source, long nowNs) {
        Flow holder = flows.find(source);
        return holder == null || holder == flow || !isAlive(holder, nowNs);
    }

    private static boolean isAlive(Flow flow, long nowNs) {
        return flow.status.isHeardWithin(ALIVE_NS, nowNs)
                || flow.bind != null && nowNs - flow.bind.lastHeardNs < ALIVE_NS;
    }
}
