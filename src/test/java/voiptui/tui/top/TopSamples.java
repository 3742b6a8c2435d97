package voiptui.tui.top;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.event.RelayEvent.ClientStatus;
import voiptui.event.RelayEvent.Status;

/** What a relay may say, for tests of its screen. */
final class TopSamples {

    static final long AT_MS = Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli();
    static final String A = "192.0.2.1:5000";
    static final String B = "192.0.2.7:5000";
    static final String C = "192.0.2.10:40000";
    static final int PACKET_BYTES = 1750;

    private TopSamples() {}

    /** The relay after so long, with these clients and no counts. */
    static Status status(long uptimeMs, ClientStatus... clients) {
        return new Status(uptimeMs, List.of(clients), counters(), 0, -1);
    }

    /** One that waits for somebody and has sent so many packets. */
    static ClientStatus waiting(String client, long registeredMs, long packets) {
        return new ClientStatus(
                client,
                "192.0.2.99",
                null,
                registeredMs,
                packets,
                packets * PACKET_BYTES,
                packets == 0 ? registeredMs : 12);
    }

    /** One in a call. */
    static ClientStatus talking(String client, String peer, long registeredMs, long packets) {
        return new ClientStatus(
                client, peer.replaceFirst(":\\d+$", ""), peer, registeredMs, packets, packets * PACKET_BYTES, 12);
    }

    /** All counters of a relay, 0 but for these: counter, total, counter, total, … */
    static Map<Counter, Long> counters(Object... totals) {
        Map<Counter, Long> counters = new EnumMap<>(Counter.class);
        Arrays.stream(Counter.values())
                .filter(counter -> counter.side() == Counter.Side.RELAY)
                .forEach(counter -> counters.put(counter, 0L));
        for (int i = 0; i < totals.length; i += 2) {
            counters.put((Counter) totals[i], ((Number) totals[i + 1]).longValue());
        }
        return counters;
    }

    /** A model after these events. */
    static TopModel model(RelayEvent... events) {
        TopModel model = TopModel.INITIAL;
        for (RelayEvent event : events) {
            model = TopUpdate.onEvent(model, event, AT_MS);
        }
        return model;
    }
}
