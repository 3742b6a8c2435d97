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
 * Who is here, for those who watch: everybody whose name the relay knows, the watcher's own among them. A change is told at
 * once, but of each name not more often than once a second, and the whole list not more often than every five: nobody can
 * make the relay flood others, or itself, by coming and going.
 *
 * <p>Owned by the control thread.
 */
final class PresenceService {

    /** How many go into one message: at most 110 bytes each, which keeps it well below 8,192. */
    static final int MAX_IN_MESSAGE = 50;

    private static final long CHANGE_INTERVAL_NS = 1_000_000_000L;
    private static final long LIST_INTERVAL_NS = 5_000_000_000L;

    /** What was last told of a name, and when. */
    private record Told(Contact contact, long atNs) {}

    /** One who watches, and when it had the whole list. */
    private static final class Watcher {
        private long listedNs;
        private boolean wantsList;
    }

    private final Sessions stations;
    private final NameRegistry names;
    private final LastSeen lastSeen;
    private final NanoClock clock;
    private final Map<ClientSession, Watcher> watchers = new LinkedHashMap<>();
    private final Map<String, Told> told = new HashMap<>();

    PresenceService(Sessions stations, NameRegistry names, LastSeen lastSeen, NanoClock clock) {
        this.stations = stations;
        this.names = names;
        this.lastSeen = lastSeen;
        this.clock = clock;
    }

    /** {@code station} watches from now on. */
    void watch(ClientSession station) {
        if (watchers.isEmpty()) {
            told.clear();
            online().forEach((name, contact) ->
                    told.put(name, new Told(contact, clock.nanoTime() - CHANGE_INTERVAL_NS)));
        }
        Watcher watcher = watchers.computeIfAbsent(station, fresh -> {
            Watcher begun = new Watcher();
            begun.listedNs = clock.nanoTime() - LIST_INTERVAL_NS;
            return begun;
        });
        watcher.wantsList = true;
        list(station, watcher);
    }

    /** {@code station} is back on another connection: if it watches, it may have missed something. */
    void onResumed(ClientSession station) {
        Watcher watcher = watchers.get(station);
        if (watcher != null) {
            watcher.wantsList = true;
        }
    }

    /** {@code station} is no more. */
    void forget(ClientSession station) {
        watchers.remove(station);
    }

    /** Tells the watchers what has changed since they were told. Called after whatever may have changed something. */
    void tellChanges() {
        if (watchers.isEmpty()) {
            return;
        }
        long nowNs = clock.nanoTime();
        Map<String, Contact> online = online();
        TreeSet<String> concerned = new TreeSet<>(online.keySet());
        told.forEach((name, last) -> {
            if (last.contact.online()) {
                concerned.add(name);
            }
        });
        for (String name : concerned) {
            Contact contact = online.getOrDefault(name, offline(name));
            Told last = told.get(name);
            if (last == null || !last.contact.equals(contact) && nowNs - last.atNs >= CHANGE_INTERVAL_NS) {
                told.put(name, new Told(contact, nowNs));
                watchers.keySet().forEach(watcher -> watcher.say(new RelayMessage.Presence(contact)));
            }
        }
    }

    /** Tells what had to wait. Called about once a second. */
    void sweep() {
        tellChanges();
        watchers.forEach(this::list);
    }

    private void list(ClientSession station, Watcher watcher) {
        long nowNs = clock.nanoTime();
        if (!watcher.wantsList || !station.isThere() || nowNs - watcher.listedNs < LIST_INTERVAL_NS) {
            return;
        }
        watcher.wantsList = false;
        watcher.listedNs = nowNs;
        List<Contact> all = new ArrayList<>(all());
        int from = 0;
        do {
            int to = Math.min(all.size(), from + MAX_IN_MESSAGE);
            station.say(new RelayMessage.Contacts(List.copyOf(all.subList(from, to)), to < all.size()));
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

    /** Those who are here. One is busy where no process of its name would ring. */
    private Map<String, Contact> online() {
        Map<String, Contact> online = new LinkedHashMap<>();
        for (ClientSession station : stations.all()) {
            if (station.isThere()) {
                Contact before = online.get(station.name());
                boolean busy = !station.isIdle() && (before == null || before.busy());
                online.put(station.name(), new Contact(station.name(), true, busy, lastSeen.of(station.name())));
            }
        }
        return online;
    }
}
