package voiptui.relay.cluster;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.protocol.ClusterJson;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.cluster.node.ClusterNode;
import voiptui.relay.cluster.node.MemberTrust;
import voiptui.relay.directory.Directory;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.registrar.ClusterCalls;
import voiptui.relay.registrar.SessionHandler;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * This relay's place in a cluster: joins and leaves it, and hands on what the library reports. Who the other relays are is known by
 * {@link ClusterMembers}, who is signed in where by {@link ClusterPresence}; {@link ClusterDirectory} keeps names and blocks in step.
 * Without other relays, everything goes on as if there were no cluster.
 *
 * <p>Owned by the control thread. What may block runs on the thread {@code relay-cluster}; the library calls {@link NodeListener} on
 * threads of its own.
 */
public final class Cluster implements AutoCloseable {

    /** How often what is shared is compared, in case a change was missed, in milliseconds. */
    private static final long COMPARE_MS = 15_000;
    /** The same, after relays have come or gone. */
    private static final long COMPARE_SOON_MS = 1_000;

    /** How long after a failed start the next one is tried, in milliseconds. */
    private static final long RESTART_MS = 15_000;

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
     * @param timeMs returns the time, in milliseconds since 1970
     * @param vouchers receives what other relays have stated about this one, by their fingerprints, whenever that changes; called by the
     *     control thread
     */
    public record Own(
            Identity identity,
            String program,
            InetSocketAddress mediaAddress,
            Executor control,
            LongSupplier timeMs,
            Consumer<Map<String, String>> vouchers) {}

    private final ClusterConfig config;
    private final Own own;
    private final EventBus events;
    private final NanoClock clock;
    private final RateLimiter refusals;
    private final MemberTrust trust;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "relay-cluster"));
    private final JoinedNode node = new JoinedNode();
    private final ClientLocations locations = new ClientLocations();
    private final ClusterMembers members;
    private final ClusterPresence presence;
    private final ClusterDirectory names;
    private final ClusterCalls calls;

    private long compareNs;
    /** Starts the node again; null: it has started, or is about to. */
    private @Nullable Runnable restart;
    /** When to start the node again; meaningless without {@link #restart}. */
    private long restartNs;
    /** Why the node did not start, as reported; empty: nothing was. */
    private String startProblem = "";

    private boolean closed;

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
        this.events = events;
        this.clock = clock;
        this.refusals = new RateLimiter(1, REFUSALS_NS, clock);
        this.trust = new MemberTrust(refused -> onControl(() -> onRefused(refused)));
        trust.allow(config.allowed());
        String relay = own.identity().fingerprint().text();
        this.members = new ClusterMembers(
                own, relay, trust, media, locations, node, events, clock, random, new MemberListener());
        this.presence =
                new ClusterPresence(relay, sessions, locations, members, node, this::onControl, this::onRemotePresence);
        this.names = new ClusterDirectory(relay, directory, node);
        this.calls = sessions.join(members, presence);
        directory.share(names);
    }

    /** Joins the cluster, on another thread; the relay serves its clients meanwhile. What fails is tried again. */
    public void start(ClusterNode.Factory factory) {
        onThread(() -> {
            try {
                ClusterNode started =
                        factory.start(config.addresses(), trust.context(own.identity()), new NodeListener());
                onControl(() -> onStarted(started));
            } catch (IOException impossible) {
                onControl(() -> onNotStarted(factory, String.valueOf(impossible.getMessage())));
            }
        });
    }

    private void onNotStarted(ClusterNode.Factory factory, String problem) {
        if (!problem.equals(startProblem)) {
            startProblem = problem;
            warn(problem + "; serving without the other relays, and trying again every " + RESTART_MS / 1_000 + " s");
        }
        restart = () -> start(factory);
        restartNs = clock.nanoTime() + RESTART_MS * NS_PER_MS;
    }

    /** Changes who may be a member; relays that may no longer be are given up. Any thread. */
    public void allow(Set<Fingerprint> allowed) {
        trust.allow(allowed);
        onControl(() -> members.giveUpDisallowed());
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
        node.set(started);
        startProblem = "";
        members.greetAll();
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
        members.onView(others);
        compareNs = clock.nanoTime() + COMPARE_SOON_MS * NS_PER_MS;
    }

    private void onMessage(String from, ClusterMessage message) {
        if (!closed) {
            members.onMessage(from, message);
        }
    }

    private void onRemotePresence(String name) {
        calls.onPresence(name);
    }

    /** Passes on what becomes of other relays, and of the clients there, to the calls. */
    private final class MemberListener implements ClusterMembers.Listener {

        @Override
        public void onReachable(String relay, boolean isSameProcess) {
            calls.onReachable(relay, isSameProcess);
            locations.namesAt(relay).forEach(calls::onPresence);
        }

        @Override
        public void onLost(String relay) {
            calls.onLost(relay);
            locations.namesAt(relay).forEach(calls::onPresence);
        }

        @Override
        public void onMessage(String relay, ClusterMessage message) {
            calls.onMessage(relay, message);
        }
    }

    private void onEntry(String key, @Nullable String value) {
        String name = SharedEntries.ownedName(key);
        SharedEntries.Client client = SharedEntries.client(key);
        String blocking = SharedEntries.blockingRelay(key);
        if (name != null) {
            names.onOwner(name, value);
        } else if (client != null) {
            presence.onClient(client, value);
        } else if (blocking != null) {
            names.onBlocksOf(blocking, value);
        }
    }

    /** Does what is due. To be called about once a second. */
    public void sweep() {
        long nowNs = clock.nanoTime();
        members.sweep();
        Runnable again = restart;
        if (again != null && !closed && nowNs - restartNs >= 0) {
            restart = null;
            again.run();
        }
        ClusterNode current = node.get();
        if (current != null && nowNs - compareNs >= 0) {
            compareNs = nowNs + COMPARE_MS * NS_PER_MS;
            onThread(() -> {
                Map<String, String> entries = current.entries();
                onControl(() -> compare(entries));
            });
        }
    }

    /** Compares what is shared with what this relay knows, and repairs both. */
    private void compare(Map<String, String> entries) {
        entries.forEach(this::onEntry);
        names.compare(entries);
        presence.compare(entries);
    }

    /** Returns the other relays that this one knows, in words for the operator: address and fingerprint. */
    public List<RelayEvent.RelayStatus> statuses() {
        return members.statuses();
    }

    /** Leaves the cluster; waits some seconds at most. Any thread but the control thread, which must not be stopped yet. */
    @Override
    public void close() {
        onControl(() -> closed = true);
        ClusterNode current = node.get();
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
