package voiptui.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import voiptui.event.Counter;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.time.NanoClock;

/** A relay on free ports of 127.0.0.1, its events, and the clients that a test made; all gone when it is closed. */
final class RelayHarness implements AutoCloseable {

    static final long PATIENCE_MS = 10_000;

    final Relay relay;
    private final Subscription subscription;
    private final List<Event> events = new ArrayList<>();
    private final List<ClassicPeer> peers = new ArrayList<>();

    private RelayHarness(RelayConfig config, DescriptorBudget tuning, V2Service second) throws IOException {
        EventBus bus = new EventBus();
        subscription = bus.subscribe();
        relay = Relay.start(config, tuning, second, bus, NanoClock.SYSTEM);
    }

    static RelayConfig config(int maxClients, int tcpTimeoutMs, int clientTimeoutMs, int sweepMs) {
        return new RelayConfig(
                InetAddress.getLoopbackAddress(), 0, 0, maxClients, tcpTimeoutMs, clientTimeoutMs, sweepMs);
    }

    static RelayHarness start() throws IOException {
        return start(config(10, 30_000, 120_000, 10_000));
    }

    static RelayHarness start(RelayConfig config) throws IOException {
        return start(config, DescriptorBudget.forThisMachine(0));
    }

    static RelayHarness start(RelayConfig config, DescriptorBudget tuning) throws IOException {
        return start(config, tuning, null);
    }

    static RelayHarness start(RelayConfig config, DescriptorBudget tuning, V2Service second) throws IOException {
        return new RelayHarness(config, tuning, second);
    }

    /** A client at {@code ip}; closed with this. */
    ClassicPeer peer(String ip) {
        ClassicPeer peer = new ClassicPeer(ip, relay.controlAddress(), relay.mediaAddress());
        peers.add(peer);
        return peer;
    }

    long count(Counter counter) {
        return relay.counters().get(counter);
    }

    /** Waits until a counter has reached a total. */
    boolean awaitCount(Counter counter, long atLeast) {
        return Deadline.await(PATIENCE_MS, () -> count(counter) >= atLeast);
    }

    /** All events so far. */
    List<Event> events() {
        for (Event event = subscription.poll(); event != null; event = subscription.poll()) {
            events.add(event);
        }
        return events;
    }

    /** Waits for an event. */
    boolean awaitEvent(Predicate<Event> wanted) {
        return Deadline.await(PATIENCE_MS, () -> events().stream().anyMatch(wanted));
    }

    boolean awaitEvent(Event wanted) {
        return awaitEvent(wanted::equals);
    }

    @Override
    public void close() {
        peers.forEach(ClassicPeer::close);
        relay.close();
        subscription.close();
    }
}
