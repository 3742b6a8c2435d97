package voiptui.relay.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.protocol.ClassicReply;
import voiptui.relay.media.Flow;
import voiptui.relay.media.FlowStats;
import voiptui.relay.media.MediaPlane;
import voiptui.time.NanoClock;

/**
 * Who is registered, and who talks with whom: the rules alone, without a socket.
 *
 * <p>A client is known by its address and the UDP port that it announced, so any number share a host or a NAT. Heartbeat
 * and disconnect carry no port in the classic protocol; {@link #heartbeat} and {@link #disconnect} say how they are
 * read where several clients share an address.
 *
 * <p>Owned by the control thread.
 */
public final class ClassicRegistry {

    /** A client heard before and then silent for this long may be one that was restarted: clients send all the time. */
    static final int PRESUMED_DEAD_MS = 3_000;
    /** After this much silence a client's packets may come from another port: its NAT forgot the old one. */
    static final int SOURCE_STALE_MS = 2_000;
    /** After end of transmission and this much silence a client has left, whether it said so or not. */
    static final int LEFT_AFTER_MS = 2_000;

    private final int maxClients;
    private final long clientTimeoutMs;
    private final MediaPlane media;
    private final EventBus events;
    private final Counters counters;
    private final NanoClock clock;
    /** In the order in which they came: who waits longest is paired first. */
    private final Map<InetSocketAddress, ClassicClient> clients = new LinkedHashMap<>();

    private ClassicRegistryListener others = ClassicRegistryListener.NOBODY;

    public ClassicRegistry(
            int maxClients,
            int clientTimeoutMs,
            MediaPlane media,
            EventBus events,
            Counters counters,
            NanoClock clock) {
        this.maxClients = maxClients;
        this.clientTimeoutMs = clientTimeoutMs;
        this.media = media;
        this.events = events;
        this.counters = counters;
        this.clock = clock;
    }

    /** Lets classic clients and stations share the relay from now on. Called once, before anybody registers. */
    void join(ClassicRegistryListener otherSide) {
        others = otherSide;
    }

    /** How many clients are registered. */
    public int size() {
        return clients.size();
    }

    /** Whether a client has registered from {@code ip}. */
    public boolean isKnown(InetAddress ip) {
        return clients.values().stream().anyMatch(client -> client.ip().equals(ip));
    }

    /** How each client is at this moment, in the order in which they came. */
    public List<RelayEvent.ClientStatus> statuses() {
        long nowNs = clock.nanoTime();
        return clients.values().stream().map(client -> client.status(nowNs)).toList();
    }

    /**
     * Registers a client, or takes it over from an older registration of its own: the same address and port, or (a
     * program that was restarted and got another port) the same address and target where the old one is dead.
     *
     * @param key the address that it speaks from, and the UDP port that it announces
     * @param reachedAt the address of ours that it speaks to
     * @param target the address that it wants to talk with
     * @return {@link ClassicReply#WELCOME} or {@link ClassicReply#FULL}
     */
    public ClassicReply hello(InetSocketAddress key, InetAddress reachedAt, InetAddress target) {
        ClassicClient same = clients.get(key);
        if (same != null) {
            registerAgain(same, target);
            return ClassicReply.WELCOME;
        }
        ClassicClient dead = findDead(key.getAddress(), target);
        if (dead == null && isFull()) {
            sweep();
            if (isFull()) {
                counters.increment(Counter.CONTROL_FULL);
                return ClassicReply.FULL;
            }
        }
        ClassicClient heirOf = dead == null ? null : dead.peer();
        if (dead != null) {
            others.beforeReplacing(dead);
            unpair(dead);
            forget(dead);
        }
        ClassicClient client = add(key, reachedAt, target);
        announce(client, dead != null);
        if (dead != null) {
            others.afterReplacing(dead, client);
        }
        if (heirOf != null) {
            pair(client, heirOf);
        } else {
            seekPeer(client);
        }
        return ClassicReply.WELCOME;
    }

    private boolean isFull() {
        return clients.size() + others.size() >= maxClients;
    }

    private void registerAgain(ClassicClient client, InetAddress target) {
        ClassicClient formerPeer = client.target().equals(target) ? null : client.peer();
        if (!client.target().equals(target)) {
            others.onUnavailable(client);
            unpair(client);
        }
        FlowStats fresh = new FlowStats();
        client.register(target, fresh, clock.nanoTime());
        media.renew(client.flow(), fresh);
        announce(client, true);
        seekPeer(client);
        if (formerPeer != null) {
            seekPeer(formerPeer);
        }
    }

    private ClassicClient add(InetSocketAddress key, InetAddress reachedAt, InetAddress target) {
        InetSocketAddress source = isTaken(key) ? null : key;
        Flow flow = new Flow(key.getAddress(), reachedAt, source, new FlowStats());
        ClassicClient client = new ClassicClient(key, target, flow, clock.nanoTime());
        clients.put(key, client);
        media.open(flow);
        return client;
    }

    private void announce(ClassicClient client, boolean again) {
        counters.increment(Counter.REGISTRATIONS);
        events.publish(new RelayEvent.ClassicRegistered(
                client.toString(), client.target().getHostAddress(), again, clients.size()));
    }

