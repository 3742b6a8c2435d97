package voiptui.relay.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import voiptui.protocol.CallEnding;
import voiptui.time.NanoClock;

/**
 * Why recent calls ended, for clients that were disconnected at that time and ask later. Bounded in time and number.
 * Owned by the control thread.
 */
public final class EndedCalls {

    /** How long an ended call is remembered, in milliseconds. */
    public static final int REMEMBERED_MS = 60_000;
    /** The greatest number of remembered calls. */
    public static final int MAX_REMEMBERED = 1_000;

    private static final long REMEMBERED_NS = REMEMBERED_MS * NS_PER_MS;

    /** An ended call; only {@code parties} may learn of it. */
    private record Ended(CallEnding reason, Set<String> parties, long atNs) {}

    private final NanoClock clock;
    /** Oldest first. */
    private final Map<String, Ended> byId = new LinkedHashMap<>();

    /** Creates an empty memory. */
    public EndedCalls(NanoClock clock) {
        this.clock = clock;
    }

    /** Remembers a call that ends now. */
    public void add(String id, CallEnding reason, Set<String> parties) {
        byId.remove(id);
        byId.put(id, new Ended(reason, parties, clock.nanoTime()));
        if (byId.size() > MAX_REMEMBERED) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    /** Returns why a call ended that {@code party} was in or was rung by; empty: no such call, or too long ago. */
    public Optional<CallEnding> reason(String id, String party) {
        return Optional.ofNullable(byId.get(id))
                .filter(ended -> ended.parties.contains(party))
                .map(Ended::reason);
    }

    /** Returns why a call ended; empty: no such call, or too long ago. */
    public Optional<CallEnding> reason(String id) {
        return Optional.ofNullable(byId.get(id)).map(Ended::reason);
    }

    /** Returns whether a call with that id ended recently. */
    public boolean contains(String id) {
        return byId.containsKey(id);
    }

    /** Forgets calls that ended too long ago. */
    public void sweep() {
        long nowNs = clock.nanoTime();
        byId.values().removeIf(ended -> nowNs - ended.atNs >= REMEMBERED_NS);
    }

    /** Returns the number of remembered calls. */
    public int size() {
        return byId.size();
    }
}
