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

/** The v2 sessions, connected or not, by instance, id and media address. Owned by the control thread. */
final class Sessions {

    /** Identifies a client process over its connections. */
    private record Key(String fingerprint, String instance) {
        static Key of(ClientSession.Client client) {
            return new Key(client.fingerprint(), client.instance());
        }
    }

    /** In the order of sign-in. */
    private final Map<Key, ClientSession> byKey = new LinkedHashMap<>();

    private final Map<Long, ClientSession> byId = new HashMap<>();

    void add(ClientSession session) {
        byKey.put(Key.of(session.client()), session);
        byId.put(session.id(), session);
    }

    void remove(ClientSession session) {
        byKey.remove(Key.of(session.client()), session);
        byId.remove(session.id(), session);
    }

    /** Returns the session of the client process with that certificate and instance. */
    Optional<ClientSession> find(String fingerprint, String instance) {
        return Optional.ofNullable(byKey.get(new Key(fingerprint, instance)));
    }

    /** Returns the session whose bind datagrams carry {@code id}. */
    Optional<ClientSession> ofId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns the session whose media comes from {@code source}. */
    Optional<ClientSession> ofSource(InetSocketAddress source) {
        return byKey.values().stream()
                .filter(session -> source.equals(session.source()))
                .findFirst();
    }

    /** Returns all sessions, oldest first; a live view. */
    Collection<ClientSession> all() {
        return byKey.values();
    }

    /** Returns the sessions that match, oldest first; a copy. */
    List<ClientSession> all(Predicate<ClientSession> matches) {
        List<ClientSession> found = new ArrayList<>(byKey.values());
        found.removeIf(matches.negate());
        return found;
    }

    int size() {
        return byKey.size();
    }
}
