package voiptui.relay.call;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The stations that are signed in or may come back, by all that they are known by. Owned by the control thread. */
final class Sessions {

    /** What a process is known by, over its connections. */
    private record Key(String fingerprint, String instance) {}

    /** In the order in which they came. */
    private final Map<Key, ClientSession> byKey = new LinkedHashMap<>();

    private final Map<Long, ClientSession> bySession = new HashMap<>();

    void add(ClientSession station) {
        byKey.put(new Key(station.fingerprint, station.instance), station);
        bySession.put(station.flow().bind.id, station);
    }

    void remove(ClientSession station) {
        byKey.remove(new Key(station.fingerprint, station.instance), station);
        bySession.remove(station.flow().bind.id, station);
    }

    /** The process of that certificate and instance. */
    Optional<ClientSession> find(String fingerprint, String instance) {
        return Optional.ofNullable(byKey.get(new Key(fingerprint, instance)));
    }

    /** The station whose bind datagrams name {@code session}. */
    Optional<ClientSession> ofSession(long session) {
        return Optional.ofNullable(bySession.get(session));
    }

    /** The station whose media comes from {@code source}. */
    Optional<ClientSession> ofSource(InetSocketAddress source) {
        return byKey.values().stream()
                .filter(station -> source.equals(station.source()))
                .findFirst();
    }

    /** Whether a session of that number is open. */
    boolean hasSession(long session) {
        return bySession.containsKey(session);
    }

    /** All, the oldest first. */
    Collection<ClientSession> all() {
        return byKey.values();
    }

    /** Those of which {@code which} is true, the oldest first; a copy. */
    List<ClientSession> all(Predicate<ClientSession> which) {
        List<ClientSession> found = new ArrayList<>(byKey.values());
        found.removeIf(which.negate());
        return found;
    }

    int size() {
        return byKey.size();
    }
}