    /**
     * The registration that a program started anew at {@code ip} has left behind, the surest first: refused by its host,
     * then ended, then heard before and silent for longest. Never one that is being heard.
     */
    private ClassicClient findDead(InetAddress ip, InetAddress target) {
        long nowNs = clock.nanoTime();
        Comparator<ClassicClient> surestFirst = Comparator.comparing(
                        (ClassicClient client) -> !client.media().isUnreachable())
                .thenComparing(client -> !client.media().isEndOfTransmission())
                .thenComparing(client -> -client.silentMs(nowNs));
        return at(ip).stream()
                .filter(client -> client.target().equals(target))
                .filter(client -> client.media().isUnreachable()
                        || client.media().isEndOfTransmission()
                        || (client.media().isHeard() && client.silentMs(nowNs) >= PRESUMED_DEAD_MS))
                .min(surestFirst)
                .orElse(null);
    }

    /**
     * Notes a sign of life from {@code ip}. All clients there are meant, since nothing says which; only where there are
     * several, one whose host refuses its packets or that sent none for the client time-out gains nothing by it:
     * otherwise a living neighbour would keep it for ever.
     */
    public void heartbeat(InetAddress ip) {
        long nowNs = clock.nanoTime();
        List<ClassicClient> there = at(ip);
        for (ClassicClient client : there) {
            boolean ghost = client.media().isUnreachable() || client.silentMs(nowNs) > clientTimeoutMs;
            if (there.size() == 1 || !ghost) {
                client.refresh(nowNs);
            }
        }
    }

    /** Forgets the clients at {@code ip} that have sent end of transmission, or the only one there is. */
    public void disconnect(InetAddress ip) {
        List<ClassicClient> there = at(ip);
        leave(there, client -> there.size() == 1 || client.media().isEndOfTransmission());
    }

    /** Forgets clients without a sign of life for the client time-out, and ones that ended and fell silent. */
    public void sweep() {
        long nowNs = clock.nanoTime();
        leave(
                List.copyOf(clients.values()),
                client -> client.media().isEndOfTransmission() && client.silentMs(nowNs) >= LEFT_AFTER_MS);
        List<ClassicClient> expired = clients.values().stream()
                .filter(client -> client.signlessMs(nowNs) > clientTimeoutMs)
                .toList();
        for (ClassicClient client : expired) {
            remove(client);
            events.publish(new RelayEvent.ClassicExpired(client.toString(), client.signlessMs(nowNs), clients.size()));
        }
        pairWidowed(expired);
    }

    private void leave(Collection<ClassicClient> among, Predicate<ClassicClient> which) {
        List<ClassicClient> leaving = among.stream().filter(which).toList();
        for (ClassicClient client : leaving) {
            remove(client);
            events.publish(new RelayEvent.ClassicLeft(client.toString(), clients.size()));
        }
        pairWidowed(leaving);
    }

    /**
     * Media came from a port that nobody is known by: takes it as the one of the client behind a NAT that it must be
     * from, if exactly one can be meant. Alone at its address, a client can if it is not being heard; among several,
     * only if it was never heard.
     */
    public void unknownSource(InetSocketAddress sender) {
        if (isTaken(sender)) {
            return;
        }
        long nowNs = clock.nanoTime();
        List<ClassicClient> there = at(sender.getAddress());
        List<ClassicClient> possible = there.stream()
                .filter(client ->
                        !client.media().isHeard() || (there.size() == 1 && client.silentMs(nowNs) >= SOURCE_STALE_MS))
                .toList();
        if (possible.size() == 1) {
            ClassicClient client = possible.get(0);
            client.setSource(sender);
            media.move(client.flow(), sender);
            events.publish(new RelayEvent.ClassicSourceLearned(client.toString(), IpText.of(sender)));
        }
    }

    private boolean isTaken(InetSocketAddress source) {
        return ofSource(source).isPresent() || others.isTaken(source);
    }

    /** The client whose media comes from {@code source}. */
    Optional<ClassicClient> ofSource(InetSocketAddress source) {
        return clients.values().stream()
                .filter(client -> source.equals(client.source()))
                .findFirst();
    }

    /** Looks for somebody to talk with for a client whose station has hung up; it may have left meanwhile. */
    void onReleased(ClassicClient client) {
        if (clients.get(client.key()) == client) {
            seekPeer(client);
        }
    }

    private List<ClassicClient> at(InetAddress ip) {
        return clients.values().stream()
                .filter(client -> client.ip().equals(ip))
                .toList();
    }

    private void remove(ClassicClient client) {
        others.onUnavailable(client);
        unpair(client);
        forget(client);
    }

    private void forget(ClassicClient client) {
        clients.remove(client.key());
        media.close(client.flow());
    }

    /** Pairs the clients that {@code gone} left alone with whoever waits for them. */
    private void pairWidowed(List<ClassicClient> gone) {
        if (!gone.isEmpty()) {
            List.copyOf(clients.values()).forEach(this::seekPeer);
        }
    }

    /** Pairs a client that is alone with who waits longest for it, on its own side first. */
    private void seekPeer(ClassicClient client) {
        if (!client.isFree()) {
            return;
        }
        clients.values().stream()
                .filter(other -> other.isFree() && client.wants(other))
                .findFirst()
                .ifPresentOrElse(other -> pair(client, other), () -> others.onWaiting(client));
    }

    private void pair(ClassicClient one, ClassicClient other) {
        others.onUnavailable(one);
        others.onUnavailable(other);
        one.setPeer(other);
        other.setPeer(one);
        media.pair(one.flow(), other.flow());
        events.publish(new RelayEvent.ClassicPaired(one.toString(), other.toString()));
    }

    private void unpair(ClassicClient client) {
        ClassicClient peer = client.peer();
        if (peer != null) {
            client.setPeer(null);
            peer.setPeer(null);
            media.unpair(client.flow(), peer.flow());
        }
    }

    /** The clients at this moment, oldest first; for tests. */
    public List<ClassicClient> clients() {
        return new ArrayList<>(clients.values());
    }
}
