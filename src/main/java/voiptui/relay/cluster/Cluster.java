package voiptui.relay.cluster;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.net.IpText;
import voiptui.protocol.ClusterJson;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.call.ClusterCalls;
import voiptui.relay.call.OtherRelays;
import voiptui.relay.call.SessionHandler;
import voiptui.relay.cluster.node.ClusterNode;
import voiptui.relay.cluster.node.MemberTrust;
import voiptui.relay.directory.Directory;
import voiptui.relay.directory.NameClaim;
import voiptui.relay.directory.SharedDirectory;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.media.RelayLink;
import voiptui.relay.media.hop.MediaSeal;
import voiptui.relay.presence.RemotePresence;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * This relay's place in a cluster: knows the other relays and who is signed in where, passes on messages about calls, and keeps names and
 * blocks in step. Without other relays, everything goes on as if there were no cluster.
 *
 * <p>Owned by the control thread. What may block runs on the thread {@code relay-cluster}; the library calls {@link NodeListener} on
 * threads of its own.
 */
public final class Cluster implements OtherRelays, RemotePresence, SharedDirectory, AutoCloseable {

    /** How often what is shared is compared, in case a change was missed, in milliseconds. */
    private static final long COMPARE_MS = 15_000;
    /** The same, after relays have come or gone. */
    private static final long COMPARE_SOON_MS = 1_000;
    /** How long a process that cannot be reached is remembered, so that calls go on when it can be again, in milliseconds. */
    private static final long REMEMBER_MS = 120_000;
    /** The most processes that are remembered; relays are few. */
    private static final int MAX_MEMBERS = 256;

    /** The shortest time between two reports of a relay that was refused. */
    private static final long REFUSALS_NS = 10_000_000_000L;

    private static final long CLOSE_MS = 5_000;

    /**
     * What a cluster needs of its relay.
     *
     * @param identity its key and certificate
     * @param program the version of the program
     * @param mediaAddress where other relays send media
     * @param control the control thread
     */
    public record Own(Identity identity, String program, InetSocketAddress mediaAddress, Executor control) {}

