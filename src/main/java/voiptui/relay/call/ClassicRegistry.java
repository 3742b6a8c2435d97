package voiptui.relay.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.classic.ClassicReply;
import voiptui.relay.admission.ClassicAccess;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.admission.FairShare;
import voiptui.relay.media.Flow;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.measure.LegMeter;
import voiptui.time.NanoClock;

/**
 * The classic clients: who is registered, and who is paired with whom. Rules only, no sockets.
 *
 * <p>A client is identified by its address and the UDP port that it announced, so any number may share a host or a NAT.
 * HEARTBEAT and DISCONNECT carry no port; {@link #heartbeat} and {@link #disconnect} define what they mean if several
 * clients share an address.
 *
 * <p>Owned by the control thread.
 */
public final class ClassicRegistry {

    /** The media silence after which a client may have been restarted, in milliseconds: clients send all the time. */
    static final int PRESUMED_DEAD_MS = 3_000;
    /** The media silence after which a NAT may have given a client another port, in milliseconds. */
    public static final int SOURCE_STALE_MS = 2_000;
    /** The silence after end of transmission after which a client has left, with or without DISCONNECT, in milliseconds. */
    static final int LEFT_AFTER_MS = 2_000;
    /** How long a client that has disconnected stays for its end of transmission, which the network may delay, in milliseconds. */
    static final int LINGER_MS = 2_000;

    private ClientLimits limits;
    private ClassicAccess access;
    private FairShare<ClassicClient> shares;
    private long clientTimeoutMs;
    private final MediaPlane media;
    private final EventBus events;
    private final Counters counters;
    private final NanoClock clock;
    /** In the order of registration: the client that waits longest is paired first. */
    private final Map<InetSocketAddress, ClassicClient> clients = new LinkedHashMap<>();

    /** The v2 side; null: not connected yet, see {@link #connectV2}. */
    private @Nullable ClassicRegistryListener v2;

    private boolean draining;

    /** Creates an empty registry that admits clients from everywhere, up to {@code maxClients} with those of v2. */
    public ClassicRegistry(
            int maxClients,
            int clientTimeoutMs,
            MediaPlane media,
            EventBus events,
            Counters counters,
            NanoClock clock) {
        this(ClientLimits.of(maxClients), ClassicAccess.ON, clientTimeoutMs, media, events, counters, clock);
    }

    /**
     * Creates an empty registry; {@link #connectV2} is next.
     *
     * @param limits how many clients of which kind there may be
     * @param access from where clients are admitted
     * @param clientTimeoutMs how long a client stays registered without a heartbeat, in milliseconds
     */
    public ClassicRegistry(
            ClientLimits limits,
            ClassicAccess access,
            int clientTimeoutMs,
            MediaPlane media,
            EventBus events,
            Counters counters,
            NanoClock clock) {
        this.limits = limits;
        this.access = access;
        this.shares = new FairShare<>(limits.maxClassic(), ClassicClient::use);
        this.clientTimeoutMs = clientTimeoutMs;
        this.media = media;
        this.events = events;
        this.counters = counters;
        this.clock = clock;
    }

    /** Takes over other limits; clients that are registered stay. The parameters are those of the constructor. */
    public void use(ClientLimits newLimits, ClassicAccess newAccess, long newClientTimeoutMs) {
        limits = newLimits;
        access = newAccess;
        shares = new FairShare<>(newLimits.maxClassic(), ClassicClient::use);
        clientTimeoutMs = newClientTimeoutMs;
    }

    /** Connects the v2 side. To be called once, before the first registration. */
    public void connectV2(ClassicRegistryListener listener) {
        v2 = listener;
    }

    private ClassicRegistryListener v2() {
        return Objects.requireNonNull(v2, "connectV2 was not called");
    }

    /** Registers no new clients from now on, because the relay is about to stop. */
    public void drain() {
        draining = true;
    }

