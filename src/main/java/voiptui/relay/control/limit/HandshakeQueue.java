package voiptui.relay.control.limit;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import voiptui.net.IpNetwork;
import voiptui.time.NanoClock;

/**
 * Decides which TLS handshakes are in progress. Each costs milliseconds of processor time and holds 100 kB, and strangers
 * begin as many as they like and finish none; hence there is a hard limit, and the others wait before anything is spent on
 * them. Who comes first is told by a rank. Of equal rank the newest comes first: under overload the oldest have given up
 * already. A handshake whose client does not answer for {@value #PATIENCE_MS} ms gives way to one that waits.
 *
 * <p>Owned by the control thread.
 */
public final class HandshakeQueue {

    /** The greatest number of handshakes in progress: about 300 ms of work for the handshake thread (measured). */
    static final int MAX_ACTIVE = 64;
    /** The greatest number of connections that wait for one to end: a few kilobytes each. */
    static final int MAX_WAITING = 1_024;
    /** How long a client may take to answer while others wait, in milliseconds: several round trips. */
    static final int PATIENCE_MS = 1_000;

    /** A connection that wants a handshake. */
    public interface Handshake {

        /** Begins the handshake. */
        void start();

        /** Closes the connection; it has not begun, or took too long while others waited. */
        void giveWay();
    }

    /** A place in the queue: by rank, the newest first. */
    private record Place(int rank, long number) {}

    /** What is known of a handshake: its network, and since when it waits or its place in the queue. */
    private static final class Entry {
        private final IpNetwork site;
        private final Place place;
        /** Since when it waits for the client, unless it is being computed. */
        private long sinceNs;

        private boolean computing;

        Entry(IpNetwork site, Place place) {
            this.site = site;
            this.place = place;
        }
    }

    private final int maxOfSite;
    private final NanoClock clock;
    private final Map<Handshake, Entry> entries = new HashMap<>();
    /** In progress, oldest first. */
    private final Map<Handshake, Entry> active = new LinkedHashMap<>();

    private final TreeMap<Place, Handshake> waiting =
            new TreeMap<>(Comparator.comparingInt(Place::rank).thenComparing(Place::number, Comparator.reverseOrder()));
    private final Map<IpNetwork, Integer> bySite = new HashMap<>();
    private long number;

    /**
     * Creates an empty queue.
     *
     * @param maxOfSite the most handshakes of one IPv4 address or IPv6 /64, waiting ones included
     */
    public HandshakeQueue(int maxOfSite, NanoClock clock) {
        this.maxOfSite = maxOfSite;
        this.clock = clock;
    }

    /**
     * Starts a handshake, or makes it wait.
     *
     * @param rank who comes first: lower ranks
     * @param isLimited whether the limit for its site applies
     * @return false: its site has too many, and none that gives way; nothing was done
     */
    public boolean add(Handshake handshake, InetAddress address, int rank, boolean isLimited) {
        IpNetwork site = IpNetwork.ofSite(address);
        int siblings = bySite.getOrDefault(site, 0);
        if (isLimited && siblings >= maxOfSite && !evictOverdue(entry -> entry.site.equals(site))) {
            return false;
        }
        // Whoever has several is served after those who have none yet.
        Entry entry = new Entry(site, new Place(rank == HandshakeLimiter.TRUSTED ? rank : rank + siblings, number++));
        entries.put(handshake, entry);
        bySite.merge(site, 1, Integer::sum);
        waiting.put(entry.place, handshake);
        if (waiting.size() > MAX_WAITING) {
            giveWay(waiting.lastEntry().getValue());
        }
        startWaiting();
        return true;
    }

    private boolean isOverdue(Entry entry) {
        return !entry.computing && clock.nanoTime() - entry.sinceNs >= PATIENCE_MS * NS_PER_MS;
    }

    private void giveWay(Handshake handshake) {
        remove(handshake);
        handshake.giveWay();
    }

    /** Notes that a handshake is complete, or its connection gone. Without effect if it is not in the queue. */
    public void end(Handshake handshake) {
        remove(handshake);
        startWaiting();
    }

    /** Notes that a handshake waits for the relay's own computation: then a busy machine, not the client, is slow. */
    public void onComputing(Handshake handshake) {
        Entry entry = entries.get(handshake);
        if (entry != null) {
            entry.computing = true;
        }
    }

    /** Notes that a handshake waits for the client again. */
    public void onComputed(Handshake handshake) {
        Entry entry = entries.get(handshake);
        if (entry != null) {
            entry.computing = false;
            entry.sinceNs = clock.nanoTime();
        }
    }

    private void remove(Handshake handshake) {
        Entry entry = entries.remove(handshake);
        if (entry != null) {
            active.remove(handshake);
            waiting.remove(entry.place);
            bySite.computeIfPresent(entry.site, (site, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Makes overdue handshakes give way while others wait. To be called some times a second while there is a crowd. */
    public void sweep() {
        startWaiting();
    }

    private void startWaiting() {
        // Giving way and starting may come back here.
        while (!waiting.isEmpty()) {
            if (active.size() >= MAX_ACTIVE) {
                if (!evictOverdue(any -> true)) {
                    return;
                }
                continue;
            }
            Handshake next = waiting.pollFirstEntry().getValue();
            Entry entry = entries.get(next);
            if (entry != null) {
                entry.sinceNs = clock.nanoTime();
                active.put(next, entry);
                next.start();
            }
        }
    }

    /** Makes the oldest overdue handshake among {@code those} give way; returns whether there was one. */
    private boolean evictOverdue(Predicate<Entry> those) {
        Optional<Handshake> overdue = active.entrySet().stream()
                .filter(entry -> those.test(entry.getValue()) && isOverdue(entry.getValue()))
                .findFirst()
                .map(Map.Entry::getKey);
        overdue.ifPresent(this::giveWay);
        return overdue.isPresent();
    }

    /** Returns whether connections wait. */
    public boolean isCrowded() {
        return !waiting.isEmpty();
    }

    /** Returns the number of handshakes in progress. */
    int active() {
        return active.size();
    }

    /** Returns the number of connections that wait. */
    int waiting() {
        return waiting.size();
    }
}
