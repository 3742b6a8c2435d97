package voiptui.phone;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The identifiers of calls that were rejected or hung up here: if the relay lost that news with a connection, it announces
 * them again. Bounded. Owned by the phone's thread.
 */
final class FinishedCalls {

    /** How many calls are remembered. */
    static final int MAX_REMEMBERED = 64;

    /** The oldest first. */
    private final Set<String> calls = new LinkedHashSet<>();

    /** Remembers a call; the oldest is forgotten if there are too many. */
    void add(String call) {
        calls.remove(call);
        calls.add(call);
        if (calls.size() > MAX_REMEMBERED) {
            calls.remove(calls.iterator().next());
        }
    }

    /** Returns whether a call is remembered. */
    boolean contains(String call) {
        return calls.contains(call);
    }
}
