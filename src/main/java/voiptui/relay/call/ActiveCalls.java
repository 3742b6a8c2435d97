package voiptui.relay.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voiptui.relay.call.Call.Phase;
import voiptui.relay.media.measure.LegMeter;

/**
 * The calls that have not ended, oldest first, and which of them each session is placing or is rung by. Keeps both views
 * consistent. Owned by the control thread.
 */
public final class ActiveCalls {

    /**
     * How much there is to do.
     *
     * @param online clients that are connected
     * @param unanswered calls that ring, or wait for somebody to be there
     * @param calls connected calls between v2 clients
     * @param mixedCalls connected calls between a v2 and a classic client
     * @param legs those of both sides of these calls
     */
    public record Load(int online, int unanswered, int calls, int mixedCalls, List<LegMeter> legs) {

        /** Nobody is there. */
        public static final Load NONE = new Load(0, 0, 0, 0, List.of());
    }

    private final Map<String, Call> byId = new LinkedHashMap<>();

    /** Adds a call, whose id must be unused. */
    void add(Call call) {
        byId.put(call.id, call);
        if (call.caller instanceof ClientSession session) {
            session.placing.add(call);
        }
    }

    /** Removes a call, which rings no longer. */
    void remove(Call call) {
        byId.remove(call.id);
        stopRinging(call);
        stopPlacing(call);
    }

    /** Takes a call from those that its caller is placing: it is answered or has ended. */
    void stopPlacing(Call call) {
        if (call.caller instanceof ClientSession session) {
            session.placing.remove(call);
        }
    }

    /** Makes a phone ring. */
    void startRinging(Call call, ClientSession phone) {
        call.ringing.add(phone);
        phone.ringing.add(call);
    }

    /** Stops one phone's ringing. */
    void stopRinging(Call call, ClientSession phone) {
        call.ringing.remove(phone);
        phone.ringing.remove(call);
    }

    /** Stops all phones' ringing. */
    void stopRinging(Call call) {
        call.ringing.forEach(phone -> phone.ringing.remove(call));
        call.ringing.clear();
    }

    /** Returns the call with that id. */
    Optional<Call> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns whether {@code call} has not ended. */
    boolean contains(Call call) {
        return byId.get(call.id) == call;
    }

    /**
     * Returns how many calls there are of each kind, and their legs.
     *
     * @param online how many clients are connected
     */
    public Load load(int online) {
        int connected = 0;
        int mixed = 0;
        List<LegMeter> legs = new ArrayList<>();
        for (Call call : byId.values()) {
            if (call.phase == Phase.CONNECTED) {
                CallParty other = call.other(call.caller);
                connected++;
                mixed += call.caller instanceof ClassicClient || other instanceof ClassicClient ? 1 : 0;
                legs.add(call.caller.flow().legs());
                legs.add(other.flow().legs());
            }
        }
        return new Load(online, byId.size() - connected, connected - mixed, mixed, legs);
    }

    /** Returns all calls, oldest first; a copy. */
    public List<Call> all() {
        return List.copyOf(byId.values());
    }

    /** Returns the call that a classic client is placing. */
    Optional<Call> placedBy(ClassicClient client) {
        return byId.values().stream()
                .filter(call -> call.caller == client && call.phase != Phase.CONNECTED)
                .findFirst();
    }

    /** Returns the calls that may ring {@code phone} and do not yet, oldest first; a copy. */
    List<Call> waitingFor(ClientSession phone) {
        return byId.values().stream()
                .filter(call -> call.mayRing() && call.isFor(phone) && !call.ringing.contains(phone))
                .toList();
    }

    /** Returns the oldest call in the opposite direction: the two callers call each other. */
    Optional<Call> findOpposite(Call call) {
        if (call.phase == Phase.CONNECTED || !call.caller.isAvailable()) {
            return Optional.empty();
        }
        return byId.values().stream()
                .filter(other -> other.phase != Phase.CONNECTED
                        && other.caller.isAvailable()
                        && !call.caller.isSameUser(other.caller)
                        && !(call.caller instanceof ClassicClient && other.caller instanceof ClassicClient)
                        && call.target.matches(other.caller)
                        && other.target.matches(call.caller))
                .findFirst();
    }

    /** Returns whether {@code one} continues: the call that its caller believes connected; else the older one. */
    boolean isKept(Call one, Call other) {
        if ((one.phase == Phase.REJOINING) != (other.phase == Phase.REJOINING)) {
            return one.phase == Phase.REJOINING;
        }
        return isOlder(one, other);
    }

    /** Returns whether {@code one} was placed before {@code other}. */
    private boolean isOlder(Call one, Call other) {
        return byId.values().stream()
                        .filter(call -> call == one || call == other)
                        .findFirst()
                        .orElseThrow()
                == one;
    }
}
