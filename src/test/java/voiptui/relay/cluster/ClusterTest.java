package voiptui.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.RelayStatement;
import voiptui.protocol.ClusterJson;
import voiptui.protocol.ClusterMessage;
import voiptui.relay.cluster.node.ClusterAddresses;
import voiptui.relay.cluster.node.ClusterNode;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directories;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.presence.RemotePresence;
import voiptui.relay.registrar.ClusterCalls;
import voiptui.relay.registrar.SessionHandler;
import voiptui.testkit.ManualClock;

/** A relay in a cluster with one other, {@code north}; what is connected is a record of what was said. */
class ClusterTest {

    private static final InetSocketAddress OWN = new InetSocketAddress("127.0.0.1", 9_999);
    private static final long DEADLINE_S = 20;
    private static final long TIME_MS = 1_800_000_000_000L;

    @TempDir
    private Path stateDir;

    private final Identity north = Identity.create();
    private final Identity own = Identity.create();
    private final ManualClock clock = new ManualClock();
    private final BlockingQueue<Runnable> control = new LinkedBlockingQueue<>();
    private final List<String> done = new ArrayList<>();
    private final Map<String, String> entries = new HashMap<>();
    private final Map<String, List<String>> online = new HashMap<>();
    private final Node node = new Node();
    private ClusterNode.Listener library;
    private Cluster cluster;
    private Map<String, String> vouchedBy = Map.of();
    private IOException startProblem = new IOException("port 9990 is in use");

    private final class Node implements ClusterNode {

        @Override
        public void send(String to, byte[] message) {
            ClusterMessage read = ClusterJson.read(message).orElseThrow();
            done.add("tell " + to + " " + read.getClass().getSimpleName());
        }

        @Override
        public void put(String key, String value) {
            done.add("put " + key.split(" ")[0]);
            entries.put(key, value);
        }

        @Override
        public void putFirst(String key, String value) {
            put(key, value);
        }

        @Override
        public void remove(Collection<String> keys) {
            entries.keySet().removeAll(keys);
        }

        @Override
        public Map<String, String> entries() {
            return Map.copyOf(entries);
        }

        @Override
        public void close() {}
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @BeforeEach
    void start() throws Exception {
        ClusterCalls calls = proxy(ClusterCalls.class, (self, method, given) -> {
            done.add(method.getName());
            return null;
        });
        SessionHandler sessions = proxy(SessionHandler.class, (self, method, given) -> switch (method.getName()) {
            case "join" -> calls;
            case "online" -> online;
            case "presence" -> online.containsKey((String) given[0]) ? RemotePresence.State.IDLE : null;
            default -> throw new AssertionError(method);
        });
        MediaPlane media = proxy(MediaPlane.class, (self, method, given) -> {
            done.add(method.getName());
            return null;
        });
        cluster = new Cluster(
                new ClusterConfig(new ClusterAddresses(OWN, List.of()), Set.of(north.fingerprint())),
                new Cluster.Own(
                        own, "1", OWN, control::add, () -> TIME_MS, vouchers -> vouchedBy = Map.copyOf(vouchers)),
                media,
                sessions,
                Directories.open(stateDir, AccessPolicy.OPEN),
                new EventBus(),
                clock,
                new Random(1));
        cluster.start((addresses, tls, listener) -> {
            library = listener;
            if (startProblem != null) {
                throw startProblem;
            }
            return node;
        });
        runOne();
        startProblem = null;
        clock.advanceMs(15_000);
        cluster.sweep();
        runOne();
        library.onView(List.of("n"));
        runOne();
        assertThat(done()).isEqualTo("tell n Hello");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void runOne() throws InterruptedException {
        Runnable task = control.poll(DEADLINE_S, TimeUnit.SECONDS);
        assertThat(task).isNotNull();
        task.run();
    }

    private String done() {
        String all = String.join(", ", done);
        done.clear();
        return all;
    }

    private String helloWith(String key) throws InterruptedException {
        library.onMessage(
                "n",
                ClusterJson.write(new ClusterMessage.Hello(
                        1, north.fingerprint().text(), "1", "0".repeat(16), "127.0.0.2", 9_999, key.repeat(32), true)));
        runOne();
        return done();
    }

    @Test
    void shouldUseTheNewKeyOfARelayThatHasForgottenThisOne() throws Exception {
        assertThat(helloWith("ab")).isEqualTo("open, onReachable, tell n Vouch");
        assertThat(helloWith("ab")).isEmpty();
        assertThat(helloWith("cd")).isEqualTo("onLost, close, open, onReachable, tell n Vouch");
        assertThat(cluster.statuses()).singleElement().matches(RelayEvent.RelayStatus::reachable);
    }

    private void vouch(Identity by, Fingerprint member) throws InterruptedException {
        String statement = RelayStatement.sign(RelayStatement.Kind.MEMBER, by, member, TIME_MS)
                .text();
        library.onMessage("n", ClusterJson.write(new ClusterMessage.Vouch(statement)));
        runOne();
    }

    @Test
    void shouldKeepWhatTheOtherRelayStatesAboutThisOne() throws Exception {
        vouch(north, own.fingerprint());
        assertThat(vouchedBy).as("before it has introduced itself").isEmpty();
        helloWith("ab");
        vouch(north, north.fingerprint());
        vouch(own, own.fingerprint());
        vouch(Identity.create(), own.fingerprint());
        assertThat(vouchedBy).as("about another, or by another").isEmpty();

        vouch(north, own.fingerprint());

        assertThat(vouchedBy).containsOnlyKeys(north.fingerprint().text());
    }

    @Test
    void shouldVouchAgainBeforeTheStatementIsTooOld() throws Exception {
        helloWith("ab");
        cluster.sweep();
        assertThat(done()).doesNotContain("Vouch");

        clock.advanceMs(Duration.ofHours(12).toMillis());
        cluster.sweep();

        assertThat(done()).contains("tell n Vouch");
    }

    @Test
    void shouldGiveUpARelayThatIsNoLongerAllowed() throws Exception {
        helloWith("ab");

        cluster.allow(Set.of());
        runOne();

        assertThat(done()).isEqualTo("onLost, close");
        assertThat(cluster.statuses()).isEmpty();
        assertThat(helloWith("ab")).as("what it still says").isEmpty();

        cluster.allow(Set.of(north.fingerprint()));
        runOne();
        clock.advanceMs(1_000);
        cluster.sweep();
        runOne();
        assertThat(done()).as("allowed again").startsWith("tell n Hello");
        assertThat(helloWith("ab")).isEqualTo("open, onReachable, tell n Vouch");
    }

    @Test
    void shouldRepairOnlyWhatIsMissing() throws Exception {
        online.put("dora", List.of());
        clock.advanceMs(1_000);
        cluster.sweep();
        runOne();
        runOne();
        assertThat(done()).contains("put at");

        clock.advanceMs(15_000);
        cluster.sweep();
        runOne();
        assertThat(control).isEmpty();
        assertThat(done()).doesNotContain("put at");
        entries.clear();
        clock.advanceMs(15_000);
        cluster.sweep();
        runOne();
        runOne();
        assertThat(done()).contains("put at");
    }
}
