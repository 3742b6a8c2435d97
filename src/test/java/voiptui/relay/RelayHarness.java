package voiptui.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import voiptui.event.Counter;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.time.NanoClock;

/**
 * A relay on free ports of 127.0.0.1 with a temporary state directory, its events, and the test's classic clients. Closing
 * it removes all of them.
 */
final class RelayHarness implements AutoCloseable {

    static final long PATIENCE_MS = 10_000;

    final Relay relay;
    private final Subscription subscription;
    private final List<Event> events = new ArrayList<>();
    private final List<ClassicPeer> peers = new ArrayList<>();

    private final Path stateDir;

    /** Creates the v2 part of a relay. */
    interface V2Factory {
        V2Service create(RelayConfig config, EventBus events) throws IOException;
    }

    private RelayHarness(RelayConfig config, DescriptorBudget budget, V2Factory v2) throws IOException {
        EventBus bus = new EventBus();
        subscription = bus.subscribe();
        stateDir = config.stateDir();
        relay = Relay.start(config, budget, v2.create(config, bus), bus, NanoClock.SYSTEM);
    }

    /** Returns settings with a temporary state directory, which {@link #close} deletes. */
    static RelayConfig config(int maxClients, int tcpTimeoutMs, int clientTimeoutMs, int sweepMs) throws IOException {
        return RelayConfig.onFreePorts(InetAddress.getLoopbackAddress(), Files.createTempDirectory("relay-harness"))
                .withLimits(maxClients, new RelayConfig.ClassicTimes(tcpTimeoutMs, clientTimeoutMs, sweepMs));
    }

    static RelayHarness start() throws IOException {
        return start(config(10, 30_000, 120_000, 10_000));
    }

    static RelayHarness start(RelayConfig config) throws IOException {
        return start(config, DescriptorBudget.forThisMachine(config.maxClients()));
    }

    static RelayHarness start(RelayConfig config, DescriptorBudget budget) throws IOException {
        return start(config, budget, (settings, events) -> V2Service.of(settings, events, NanoClock.SYSTEM));
    }

    static RelayHarness start(RelayConfig config, DescriptorBudget budget, V2Factory v2) throws IOException {
        return new RelayHarness(config, budget, v2);
    }

    /** Returns a classic client at {@code ip}; closed with the harness. */
    ClassicPeer peer(String ip) {
        ClassicPeer peer = new ClassicPeer(ip, relay.controlAddress(), relay.mediaAddress());
        peers.add(peer);
        return peer;
    }

    long count(Counter counter) {
        return relay.counters().get(counter);
    }

    /** Returns all counters that are not 0. */
    String counts() {
        return Arrays.stream(Counter.values())
                .filter(counter -> count(counter) != 0)
                .map(counter -> counter + "=" + count(counter))
                .collect(Collectors.joining(" "));
    }

    /** Waits until a counter reaches a total. */
    boolean awaitCount(Counter counter, long atLeast) {
        return Deadline.await(PATIENCE_MS, () -> count(counter) >= atLeast);
    }

    /** Returns all events so far. */
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
        deleteStateDir();
    }

    private void deleteStateDir() {
        try (Stream<Path> files = Files.walk(stateDir)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (NoSuchFileException closedBefore) {
            // nothing left to delete
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