    private final ClusterConfig config;
    private final Own own;
    private final String relay;
    private final String instance;
    private final MediaPlane media;
    private final SessionHandler sessions;
    private final Directory directory;
    private final EventBus events;
    private final NanoClock clock;
    private final RandomGenerator random;
    private final RateLimiter refusals;
    private final MemberTrust trust;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "relay-cluster"));
    private final ClusterCalls calls;

    private final Map<String, Member> members = new LinkedHashMap<>();
    /** By name, and then by relay, whether that can be reached or not. */
    private final Map<String, Map<String, State>> clients = new HashMap<>();

    private final Map<String, Set<String>> blocks = new HashMap<>();
    /** Names whose presence at this relay is to be told. */
    private final Set<String> changed = new TreeSet<>();
    /** What was told last. */
    private final Map<String, State> told = new HashMap<>();

    private long compareNs;
    private boolean closed;
    /** Set by the control thread. */
    private volatile @Nullable ClusterNode node;

    /** Connects calls, presence and directory with the cluster, which {@link #start} joins. Control thread. */
    public Cluster(
            ClusterConfig config,
            Own own,
            MediaPlane media,
            SessionHandler sessions,
            Directory directory,
            EventBus events,
            NanoClock clock,
            RandomGenerator random) {
        this.config = config;
        this.own = own;
        this.relay = own.identity().fingerprint().text();
        this.media = media;
        this.sessions = sessions;
        this.directory = directory;
        this.events = events;
        this.clock = clock;
        this.random = random;
        this.instance = HexFormat.of().toHexDigits(random.nextLong());
        this.refusals = new RateLimiter(1, REFUSALS_NS, clock);
        this.trust = new MemberTrust(refused -> onControl(() -> onRefused(refused)));
        allow(config.allowed());
        this.calls = sessions.join(this, this);
        directory.share(this);
    }

    /** Joins the cluster, on another thread; the relay serves its clients meanwhile. */
    public void start(ClusterNode.Factory factory) {
        onThread(() -> {
            try {
                ClusterNode started =
                        factory.start(config.addresses(), trust.context(own.identity()), new NodeListener());
                onControl(() -> onStarted(started));
            } catch (IOException impossible) {
                warn(impossible.getMessage() + "; serving without the other relays");
            }
        });
    }

    /** Changes who may be a member; relays that are connected stay so. Any thread. */
    public void allow(Set<Fingerprint> allowed) {
        trust.allow(allowed);
    }

    private void onRefused(Fingerprint refused) {
        if (refusals.allows()) {
            events.publish(new RelayEvent.RelayRefused(refused.text()));
        }
    }

    private void onStarted(ClusterNode started) {
        if (closed) {
            onThread(started::close);
            return;
        }
        node = started;
        members.values().forEach(member -> greet(member, false));
        compareNs = clock.nanoTime();
    }

    /** Hands on what the library reports to the control thread. */
    private final class NodeListener implements ClusterNode.Listener {

        @Override
        public void onView(List<String> others) {
            onControl(() -> Cluster.this.onView(others));
        }

        @Override
        public void onMessage(String from, byte[] message) {
            ClusterJson.read(message).ifPresent(read -> onControl(() -> Cluster.this.onMessage(from, read)));
        }

        @Override
        public void onEntry(String key, @Nullable String value) {
            onControl(() -> Cluster.this.onEntry(key, value));
        }
    }

    private void onControl(Runnable task) {
        try {
            own.control().execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException bug) {
                    warn("internal error of the cluster: " + bug);
                }
            });
        } catch (RejectedExecutionException stopping) {
            // Nobody is served any more.
        }
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | LinkageError unexpected) {
                    warn("internal error of the cluster: " + unexpected);
                }
            });
        } catch (RejectedExecutionException stopping) {
            // Closed already.
        }
    }

    private void warn(String text) {
        events.publish(new RelayEvent.Warning(text));
    }

    private void onView(List<String> others) {
        long nowNs = clock.nanoTime();
        for (Member member : members.values()) {
            if (member.present && !others.contains(member.node)) {
                lose(member);
            }
        }
        for (String other : others) {
            Member member = members.get(other);
            if (member == null && members.size() < MAX_MEMBERS) {
                byte[] key = new byte[MediaSeal.KEY_BYTES];
                random.nextBytes(key);
                member = new Member(other, key, nowNs);
                members.put(other, member);
                greet(member, false);
            } else if (member != null && !member.present) {
                member.present = true;
                member.sinceNs = nowNs;
                greet(member, false);
                if (member.link != null) {
                    reach(member, true);
                }
            }
        }
        compareNs = nowNs + COMPARE_SOON_MS * NS_PER_MS;
    }

    private void lose(Member member) {
        boolean wasReachable = member.isReachable();
        member.present = false;
        member.sinceNs = clock.nanoTime();
        if (wasReachable) {
            events.publish(new RelayEvent.RelayLost(addressOf(member), member.relay()));
            calls.onLost(member.relay());
            namesAt(member.relay()).forEach(calls::onPresence);
        }
    }

    private void reach(Member member, boolean isSameProcess) {
        events.publish(new RelayEvent.RelayReached(
                addressOf(member), member.relay(), member.hello == null ? "" : member.hello.program()));
        calls.onReachable(member.relay(), isSameProcess);
        namesAt(member.relay()).forEach(calls::onPresence);
    }

    private static String addressOf(Member member) {
        return member.hello == null
                ? ""
                : IpText.of(IpText.parse(member.hello.mediaHost()).orElseThrow(), member.hello.mediaPort());
    }

    private Set<String> namesAt(String otherRelay) {
        Set<String> names = new TreeSet<>();
        clients.forEach((name, places) -> {
            if (places.containsKey(otherRelay)) {
                names.add(name);
            }
        });
        return names;
    }

    private void greet(Member member, boolean isAnswer) {
        InetSocketAddress address = own.mediaAddress();
        sendTo(
                member,
                new ClusterMessage.Hello(
                        ClusterMessage.VERSION,
                        relay,
                        own.program(),
                        instance,
                        IpText.of(address.getAddress()),
                        address.getPort(),
                        HexFormat.of().formatHex(member.incomingKey),
                        isAnswer));
    }

    private void sendTo(Member member, ClusterMessage message) {
        ClusterNode current = node;
        if (current != null && member.present) {
            current.send(member.node, ClusterJson.write(message));
        }
    }

    private void onMessage(String from, ClusterMessage message) {
        Member member = members.get(from);
        if (member == null || closed) {
            return;
        }
        if (message instanceof ClusterMessage.Hello hello) {
            onHello(member, hello);
        } else if (member.isReachable()) {
            calls.onMessage(member.relay(), message);
        }
    }

    private void onHello(Member member, ClusterMessage.Hello hello) {
        Optional<InetAddress> host = IpText.parse(hello.mediaHost());
        if (hello.relay().equals(relay)
                || host.isEmpty()
                || Fingerprint.parse(hello.relay()).filter(trust::isAllowed).isEmpty()) {
            return;
        }
        if (!hello.isAnswer()) {
            greet(member, true);
        }
        if (member.link != null) {
            return;
        }
        members.values().stream()
                .filter(other -> other != member && other.relay().equals(hello.relay()))
                .toList()
                .forEach(this::forget);
        member.hello = hello;
        RelayLink link = new RelayLink(
                own.mediaAddress().getAddress(),
                new InetSocketAddress(host.get(), hello.mediaPort()),
                HexFormat.of().parseHex(hello.key()),
                member.incomingKey);
        member.link = link;
        media.open(link.flow());
        reach(member, false);
    }

    /** Gives up a process that is gone for good. */
    private void forget(Member former) {
        if (former.isReachable()) {
            lose(former);
        }
        members.remove(former.node);
        if (former.link != null) {
            media.close(former.link.flow());
        }
    }

    private void onEntry(String key, @Nullable String value) {
        String name = SharedEntries.ownedName(key);
        SharedEntries.Client client = SharedEntries.client(key);
        String blocking = SharedEntries.blockingRelay(key);
        if (name != null) {
            onOwner(name, value);
        } else if (client != null) {
            onClient(client, value);
        } else if (blocking != null && !blocking.equals(relay)) {
            blocks.put(blocking, value == null ? Set.of() : SharedEntries.blocks(value));
            Set<String> all = new HashSet<>();
            blocks.values().forEach(all::addAll);
            directory.useBlocksOfOthers(all);
        }
    }

    private void onOwner(String name, @Nullable String value) {
        if (value == null) {
            directory.forget(name);
            return;
        }
        NameClaim claim = SharedEntries.claim(value);
        if (claim != null) {
            NameClaim counts = directory.learn(name, claim);
            if (!counts.fingerprint().equals(claim.fingerprint())) {
                onClaimed(name, counts);
            }
        }
    }

    private void onClient(SharedEntries.Client client, @Nullable String value) {
        if (client.relay().equals(relay)) {
            return;
        }
        Map<String, State> places = clients.computeIfAbsent(client.name(), added -> new HashMap<>());
        State before =
                value == null ? places.remove(client.relay()) : places.put(client.relay(), SharedEntries.state(value));
        if (places.isEmpty()) {
            clients.remove(client.name());
        }
        if (before != (value == null ? null : SharedEntries.state(value))) {
            calls.onPresence(client.name());
        }
    }

    /** Does what is due. To be called about once a second. */
    public void sweep() {
        long nowNs = clock.nanoTime();
        for (Member member : List.copyOf(members.values())) {
            if (!member.present && nowNs - member.sinceNs >= REMEMBER_MS * NS_PER_MS) {
                forget(member);
            } else if (member.present && member.link == null) {
                // The introduction may have come before the other relay was ready for it.
                greet(member, false);
            }
        }
        ClusterNode current = node;
        if (current != null && nowNs - compareNs >= 0) {
            compareNs = nowNs + COMPARE_MS * NS_PER_MS;
            onThread(() -> {
                Map<String, String> entries = current.entries();
                onControl(() -> compare(current, entries));
            });
        }
    }

    /** Compares what is shared with what this relay knows, and repairs both. */
    private void compare(ClusterNode current, Map<String, String> entries) {
        entries.forEach(this::onEntry);
        for (String name : List.copyOf(clients.keySet())) {
            for (String place : List.copyOf(clients.getOrDefault(name, Map.of()).keySet())) {
                SharedEntries.Client client = new SharedEntries.Client(place, name);
                if (!entries.containsKey(SharedEntries.clientKey(client))) {
                    onClient(client, null);
                }
            }
        }
        directory.claims().forEach((name, claim) -> {
            String value = SharedEntries.value(claim);
            if (!value.equals(entries.get(SharedEntries.ownerKey(name)))) {
                current.putFirst(SharedEntries.ownerKey(name), value);
            }
        });
        String ownBlocks = SharedEntries.value(directory.ownBlocks());
        if (!ownBlocks.equals(entries.get(SharedEntries.blocksKey(relay)))) {
            current.put(SharedEntries.blocksKey(relay), ownBlocks);
        }
        List<String> stale = new ArrayList<>();
        SharedEntries.own(entries, relay).forEach((key, value) -> {
            SharedEntries.Client client = SharedEntries.client(key);
            State state = client == null ? null : sessions.presence(client.name());
            if (state == null) {
                stale.add(key);
            } else if (!SharedEntries.value(state).equals(value)) {
                current.put(key, SharedEntries.value(state));
            }
        });
        current.remove(stale);
        sessions.online().keySet().forEach(name -> {
            told.remove(name);
            onLocalChange(name);
        });
    }

    @Override
    public void onLocalChange(String name) {
        if (changed.isEmpty()) {
            onControl(this::tellChanges);
        }
        changed.add(name);
    }

    private void tellChanges() {
        ClusterNode current = node;
        List<String> names = List.copyOf(changed);
        changed.clear();
        if (current == null) {
            return;
        }
        for (String name : names) {
            State state = sessions.presence(name);
            String key = SharedEntries.clientKey(new SharedEntries.Client(relay, name));
            if (state == null && told.remove(name) != null) {
                current.remove(List.of(key));
            } else if (state != null && told.put(name, state) != state) {
                current.put(key, SharedEntries.value(state));
            }
        }
    }

    @Override
    public void onClaimed(String name, NameClaim claim) {
        ClusterNode current = node;
        if (current != null) {
            current.putFirst(SharedEntries.ownerKey(name), SharedEntries.value(claim));
        }
    }

    @Override
    public void onRemoved(String name) {
        ClusterNode current = node;
        if (current != null) {
            current.remove(List.of(SharedEntries.ownerKey(name)));
        }
    }

    @Override
    public void onBlocks(Set<String> entries) {
        ClusterNode current = node;
        if (current != null) {
            current.put(SharedEntries.blocksKey(relay), SharedEntries.value(entries));
        }
    }

    private Optional<Member> reachable(String otherRelay) {
        return members.values().stream()
                .filter(member -> member.isReachable() && member.relay().equals(otherRelay))
                .findFirst();
    }

    @Override
    public List<String> reachable() {
        return members.values().stream()
                .filter(Member::isReachable)
                .map(Member::relay)
                .toList();
    }

    @Override
    public List<String> where(String name) {
        return clients.getOrDefault(name, Map.of()).keySet().stream()
                .filter(place -> reachable(place).isPresent())
                .toList();
    }

    @Override
    public void send(String otherRelay, ClusterMessage message) {
        reachable(otherRelay).ifPresent(member -> sendTo(member, message));
    }

    @Override
    public @Nullable RelayLink link(String otherRelay) {
        return reachable(otherRelay).map(member -> member.link).orElse(null);
    }

    @Override
    public @Nullable State of(String name) {
        State state = null;
        for (Map.Entry<String, State> place :
                clients.getOrDefault(name, Map.of()).entrySet()) {
            if (state != State.IDLE && reachable(place.getKey()).isPresent()) {
                state = place.getValue();
            }
        }
        return state;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        clients.keySet().stream().filter(name -> of(name) != null).forEach(names::add);
        return names;
    }

    /** Returns the other relays that this one knows, in words for the operator: address and fingerprint. */
    public List<RelayEvent.RelayStatus> statuses() {
        long nowNs = clock.nanoTime();
        return members.values().stream()
                .filter(member -> member.link != null)
                .map(member -> new RelayEvent.RelayStatus(
                        addressOf(member),
                        member.relay(),
                        member.hello == null ? "" : member.hello.program(),
                        member.present,
                        (nowNs - member.sinceNs) / NS_PER_MS,
                        namesAt(member.relay()).size()))
                .toList();
    }

    /** Leaves the cluster; waits some seconds at most. Any thread but the control thread, which must not be stopped yet. */
    @Override
    public void close() {
        own.control().execute(() -> closed = true);
        ClusterNode current = node;
        if (current != null) {
            onThread(current::close);
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException stop) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