    /** Returns whether two classic clients talk with each other. */
    public boolean hasPairs() {
        return clients.values().stream().anyMatch(client -> client.peer() != null);
    }

    /** Returns the number of registered clients. */
    public int size() {
        return clients.size();
    }

    /** Returns whether a client is registered from {@code ip}. */
    public boolean isKnown(InetAddress ip) {
        return clients.values().stream().anyMatch(client -> client.ip().equals(ip));
    }

    /** Returns the status of each client, in the order of registration. */
    public List<RelayEvent.ClientStatus> statuses() {
        long nowNs = clock.nanoTime();
        return clients.values().stream().map(client -> client.status(nowNs)).toList();
    }

    /**
     * Registers a client, or renews its registration: one with the same address and port, or, for a program that was
     * restarted and got another port, a dead one with the same address and target.
     *
     * @param key the client's address, and the UDP port that it announces
     * @param local the relay's address that the client used
     * @param target the address that it calls
     * @return {@link ClassicReply#WELCOME}; {@link ClassicReply#FULL}; {@link ClassicReply#INVALID}: not admitted
     */
    public ClassicReply hello(InetSocketAddress key, InetAddress local, InetAddress target) {
        if (!admits(key.getAddress())) {
            return ClassicReply.INVALID;
        }
        ClassicClient same = clients.get(key);
        if (same != null) {
            renew(same, target);
            return ClassicReply.WELCOME;
        }
        ClassicClient dead = findDead(key.getAddress(), target);
        if (dead == null && (draining || !hasPlace(key.getAddress()))) {
            counters.increment(Counter.CONTROL_FULL);
            return ClassicReply.FULL;
        }
        ClassicClient inheritedPeer = dead == null ? null : dead.peer();
        if (dead != null) {
            v2().beforeReplaced(dead);
            unpair(dead);
            forget(dead);
        }
        ClassicClient client = add(key, local, target);
        publishRegistered(client, dead != null);
        if (dead != null) {
            v2().afterReplaced(dead, client);
        }
        if (inheritedPeer != null) {
            pair(client, inheritedPeer);
        } else {
            findPeer(client);
        }
        return ClassicReply.WELCOME;
    }

    /** Returns whether classic clients at {@code address} are admitted. */
    public boolean admits(InetAddress address) {
        return access.admits(address);
    }

    /** Returns whether there is a place for a client at {@code address}; another one may have to give way. */
    private boolean hasPlace(InetAddress address) {
        if (!isFullForClassic()) {
            return true;
        }
        leave(clients.values(), ClassicClient::isLeaving);
        sweep();
        if (clients.size() >= limits.maxClassic()) {
            shares.whoGivesWay(clients.values(), client -> IpNetwork.ofSite(client.ip()), IpNetwork.ofSite(address))
                    .ifPresent(this::displace);
        }
        if (clients.size() < limits.maxClassic() && isFull()) {
            v2().makeRoom(address);
        }
        return !isFullForClassic();
    }

    /** Removes a client because its place is needed. */
    public void displace(ClassicClient client) {
        counters.increment(Counter.CLIENTS_DISPLACED);
        leave(List.of(client), any -> true);
    }

    private boolean isFullForClassic() {
        return clients.size() >= limits.maxClassic() || isFull();
    }

    /** Returns whether the relay has its maximum of clients of both protocols. */
    public boolean isFull() {
        return allClients() >= limits.maxClients();
    }

    /** Returns why a client is refused when the relay is full, for people. */
    public String fullReason() {
        if (draining) {
            return RefusalCode.DRAINING.text();
        }
        return "the relay is full ("
                + (isFull()
                        ? allClients() + " of " + limits.maxClients() + " clients)"
                        : clients.size() + " of " + limits.maxClassic() + " classic clients)");
    }

    private int allClients() {
        return clients.size() + v2().sessionCount();
    }

