package voiptui.relay.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.relay.presence.RemotePresence;
import voiptui.relay.registrar.SessionHandler;

/**
 * Learns who is signed in at the other relays, and shares who is signed in here. Owned by the control thread.
 */
final class ClusterPresence implements RemotePresence {

    private final String relay;
    private final SessionHandler sessions;
    private final ClientLocations locations;
    private final ClusterMembers members;
    private final JoinedNode node;
    private final Executor control;
    private final Consumer<String> onRemoteChange;
    /** Names whose presence at this relay is to be told. */
    private final Set<String> changed = new TreeSet<>();
    /** What was told last. */
    private final Map<String, State> told = new HashMap<>();

    /**
     * Creates the shared part of presence.
     *
     * @param relay the fingerprint of this relay's certificate, as text
     * @param locations what it learns
     * @param members says which relays can be reached
     * @param control the control thread: tells several changes at once, when whoever makes them is done
     * @param onRemoteChange receives the names whose state at another relay has changed
     */
    ClusterPresence(
            String relay,
            SessionHandler sessions,
            ClientLocations locations,
            ClusterMembers members,
            JoinedNode node,
            Executor control,
            Consumer<String> onRemoteChange) {
        this.relay = relay;
        this.sessions = sessions;
        this.locations = locations;
        this.members = members;
        this.node = node;
        this.control = control;
        this.onRemoteChange = onRemoteChange;
    }

    /** A relay shares the state of a name there; null: not signed in any more. This relay's own entries are ignored. */
    void onClient(SharedEntries.Client client, @Nullable String value) {
        if (!client.relay().equals(relay) && locations.set(client, value == null ? null : SharedEntries.state(value))) {
            onRemoteChange.accept(client.name());
        }
    }

    /** Forgets what the entries of the cluster do not have, and corrects those that are wrong about this relay's clients. */
    void compare(Map<String, String> entries) {
        for (SharedEntries.Client client : locations.all()) {
            if (!entries.containsKey(SharedEntries.clientKey(client))) {
                onClient(client, null);
            }
        }
        Map<String, String> shared = SharedEntries.clientsAt(entries, relay);
        List<String> stale = new ArrayList<>();
        shared.forEach((name, value) -> {
            State state = sessions.presence(name);
            if (state == null) {
                stale.add(ownKey(name));
            } else if (!SharedEntries.value(state).equals(value)) {
                node.put(ownKey(name), SharedEntries.value(state));
            }
        });
        node.remove(stale);
        for (String name : sessions.online().keySet()) {
            if (!shared.containsKey(name)) {
                told.remove(name);
                onLocalChange(name);
            }
        }
    }

    private String ownKey(String name) {
        return SharedEntries.clientKey(new SharedEntries.Client(relay, name));
    }

    @Override
    public void onLocalChange(String name) {
        if (changed.isEmpty()) {
            control.execute(this::tellChanges);
        }
        changed.add(name);
    }

    private void tellChanges() {
        List<String> names = List.copyOf(changed);
        changed.clear();
        if (!node.isJoined()) {
            return;
        }
        for (String name : names) {
            State state = sessions.presence(name);
            if (state == null && told.remove(name) != null) {
                node.remove(List.of(ownKey(name)));
            } else if (state != null && told.put(name, state) != state) {
                node.put(ownKey(name), SharedEntries.value(state));
            }
        }
    }

    @Override
    public @Nullable State of(String name) {
        State state = null;
        for (Map.Entry<String, State> location : locations.of(name).entrySet()) {
            if (state != State.IDLE && members.isReachable(location.getKey())) {
                state = location.getValue();
            }
        }
        return state;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        locations.names().stream().filter(name -> of(name) != null).forEach(names::add);
        return names;
    }
}
