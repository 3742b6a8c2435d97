package voiptui.relay.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.Contact;
import voiptui.relay.directory.LastSeen;
import voiptui.relay.directory.NameRegistry;
import voiptui.time.NanoClock;

/**
 * Reports presence to the clients that watch: everybody whose name the relay knows, including the watcher. Changes are
 * sent at once, but at most one a second for each name, and the whole list at most every five seconds, so that nobody
 * can make the relay flood others, or itself, by signing in and out.
 *
 * <p>Owned by the control thread.
 */
final class PresenceService {

    /** The contacts in one message: at most 110 bytes each, well below 8,192 in all. */
    static final int MAX_PER_MESSAGE = 50;

    private static final long CHANGE_INTERVAL_NS = 1_000_000_000L;
    private static final long LIST_INTERVAL_NS = 5_000_000_000L;

    /** What was last sent about a name, and when. */
    private record Sent(Contact contact, long atNs) {}

    /** The state of one watching client. */
    private static final class Watcher {
        /** When it was sent the whole list, by the relay's clock. */
        private long listSentNs;
        /** Whether it is to be sent the whole list. */
        private boolean listPending;
    }

    private final Sessions sessions;
    private final NameRegistry names;
    private final LastSeen lastSeen;
    private final NanoClock clock;
    private final Map<ClientSession, Watcher> watchers = new LinkedHashMap<>();
    private final Map<String, Sent> lastSent = new HashMap<>();

    PresenceService(Sessions sessions, NameRegistry names, LastSeen lastSeen, NanoClock clock) {
        this.sessions = sessions;
        this.names = names;
        this.lastSeen = lastSeen;
        this.clock = clock;
    }

    /** Starts reporting to {@code session}, or sends it the list again. */
    void watch(ClientSession session) {
        if (watchers.isEmpty()) {
            lastSent.clear();
            online().forEach((name, contact) ->
                    lastSent.put(name, new Sent(contact, clock.nanoTime() - CHANGE_INTERVAL_NS)));
        }
        Watcher watcher = watchers.computeIfAbsent(session, added -> {
            Watcher created = new Watcher();
            created.listSentNs = clock.nanoTime() - LIST_INTERVAL_NS;
            return created;
        });
        watcher.listPending = true;
        sendList(session, watcher);
    }

    /** Notes that {@code session} has reconnected: if it watches, it may have missed changes. */
    void onResumed(ClientSession session) {
        Watcher watcher = watchers.get(session);
        if (watcher != null) {
            watcher.listPending = true;
        }
    }

    /** Stops reporting to a session that has ended. */
    void remove(ClientSession session) {
        watchers.remove(session);
    }

    /** Sends the watchers what has changed. To be called after everything that may change presence. */
    void sendChanges() {
        if (watchers.isEmpty()) {
            return;
        }
        long nowNs = clock.nanoTime();
        Map<String, Contact> online = online();
        TreeSet<String> affected = new TreeSet<>(online.keySet());
        lastSent.forEach((name, last) -> {
            if (last.contact.online()) {
                affected.add(name);
            }
        });
        for (String name : affected) {
            Contact contact = online.getOrDefault(name, offline(name));
            Sent last = lastSent.get(name);
            if (last == null || !last.contact.equals(contact) && nowNs - last.atNs >= CHANGE_INTERVAL_NS) {
                lastSent.put(name, new Sent(contact, nowNs));
                watchers.keySet().forEach(watcher -> watcher.send(new RelayMessage.Presence(contact)));
            }
        }
    }

    /** Sends what was held back by the rate limits. To be called about once a second. */
    void sweep() {
        sendChanges();
        watchers.forEach(this::sendList);
    }

    private void sendList(ClientSession session, Watcher watcher) {
        long nowNs = clock.nanoTime();
        if (!watcher.listPending || !session.isConnected() || nowNs - watcher.listSentNs < LIST_INTERVAL_NS) {
            return;
        }
        watcher.listPending = false;
        watcher.listSentNs = nowNs;
        List<Contact> all = new ArrayList<>(all());
        int from = 0;
        do {
            int to = Math.min(all.size(), from + MAX_PER_MESSAGE);
            session.send(new RelayMessage.Contacts(List.copyOf(all.subList(from, to)), to < all.size()));
            from = to;
        } while (from < all.size());
    }

    private Collection<Contact> all() {
        Map<String, Contact> online = online();
        TreeSet<String> everybody = new TreeSet<>(names.names());
        everybody.addAll(online.keySet());
        return everybody.stream()
                .map(name -> online.getOrDefault(name, offline(name)))
                .toList();
    }

    private Contact offline(String name) {
        return new Contact(name, false, false, lastSeen.of(name));
    }

    /** Returns who is online. A name is busy if no phone of it would ring. */
    private Map<String, Contact> online() {
        Map<String, Contact> online = new LinkedHashMap<>();
        for (ClientSession session : sessions.all()) {
            if (session.isConnected()) {
                Contact before = online.get(session.name());
                boolean busy = !session.isIdle() && (before == null || before.busy());
                online.put(session.name(), new Contact(session.name(), true, busy, lastSeen.of(session.name())));
            }
        }
        return online;
    }
}