    private void renew(ClassicClient client, InetAddress target) {
        ClassicClient formerPeer = client.target().equals(target) ? null : client.peer();
        if (!client.target().equals(target)) {
            media.drain(client.flow());
            v2().onUnavailable(client);
            unpair(client);
        }
        FlowStats fresh = new FlowStats();
        client.register(target, fresh, clock.nanoTime());
        media.renew(client.flow(), fresh);
        publishRegistered(client, true);
        findPeer(client);
        if (formerPeer != null) {
            findPeer(formerPeer);
        }
    }

    private ClassicClient add(InetSocketAddress key, InetAddress local, InetAddress target) {
        InetSocketAddress source = isKnownSource(key) ? null : key;
        Flow flow = new Flow(key.getAddress(), local, source, new FlowStats()).of(IpText.of(key));
        ClassicClient client = new ClassicClient(key, target, flow, clock.nanoTime());
        clients.put(key, client);
        media.open(flow);
        return client;
    }

    private void publishRegistered(ClassicClient client, boolean again) {
        counters.increment(Counter.REGISTRATIONS);
        events.publish(
                new RelayEvent.ClassicRegistered(client.toString(), IpText.of(client.target()), again, clients.size()));
    }

    /**
     * Returns the registration that a restarted program at {@code ip} has left behind; null: none. The most certain
     * first: refused by its host (ICMP), then ended, then heard once and silent for longest. Never one that is heard now.
     */
    private @Nullable ClassicClient findDead(InetAddress ip, InetAddress target) {
        long nowNs = clock.nanoTime();
        Comparator<ClassicClient> mostCertainFirst = Comparator.comparing(
                        (ClassicClient client) -> !client.media().isUnreachable())
                .thenComparing(client -> !client.media().isEndOfTransmission())
                .thenComparing(client -> -client.silentMs(nowNs));
        return at(ip).stream()
                .filter(client -> client.target().equals(target))
                .filter(client -> client.isLeaving()
                        || client.media().isUnreachable()
                        || client.media().isEndOfTransmission()
                        || (client.media().isHeard() && client.silentMs(nowNs) >= PRESUMED_DEAD_MS))
                .min(mostCertainFirst)
                .orElse(null);
    }

    /**
     * Notes a heartbeat from {@code ip}, which counts for all clients there, since it carries no port. If there are
     * several, it does not count for those whose host refuses packets or that sent no media for the client timeout;
     * otherwise another client's heartbeats would keep them forever.
     */
    public void heartbeat(InetAddress ip) {
        long nowNs = clock.nanoTime();
        List<ClassicClient> there = at(ip);
        for (ClassicClient client : there) {
            boolean dead = client.media().isUnreachable() || client.silentMs(nowNs) > clientTimeoutMs;
            if (there.size() == 1 || !dead) {
                client.refresh(nowNs);
            }
        }
    }

    /**
     * Removes the clients at {@code ip} that have sent end of transmission, or the only one there is. If that one was heard in a call and
     * its end of transmission has not arrived, it stays until it has, since its peer must receive it: {@link #removeLeaving}.
     */
    public void disconnect(InetAddress ip) {
        List<ClassicClient> there =
                at(ip).stream().filter(client -> !client.isLeaving()).toList();
        if (there.size() == 1 && mayHaveMediaUnderWay(there.get(0))) {
            there.get(0).beginToLeave(clock.nanoTime());
            return;
        }
        leave(there, client -> there.size() == 1 || client.media().isEndOfTransmission());
    }

    private static boolean mayHaveMediaUnderWay(ClassicClient client) {
        return client.peer() != null
                && client.media().isHeard()
                && !client.media().isEndOfTransmission()
                && !client.media().isUnreachable();
    }

    /** Removes the clients that have disconnected once their end of transmission has arrived, {@value #LINGER_MS} ms later at the latest. */
    public void removeLeaving() {
        long nowNs = clock.nanoTime();
        leave(
                clients.values(),
                client -> client.isLeaving()
                        && (client.media().isEndOfTransmission() || client.leavingMs(nowNs) >= LINGER_MS));
    }

