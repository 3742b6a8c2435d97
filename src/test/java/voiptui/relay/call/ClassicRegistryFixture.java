package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.net.IpText;
import voiptui.protocol.classic.ClassicReply;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directories;
import voiptui.relay.registrar.Registrar;
import voiptui.relay.registrar.RegistrarConfig;

/** A classic registry of a relay without v2 clients, with a manual clock and a recording media plane. */
abstract class ClassicRegistryFixture {

    static final String A = "10.0.0.1";
    static final String B = "10.0.0.2";
    static final String C = "10.0.0.3";
    static final String RELAY = "10.0.0.254";
    static final int PACKET_BYTES = 1768;
    static final int MAX_CLIENTS = 4;
    static final int CLIENT_TIMEOUT_MS = 120_000;

    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final EventBus bus = new EventBus();
    private final Subscription subscription = bus.subscribe();
    final Counters counters = new Counters();
    private final List<Event> seen = new ArrayList<>();
    final RecordingMediaPlane media = new RecordingMediaPlane();
    final ClassicRegistry registry =
            new ClassicRegistry(MAX_CLIENTS, CLIENT_TIMEOUT_MS, media, bus, counters, nowNs::get);

    @BeforeEach
    final void createRegistrar(@TempDir Path stateDir) {
        new Registrar(
                new RegistrarConfig(MAX_CLIENTS, Directories.open(stateDir, AccessPolicy.OPEN), 9999),
                registry,
                media,
                new RelayContext(bus, counters, nowNs::get, () -> Instant.EPOCH, new Random(1)));
    }

    ClassicReply hello(String from, int port, String target) {
        return registry.hello(new InetSocketAddress(ip(from), port), ip(RELAY), ip(target));
    }

    void heard(String ip, int port, boolean ends) {
        find(ip, port).media().onHeard(nowNs.get(), PACKET_BYTES, ends);
    }

    void passMs(long ms) {
        nowNs.addAndGet(ms * 1_000_000L);
    }

    ClassicClient find(String ip, int port) {
        return registry.clients().stream()
                .filter(client -> client.key().equals(new InetSocketAddress(ip(ip), port)))
                .findFirst()
                .orElse(null);
    }

    ClassicClient peerOf(String ip, int port) {
        return find(ip, port).peer();
    }

    void assertPaired(String ip, int port, String otherIp, int otherPort) {
        ClassicClient one = find(ip, port);
        ClassicClient other = find(otherIp, otherPort);
        assertThat(one.peer()).isSameAs(other);
        assertThat(other.peer()).isSameAs(one);
        assertThat(media.peers.get(one.flow())).isSameAs(other.flow());
    }

    List<Event> events() {
        for (Event event = subscription.poll(); event != null; event = subscription.poll()) {
            seen.add(event);
        }
        return seen;
    }

    static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }
}
