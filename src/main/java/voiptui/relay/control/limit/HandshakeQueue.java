package voiptui.relay.control.limit;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.net.IpNetwork;
import voiptui.time.NanoClock;

/**
 * Decides which TLS handshakes are in progress. Each costs milliseconds of processor time and holds 100 kB, and strangers
 * begin as many as they like and finish none; hence nothing is spent before a whole ClientHello has come, few are computed
 * at a time, there is a hard limit to those in progress, and the others wait. Who comes first is told by a rank. Of equal
 * rank the newest comes first: under overload the oldest have given up already. A handshake whose client does not answer for
 * {@value #PATIENCE_MS} ms gives way to one that waits, and after {@value #SHORT_PATIENCE_MS} ms to one of a better rank. Crowded
 * networks have a quarter of the places at most.
 *
 * <p>Owned by the control thread.
 */
public final class HandshakeQueue {

    /** The greatest number of handshakes in progress; with the patience, it bounds what those who never finish cost. */
    static final int MAX_ACTIVE = 64;
    /** The greatest number of those whose rank is {@link #CROWDED} or worse. */
    static final int MAX_CROWDED = MAX_ACTIVE / 4;
    /** The rank of a network with that many connections that nobody has signed in on. */
    static final int CROWDED = HandshakeLimiter.NEW + 32;
    /** The greatest number that the relay computes or is about to: those that wait are chosen from as late as possible. */
    static final int MAX_COMPUTING = 4;
    /** The greatest number of connections that wait for one to end: a few kilobytes each. */
    static final int MAX_WAITING = 1_024;
    /** How long a client may take to answer while others wait, in milliseconds: several round trips. */
    static final int PATIENCE_MS = 1_000;
    /** The same while somebody of a better rank waits: a round trip around the world. */
    static final int SHORT_PATIENCE_MS = 300;

    /** A connection that wants a handshake. */
    public interface Handshake {

        /** Begins the handshake. */
        void start();

        /** Closes the connection; it has not begun, or took too long while others waited. */
        void giveWay();
    }

    /** A place in the queue: by rank, the newest first. */
    private record Place(int rank, long number) {}

    private enum Stage {
        /** The rest of the ClientHello is yet to come. */
        READING,
        /** It waits for its turn. */
        WAITING,
        /** The relay computes its part. */
        COMPUTING,
        /** The client is to answer. */
        AWAITING
    }

    /** What is known of a handshake. */
    private static final class Entry {
        private final Handshake handshake;
        private final IpNetwork site;
        private Stage stage = Stage.READING;
        /** Its place in the queue; null while it is not in it yet. */
        private @Nullable Place place;
        /** Since when the client is to send something. */
        private long sinceNs;

        Entry(Handshake handshake, IpNetwork site, long nowNs) {
            this.handshake = handshake;
            this.site = site;
            this.sinceNs = nowNs;
        }

        int rank() {
            return place == null ? 0 : place.rank;
        }

        boolean isCrowded() {
            return rank() >= CROWDED;
        }
    }

    private final int maxOfSite;
    private final NanoClock clock;
    private final Map<Handshake, Entry> entries = new HashMap<>();
    /** All of each site, oldest first. */
    private final Map<IpNetwork, Set<Entry>> bySite = new HashMap<>();

    private final TreeMap<Place, Entry> waiting =
            new TreeMap<>(Comparator.comparingInt(Place::rank).thenComparing(Place::number, Comparator.reverseOrder()));
    /** In progress, oldest first. */
    private final Set<Entry> active = new LinkedHashSet<>();

    private int computing;
    /** How many of those in progress are of crowded networks. */
    private int crowded;

    private long number;

    /**
     * Creates an empty queue.
     *
     * @param maxOfSite the most handshakes of one IPv4 address or IPv6 /64, in whatever stage
     */
    public HandshakeQueue(int maxOfSite, NanoClock clock) {
        this.maxOfSite = maxOfSite;
        this.clock = clock;
    }

    /**
     * Adds a connection whose ClientHello has begun; {@link #begin} is next.
     *
     * @param isLimited whether the limit for its site applies
     * @return false: its site has too many, and none that gives way; nothing was done
     */
    public boolean enter(Handshake handshake, InetAddress address, boolean isLimited) {
        IpNetwork site = IpNetwork.ofSite(address);
        Set<Entry> siblings = bySite.getOrDefault(site, Set.of());
        if (isLimited && siblings.size() >= maxOfSite && !evictFirst(siblings, entry -> isDue(entry, PATIENCE_MS))) {
            return false;
        }
        Entry entry = new Entry(handshake, site, clock.nanoTime());
        entries.put(handshake, entry);
        bySite.computeIfAbsent(site, first -> new LinkedHashSet<>()).add(entry);
        return true;
    }