    /** Removes clients without a heartbeat for the client timeout, and clients that ended transmission and fell silent. */
    public void sweep() {
        long nowNs = clock.nanoTime();
        leave(
                List.copyOf(clients.values()),
                client -> client.media().isEndOfTransmission() && client.silentMs(nowNs) >= LEFT_AFTER_MS);
        List<ClassicClient> expired = clients.values().stream()
                .filter(client -> client.sinceHeartbeatMs(nowNs) > clientTimeoutMs)
                .toList();
        for (ClassicClient client : expired) {
            remove(client);
            events.publish(
                    new RelayEvent.ClassicExpired(client.toString(), client.sinceHeartbeatMs(nowNs), clients.size()));
        }
        pairAbandoned(expired);
    }

    /** Removes the clients at addresses that match, because the operator has blocked them. */
    public void expel(Predicate<InetAddress> blocked) {
        leave(clients.values(), client -> blocked.test(client.ip()));
    }

    private void leave(Collection<ClassicClient> among, Predicate<ClassicClient> hasLeft) {
        List<ClassicClient> leaving = among.stream().filter(hasLeft).toList();
        for (ClassicClient client : leaving) {
            remove(client);
            events.publish(new RelayEvent.ClassicLeft(client.toString(), clients.size()));
        }
        pairAbandoned(leaving);
    }

    /**
     * Handles media from an unknown port: assigns it to the client behind a NAT that it must come from, if exactly one
     * is possible. The only client at an address is possible unless it is heard now; one of several only if it was
     * never heard.
     */
    public void onUnknownSource(InetSocketAddress sender) {
        if (isKnownSource(sender)) {
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

    private boolean isKnownSource(InetSocketAddress source) {
        return ofSource(source).isPresent() || v2().isSessionSource(source);
    }

    /** Returns the client whose media comes from {@code source}. */
    public Optional<ClassicClient> ofSource(InetSocketAddress source) {
        return clients.values().stream()
                .filter(client -> source.equals(client.source()))
                .findFirst();
    }

    /** Looks for a peer for a client whose call with a v2 client has ended; the client may have left meanwhile. */
    void onReleased(ClassicClient client) {
        if (clients.get(client.key()) == client) {
            findPeer(client);
        }
    }

    private List<ClassicClient> at(InetAddress ip) {
        return clients.values().stream()
                .filter(client -> client.ip().equals(ip))
                .toList();
    }

    private void remove(ClassicClient client) {
        // A client sends end-of-transmission before it disconnects, and its peer must receive it.
        media.drain(client.flow());
        v2().onUnavailable(client);
        unpair(client);
        forget(client);
    }

    private void forget(ClassicClient client) {
        clients.remove(client.key());
        media.close(client.flow());
    }

    /** Pairs the clients that {@code gone} left without a peer with others that wait for them. */
    private void pairAbandoned(List<ClassicClient> gone) {
        if (!gone.isEmpty()) {
            List.copyOf(clients.values()).forEach(this::findPeer);
        }
    }

    /** Pairs a client without a peer with the one that waits longest for it, a classic one first. */
    private void findPeer(ClassicClient client) {
        if (!client.isFree()) {
            return;
        }
        clients.values().stream()
                .filter(other -> other.isFree() && client.matches(other))
                .findFirst()
                .ifPresentOrElse(other -> pair(client, other), () -> v2().onWaiting(client));
    }

    private void pair(ClassicClient one, ClassicClient other) {
        v2().onUnavailable(one);
        v2().onUnavailable(other);
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

    /** Returns the legs of the clients that are connected with each other, two for each call. */
    public List<LegMeter> legs() {
        return clients.values().stream()
                .filter(client -> client.peer() != null)
                .map(client -> client.flow().legs())
                .toList();
    }

    /** Returns the clients, oldest first; a copy. */
    public List<ClassicClient> clients() {
        return new ArrayList<>(clients.values());
    }
}
