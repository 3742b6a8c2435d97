package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import voiptui.protocol.CallEnding;
import voiptui.time.NanoClock;

/**
 * What became of the calls that ended a moment ago, for those who were away and ask. Bounded in time and number.
 * Owned by the control thread.
 */
final class EndedCalls {

    /** How long an ended call is remembered, in milliseconds. */
    static final int REMEMBERED_MS = 60_000;
    /** How many are remembered at most. */
    static final int MAX_REMEMBERED = 1_000;

    private static final long REMEMBERED_NS = REMEMBERED_MS * NS_PER_MS;

    /** One that is over; {@code parties} are the only ones who may know. */
    private record Ended(CallEnding reason, Set<String> parties, long atNs) {}

    private final NanoClock clock;
    /** The oldest first. */
    private final Map<String, Ended> byId = new LinkedHashMap<>();

    EndedCalls(NanoClock clock) {
        this.clock = clock;
    }

    /** Remembers a call that is over now. */
    void add(String id, CallEnding reason, Set<String> parties) {
        byId.remove(id);
        byId.put(id, new Ended(reason, parties, clock.nanoTime()));
        if (byId.size() > MAX_REMEMBERED) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    /** Why a call that {@code party} was in, or was rung by, is over; nothing when there was none of late. */
    Optional<CallEnding> reason(String id, String party) {
        return Optional.ofNullable(byId.get(id))
                .filter(ended -> ended.parties.contains(party))
                .map(Ended::reason);
    }

    /** Whether a call of that number ended of late. */
    boolean contains(String id) {
        return byId.containsKey(id);
    }

    /** Forgets those whose time is over. */
    void sweep() {
        long nowNs = clock.nanoTime();
        byId.values().removeIf(ended -> nowNs - ended.atNs >= REMEMBERED_NS);
    }

    int size() {
        return byId.size();
    }
}