    /**
     * Starts a handshake whose ClientHello is complete, or makes it wait. Without effect if it is not in the queue.
     *
     * @param rank who comes first: lower ranks
     */
    public void begin(Handshake handshake, int rank) {
        Entry entry = entries.get(handshake);
        if (entry == null || entry.stage != Stage.READING) {
            return;
        }
        Place place = new Place(rank, number++);
        entry.place = place;
        entry.stage = Stage.WAITING;
        waiting.put(place, entry);
        if (waiting.size() > MAX_WAITING) {
            giveWay(waiting.lastEntry().getValue());
        }
        startWaiting();
    }

    /** Returns whether the client was to send something and has not for {@code patienceMs}. */
    private boolean isDue(Entry entry, int patienceMs) {
        return (entry.stage == Stage.READING || entry.stage == Stage.AWAITING)
                && clock.nanoTime() - entry.sinceNs >= patienceMs * NS_PER_MS;
    }

    private void giveWay(Entry entry) {
        remove(entry.handshake);
        entry.handshake.giveWay();
    }

    /** Notes that a handshake is complete, or its connection gone. Without effect if it is not in the queue. */
    public void end(Handshake handshake) {
        remove(handshake);
        startWaiting();
    }

    /** Notes that a handshake waits for the relay's own computation: then a busy machine, not the client, is slow. */
    public void onComputing(Handshake handshake) {
        Entry entry = entries.get(handshake);
        if (entry != null && entry.stage == Stage.AWAITING) {
            entry.stage = Stage.COMPUTING;
            computing++;
        }
    }

    /** Notes that a handshake waits for the client again. */
    public void onComputed(Handshake handshake) {
        Entry entry = entries.get(handshake);
        if (entry != null && entry.stage == Stage.COMPUTING) {
            entry.stage = Stage.AWAITING;
            entry.sinceNs = clock.nanoTime();
            computing--;
            startWaiting();
        }
    }

    private void remove(Handshake handshake) {
        Entry entry = entries.remove(handshake);
        if (entry == null) {
            return;
        }
        if (entry.stage == Stage.COMPUTING) {
            computing--;
        }
        if (active.remove(entry) && entry.isCrowded()) {
            crowded--;
        }
        if (entry.place != null) {
            waiting.remove(entry.place);
        }
        Set<Entry> siblings = bySite.get(entry.site);
        if (siblings != null && siblings.remove(entry) && siblings.isEmpty()) {
            bySite.remove(entry.site);
        }
    }

    /** Makes overdue handshakes give way while others wait. To be called some times a second while there is a crowd. */
    public void sweep() {
        startWaiting();
    }

    private void startWaiting() {
        // Giving way and starting may come back here.
        while (!waiting.isEmpty() && computing < MAX_COMPUTING) {
            int rank = waiting.firstKey().rank;
            if (active.size() >= MAX_ACTIVE) {
                if (!makeRoom(rank)) {
                    return;
                }
                continue;
            }
            if (rank >= CROWDED && crowded >= MAX_CROWDED) {
                if (!evictFirst(active, entry -> entry.isCrowded() && isDue(entry, PATIENCE_MS))) {
                    return;
                }
                continue;
            }
            Entry next = waiting.pollFirstEntry().getValue();
            next.stage = Stage.AWAITING;
            next.sinceNs = clock.nanoTime();
            active.add(next);
            crowded += next.isCrowded() ? 1 : 0;
            next.handshake.start();
        }
    }

    /** Makes a handshake in progress give way to one of {@code rank}; returns whether there was one that had to. */
    private boolean makeRoom(int rank) {
        if (evictFirst(active, entry -> isDue(entry, PATIENCE_MS))) {
            return true;
        }
        int worst = active.stream()
                .filter(entry -> isDue(entry, SHORT_PATIENCE_MS))
                .mapToInt(Entry::rank)
                .max()
                .orElse(rank);
        return worst > rank && evictFirst(active, entry -> entry.rank() == worst && isDue(entry, SHORT_PATIENCE_MS));
    }

    /** Makes the first of {@code those} that matches give way; returns whether there was one. */
    private boolean evictFirst(Set<Entry> those, Predicate<Entry> matches) {
        Optional<Entry> first = those.stream().filter(matches).findFirst();
        first.ifPresent(this::giveWay);
        return first.isPresent();
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
