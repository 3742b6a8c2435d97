package voiptui.relay.media;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The sessions of v2 clients, by the number in their bind datagrams. Changed by the control thread; any thread may look. */
final class BindSessions {

    /** A session number as a map key; {@link Lookup} reuses one. */
    private static final class Key {
        private long id;

        Key(long id) {
            this.id = id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.id == id;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }

    /**
     * A flow and its binding, which is never null here.
     *
     * @param limit holds the binds to {@link BindHandler#BIND_RATE}; belongs to the media thread that has the flow
     * @param passedOn holds those that other threads pass on to that rate: from when on the next may come at an even pace
     */
    record Session(Flow flow, Binding bind, SenderLimit limit, AtomicLong passedOn) {

        /** What may come at once, in nanoseconds at the full rate, as for the limit itself. */
        private static final long BURST_NS = SenderRate.BURST_MS * 1_000_000L;

        private static final long INTERVAL_NS = 1_000_000_000L / BindHandler.BIND_RATE.packetsPerSecond();

        /** Returns whether one more bind may be passed on to the thread that has the flow, and counts it if so. Any thread. */
        boolean mayPassOn(long nowNs) {
            long evenNs = passedOn.get();
            long nextNs = evenNs - nowNs > 0 ? evenNs : nowNs;
            return nextNs - nowNs < BURST_NS && passedOn.compareAndSet(evenNs, nextNs + INTERVAL_NS);
        }
    }

    /** Finds sessions without allocation. One thread. */
    final class Lookup {
        private final Key wanted = new Key(0);

        /** Returns a session; null: there is none. */
        @Nullable
        Session find(long id) {
            wanted.id = id;
            return sessions.get(wanted);
        }
    }

    private final Map<Key, Session> sessions = new ConcurrentHashMap<>();

    /** Adds a flow with its binding. */
    void add(Flow flow, Binding bind, long nowNs) {
        bind.nextMoveNs = nowNs;
        SenderLimit limit = new SenderLimit(BindHandler.BIND_RATE, nowNs);
        sessions.put(new Key(bind.id), new Session(flow, bind, limit, new AtomicLong(nowNs)));
    }

    /** Removes a binding. */
    void remove(Binding bind) {
        sessions.computeIfPresent(new Key(bind.id), (id, bound) -> bound.bind == bind ? null : bound);
    }
}
