package voiptui.relay.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import voiptui.relay.presence.RemotePresence.State;

/**
 * At which other relays each name is signed in, as those relays have shared it, whether they can be reached or not. Owned by the control
 * thread.
 */
final class ClientLocations {

    /** By name, and then by relay. */
    private final Map<String, Map<String, State>> byName = new HashMap<>();

    /**
     * Notes the state of a name at a relay.
     *
     * @param state null: not signed in there
     * @return whether that is news
     */
    boolean set(SharedEntries.Client client, @Nullable State state) {
        Map<String, State> relays = byName.computeIfAbsent(client.name(), added -> new HashMap<>());
        State before = state == null ? relays.remove(client.relay()) : relays.put(client.relay(), state);
        if (relays.isEmpty()) {
            byName.remove(client.name());
        }
        return before != state;
    }

    /** Returns the states of a name by relay; to be read only. */
    Map<String, State> of(String name) {
        return byName.getOrDefault(name, Map.of());
    }

    /** Returns the names that are signed in somewhere; to be read only. */
    Set<String> names() {
        return byName.keySet();
    }

    /** Returns the names that are signed in at a relay, in alphabetical order; a copy. */
    Set<String> namesAt(String relay) {
        Set<String> names = new TreeSet<>();
        byName.forEach((name, relays) -> {
            if (relays.containsKey(relay)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Returns each name at each relay; a copy. */
    List<SharedEntries.Client> all() {
        List<SharedEntries.Client> all = new ArrayList<>();
        byName.forEach(
                (name, relays) -> relays.keySet().forEach(relay -> all.add(new SharedEntries.Client(relay, name))));
        return all;
    }
}
