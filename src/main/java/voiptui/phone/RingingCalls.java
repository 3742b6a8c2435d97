package voiptui.phone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/** The incoming calls that ring, oldest first. Bounded in number and time. Owned by the phone's thread. */
final class RingingCalls {

    /** The most calls that ring at once. */
    static final int MAX_RINGING = 10;
    /** How long a call may ring, in milliseconds. Relays end it earlier; protocol.md, section 3. */
    static final long RING_LIMIT_MS = 125_000;

    /**
     * A call that rings.
     *
     * @param call its identifier
     * @param caller the caller's name or address
     * @param fingerprint the fingerprint of the caller's certificate, as text; null: the relay shows none
     * @param shown the same, if the call can be encrypted; null otherwise
     * @param changedFrom the fingerprint that is known for the caller's name, if {@code shown} is another one; null: it is not
     * @param sinceNs when it began to ring, by the phone's clock
     */
    record RingingCall(
            String call,
            String caller,
            @Nullable String fingerprint,
            @Nullable String shown,
            @Nullable String changedFrom,
            long sinceNs) {}

    private final NanoClock clock;
    /** By identifier. */
    private final Map<String, RingingCall> calls = new LinkedHashMap<>();

    RingingCalls(NanoClock clock) {
        this.clock = clock;
    }

    /** Returns whether no call rings. */
    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Returns whether no further call may ring. */
    boolean isFull() {
        return calls.size() >= MAX_RINGING;
    }

    /** Returns whether the call with that identifier rings. */
    boolean contains(String call) {
        return calls.containsKey(call);
    }

    /** Returns the call with that identifier; empty: it does not ring. */
    Optional<RingingCall> find(String call) {
        return Optional.ofNullable(calls.get(call));
    }

    /**
     * Adds a call, which rings from now on, and returns it.
     *
     * @param shown the caller's fingerprint, if the call can be encrypted; null otherwise
     * @param changedFrom the fingerprint that is known for the caller's name, if {@code shown} is another one; null: it is not
     */
    RingingCall add(RelayMessage.Incoming incoming, @Nullable String shown, @Nullable String changedFrom) {
        RingingCall call = new RingingCall(
                incoming.call(), incoming.from(), incoming.fingerprint(), shown, changedFrom, clock.nanoTime());
        calls.put(call.call(), call);
        return call;
    }

    /** Removes a call; empty: it does not ring. */
    Optional<RingingCall> remove(String call) {
        return Optional.ofNullable(calls.remove(call));
    }

    /** Returns the call that has rung longest; empty: none rings. */
    Optional<RingingCall> oldest() {
        return oldest(any -> true);
    }

    /** Returns the matching call that has rung longest; empty: there is none. */
    Optional<RingingCall> oldest(Predicate<RingingCall> matches) {
        return calls.values().stream().filter(matches).findFirst();
    }

    /** Returns all calls, oldest first; a copy. */
    List<RingingCall> all() {
        return List.copyOf(calls.values());
    }

    /** Returns the calls with that certificate, oldest first; a copy. */
    List<RingingCall> ofFingerprint(String fingerprint) {
        return all(call -> fingerprint.equals(call.fingerprint()));
    }

    /** Returns the calls that have rung for {@link #RING_LIMIT_MS}, oldest first; a copy. */
    List<RingingCall> overdue() {
        if (calls.isEmpty()) {
            return List.of();
        }
        long nowNs = clock.nanoTime();
        return all(call -> nowNs - call.sinceNs() >= RING_LIMIT_MS * NanoClock.NS_PER_MS);
    }

    private List<RingingCall> all(Predicate<RingingCall> matches) {
        return calls.values().stream().filter(matches).toList();
    }
}
