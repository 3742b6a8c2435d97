package voiptui.relay.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The v2 sessions, connected or not, by instance, id and media address. Owned by the control thread.
 *
 * @param <S> the sessions
 */
public final class Sessions<S extends Session> {

    /** Identifies a client process over its connections. */
    private record Key(String fingerprint, String instance) {
        static Key of(Session.Client client) {
            return new Key(client.fingerprint(), client.instance());
        }
    }

    /** In the order of sign-in. */
    private final Map<Key, S> byKey = new LinkedHashMap<>();

    private final Map<Long, S> byId = new HashMap<>();

    /** Adds a session. */
    public void add(S session) {
        byKey.put(Key.of(session.client()), session);
        byId.put(session.id(), session);
    }

    /** Removes a session; no effect if it is not there. */
    public void remove(S session) {
        byKey.remove(Key.of(session.client()), session);
        byId.remove(session.id(), session);
    }

    /** Returns the session of the client process with that certificate and instance. */
    public Optional<S> find(String fingerprint, String instance) {
        return Optional.ofNullable(byKey.get(new Key(fingerprint, instance)));
    }

    /** Returns the session whose bind datagrams carry {@code id}. */
    public Optional<S> ofId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns the session whose media comes from {@code source}. */
    public Optional<S> ofSource(InetSocketAddress source) {
        return byKey.values().stream()
                .filter(session -> source.equals(session.source()))
                .findFirst();
    }

    /** Returns all sessions, oldest first; a live view. */
    public Collection<S> all() {
        return byKey.values();
    }

    /** Returns the sessions that match, oldest first; a copy. */
    public List<S> all(Predicate<S> matches) {
        List<S> found = new ArrayList<>(byKey.values());
        found.removeIf(matches.negate());
        return found;
    }

    /** Returns the number of sessions. */
    public int size() {
        return byKey.size();
    }
}
