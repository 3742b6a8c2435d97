package voiptui.relay.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.Contact;
import voiptui.relay.directory.LastSeen;
import voiptui.relay.directory.NameRegistry;
import voiptui.time.NanoClock;
import voiptui.time.TokenBucket;

/**
 * Reports presence to the clients that watch: everybody whose name the relay knows, including the watcher. Changes are
 * sent at once, but at most one a second for each name, and the whole list at most every five seconds, so that nobody
 * can make the relay flood others, or itself, by signing in and out. When many change and many watch, as after a restart
 * of the relay, changes are collected for up to a second.
 *
 * <p>Only names that changed are looked at: sessions report their changes to {@link #onChanged}.
 *
 * <p>Owned by the control thread.
 */
public final class PresenceService {

    /** The contacts in one message: at most 110 bytes each, well below 8,192 in all. */
    public static final int MAX_PER_MESSAGE = 50;
    /** The most changes in one write: at most 130 bytes each. */
    public static final int MAX_PER_BATCH = 100;
    /** How many writes a second changes may cause that are not collected; one to each watcher. */
    static final int WRITES_PER_SECOND = 4_000;
    /** How many of them may come at once. */
    static final int WRITES_BURST = 2_000;

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
        /** The list that is being sent; null: none. */
        private @Nullable Listing listing;
    }

    private final NameRegistry names;
    private final LastSeen lastSeen;
    private final NanoClock clock;
    private final Map<String, Set<PresenceClient>> sessionsByName = new HashMap<>();
    private final Map<PresenceClient, Watcher> watchers = new LinkedHashMap<>();
    private final Map<String, Sent> lastSent = new HashMap<>();
    private final TokenBucket writes;
    /** Names whose presence may have changed. */
    private Set<String> changed = new TreeSet<>();

    private RemotePresence remote = RemotePresence.NONE;
    /** Names that changed again within the interval. */
    private final Set<String> heldBack = new TreeSet<>();

    /**
     * Creates a service that nobody watches yet.
     *
     * @param names the names that are listed, besides those who are online
     * @param lastSeen when each name was last online
     */
    public PresenceService(NameRegistry names, LastSeen lastSeen, NanoClock clock) {
        this.names = names;
        this.lastSeen = lastSeen;
        this.clock = clock;
        this.writes = new TokenBucket(WRITES_PER_SECOND, WRITES_BURST, clock);
    }

    /** Notes that {@code session} may have come online, gone offline, or become busy or idle; sends nothing. */
    public void onChanged(PresenceClient session) {
        if (session.hasEnded()) {
            sessionsByName.computeIfPresent(session.name(), (name, all) -> without(all, session));
        } else {
            sessionsByName.merge(session.name(), Set.of(session), PresenceService::union);
        }
        changed.add(session.name());
        remote.onLocalChange(session.name());
    }

    /** Returns both together; the set of a name with one session, as most have, is immutable and small. */
    private static Set<PresenceClient> union(Set<PresenceClient> all, Set<PresenceClient> more) {
        if (all.containsAll(more)) {
            return all;
        }
        Set<PresenceClient> both = new LinkedHashSet<>(all);
        both.addAll(more);
        return both;
    }

    /** Returns the others; null: none. */
    private static @Nullable Set<PresenceClient> without(Set<PresenceClient> all, PresenceClient gone) {
        Set<PresenceClient> left = new LinkedHashSet<>(all);
        left.remove(gone);
        return left.isEmpty() ? null : left.size() == 1 ? Set.copyOf(left) : left;
    }

    /** Reports who is signed in at other relays, too, and tells those who is signed in here. */
    public void use(RemotePresence others) {
        remote = others;
        sessionsByName.keySet().forEach(others::onLocalChange);
    }

    /** Notes that the presence of a name at other relays may have changed; sends nothing. */
    public void onRemoteChange(String name) {
        changed.add(name);
    }

    /** Returns the state of a name at this relay; null: nobody is signed in. */
    public RemotePresence.@Nullable State local(String name) {
        RemotePresence.State state = null;
        for (PresenceClient session : sessionsByName.getOrDefault(name, Set.of())) {
            if (session.isConnected()) {
                state = state == RemotePresence.State.IDLE || session.isIdle()
                        ? RemotePresence.State.IDLE
                        : RemotePresence.State.BUSY;
            }
        }
        return state;
    }

    /** Starts reporting to {@code session}, or sends it the list again. */
    public void watch(PresenceClient session) {
        if (watchers.isEmpty()) {
            forgetChanges();
        }
        Watcher watcher = watchers.computeIfAbsent(session, added -> {
            Watcher created = new Watcher();
            created.listSentNs = clock.nanoTime() - LIST_INTERVAL_NS;
            return created;
        });
        watcher.listPending = true;
        sendList(session, watcher);
    }

    /** Takes the present state as sent: nobody watched so far. */
    private void forgetChanges() {
        lastSent.clear();
        changed.clear();
        heldBack.clear();
        long beforeNs = clock.nanoTime() - CHANGE_INTERVAL_NS;
        Stream.concat(sessionsByName.keySet().stream(), remote.names().stream())
                .distinct()
                .map(this::contact)
                .filter(Contact::online)
                .forEach(contact -> lastSent.put(contact.name(), new Sent(contact, beforeNs)));
    }

    /** Notes that {@code session} has reconnected: if it watches, it may have missed changes. */
    public void onResumed(PresenceClient session) {
        Watcher watcher = watchers.get(session);
        if (watcher != null) {
            watcher.listPending = true;
            watcher.listing = null;
        }
    }

    /** Stops reporting to a session that has ended. */
    public void remove(PresenceClient session) {
        watchers.remove(session);
    }

    /** Sends the watchers what has changed. To be called after everything that may change presence. */
    public void sendChanges() {
        if (watchers.isEmpty()) {
            changed.clear();
            heldBack.clear();
        } else if (!changed.isEmpty() && writes.has(Math.min(watchers.size(), WRITES_BURST))) {
            send(takeChanges());
        }
    }

    /** Returns the changes that may be sent now. */
    private List<RelayMessage> takeChanges() {
        long nowNs = clock.nanoTime();
        Set<String> candidates = changed;
        changed = new TreeSet<>();
        List<RelayMessage> changes = new ArrayList<>();
        for (String name : candidates) {
            Contact contact = contact(name);
            Sent last = lastSent.get(name);
            if (last == null ? !contact.online() : last.contact.equals(contact)) {
                continue;
            }
            if (last != null && nowNs - last.atNs < CHANGE_INTERVAL_NS) {
                heldBack.add(name);
            } else {
                lastSent.put(name, new Sent(contact, nowNs));
                changes.add(new RelayMessage.Presence(contact));
            }
        }
        return changes;
    }

    private void send(List<RelayMessage> changes) {
        for (int from = 0; from < changes.size(); from += MAX_PER_BATCH) {
            List<RelayMessage> batch =
                    List.copyOf(changes.subList(from, Math.min(changes.size(), from + MAX_PER_BATCH)));
            writes.spend(watchers.size());
            watchers.forEach((session, watcher) -> {
                if (watcher.listing == null) {
                    session.sendAll(batch);
                } else {
                    watcher.listing.addChanges(batch);
                }
            });
        }
    }

    /** Sends what was held back by the rate limits. To be called about once a second. */
    public void sweep() {
        if (!watchers.isEmpty()) {
            changed.addAll(heldBack);
            heldBack.clear();
            // Whether somebody is busy may depend on a call that none of its sides reported as changed.
            changed.addAll(sessionsByName.keySet());
            send(takeChanges());
        }
        watchers.forEach(this::sendList);
    }

    private void sendList(PresenceClient session, Watcher watcher) {
        long nowNs = clock.nanoTime();
        if (!watcher.listPending
                || watcher.listing != null
                || !session.isConnected()
                || nowNs - watcher.listSentNs < LIST_INTERVAL_NS) {
            return;
        }
        watcher.listPending = false;
        watcher.listSentNs = nowNs;
        Set<String> everybody = new TreeSet<>(names.names());
        everybody.addAll(sessionsByName.keySet());
        everybody.addAll(remote.names());
        Listing listing = new Listing(watcher, List.copyOf(everybody));
        watcher.listing = listing;
        session.sendPages(listing);
    }

    /** Returns the presence of a name, which is busy if no phone of it would ring. */
    private Contact contact(String name) {
        RemotePresence.State here = local(name);
        RemotePresence.State elsewhere = remote.of(name);
        boolean online = here != null || elsewhere != null;
        boolean idle = here == RemotePresence.State.IDLE || elsewhere == RemotePresence.State.IDLE;
        return new Contact(name, online, online && !idle, lastSeen.of(name));
    }

    /**
     * The messages of one list, made when there is room for them, and what changed meanwhile: a client takes the list as a
     * whole, and would lose a change that comes between its parts.
     */
    private final class Listing implements Iterator<RelayMessage> {

        private final Watcher watcher;
        private final List<String> listed;
        private final Set<String> changedMeanwhile = new TreeSet<>();
        private int next;
        private boolean complete;

        Listing(Watcher watcher, List<String> listed) {
            this.watcher = watcher;
            this.listed = listed;
        }

        void addChanges(List<RelayMessage> batch) {
            for (RelayMessage change : batch) {
                if (change instanceof RelayMessage.Presence presence) {
                    changedMeanwhile.add(presence.contact().name());
                }
            }
        }

        @Override
        public boolean hasNext() {
            boolean more = !complete || !changedMeanwhile.isEmpty();
            if (!more && watcher.listing == this) {
                watcher.listing = null;
            }
            return more;
        }

        @Override
        public RelayMessage next() {
            if (!complete) {
                return nextPage();
            }
            Iterator<String> oldest = changedMeanwhile.iterator();
            if (!oldest.hasNext()) {
                throw new NoSuchElementException();
            }
            String name = oldest.next();
            oldest.remove();
            return new RelayMessage.Presence(contact(name));
        }

        private RelayMessage nextPage() {
            int to = Math.min(listed.size(), next + MAX_PER_MESSAGE);
            List<Contact> page = listed.subList(next, to).stream()
                    .map(PresenceService.this::contact)
                    .toList();
            next = to;
            complete = to == listed.size();
            return new RelayMessage.Contacts(page, !complete);
        }
    }
}
