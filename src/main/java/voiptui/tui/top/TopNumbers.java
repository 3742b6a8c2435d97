package voiptui.tui.top;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import voiptui.event.Counter;
import voiptui.event.RelayEvent.ClientStatus;
import voiptui.event.RelayEvent.Status;
import voiptui.tui.widget.History;

/**
 * What a relay's status says, with what only two of them together can say: how much a second. Immutable.
 *
 * @param status the latest; {@code null} before the first
 * @param clients the clients in the relay's order
 * @param packetsPerS datagrams that come from all clients together, a second; {@link #UNKNOWN} before the second status
 * @param kbitPerS the same in kbit/s of payload
 * @param cpuPercent processor time, in per cent of one core, or {@link #UNKNOWN}
 * @param perS increase of each counter a second; empty before the second status
 * @param history {@code packetsPerS} of each status
 */
record TopNumbers(
        Status status,
        List<ClientRow> clients,
        double packetsPerS,
        double kbitPerS,
        double cpuPercent,
        Map<Counter, Double> perS,
        History history) {

    /** A rate that cannot be told yet, or not here. */
    static final double UNKNOWN = -1;

    private static final double MS_PER_S = 1000;
    private static final double BITS_PER_BYTE = 8;

    /**
     * One client.
     *
     * @param status what the relay said
     * @param packetsPerS datagrams that come from it, a second; {@link #UNKNOWN} while that cannot be told
     * @param kbitPerS the same in kbit/s of payload
     */
    record ClientRow(ClientStatus status, double packetsPerS, double kbitPerS) {}

    /** Before the relay has said anything. */
    static final TopNumbers NONE = new TopNumbers(null, List.of(), UNKNOWN, UNKNOWN, UNKNOWN, Map.of(), History.EMPTY);

    /** These numbers brought up to date by a newer status. */
    TopNumbers next(Status newer) {
        long elapsedMs = status == null ? 0 : newer.uptimeMs() - status.uptimeMs();
        if (elapsedMs <= 0) {
            List<ClientRow> unknown = newer.clients().stream()
                    .map(client -> new ClientRow(client, UNKNOWN, UNKNOWN))
                    .toList();
            return new TopNumbers(newer, unknown, UNKNOWN, UNKNOWN, UNKNOWN, Map.of(), history);
        }
        List<ClientRow> rows = rows(newer, elapsedMs);
        double packets = rows.stream().mapToDouble(ClientRow::packetsPerS).sum();
        double kbit = rows.stream().mapToDouble(ClientRow::kbitPerS).sum();
        double cpu = status.cpuMs() < 0 || newer.cpuMs() < 0
                ? UNKNOWN
                : 100.0 * (newer.cpuMs() - status.cpuMs()) / elapsedMs;
        return new TopNumbers(newer, rows, packets, kbit, cpu, increases(newer, elapsedMs), history.with(packets));
    }

    private List<ClientRow> rows(Status newer, long elapsedMs) {
        Map<String, ClientStatus> before = new HashMap<>();
        status.clients().forEach(client -> before.put(client.client(), client));
        return newer.clients().stream()
                .map(client -> row(before.get(client.client()), client, elapsedMs))
                .toList();
    }

    /** A client that has registered since, for the first time or again, counts from 0. */
    private static ClientRow row(ClientStatus before, ClientStatus now, long elapsedMs) {
        boolean fresh =
                before == null || now.registeredMs() < before.registeredMs() || now.packets() < before.packets();
        long packets = fresh ? now.packets() : now.packets() - before.packets();
        long bytes = fresh ? now.bytes() : now.bytes() - before.bytes();
        return new ClientRow(now, packets * MS_PER_S / elapsedMs, bytes * BITS_PER_BYTE / elapsedMs);
    }

    private Map<Counter, Double> increases(Status newer, long elapsedMs) {
        Map<Counter, Double> increases = new EnumMap<>(Counter.class);
        newer.counters()
                .forEach((counter, total) -> increases.put(
                        counter, (total - status.counters().getOrDefault(counter, 0L)) * MS_PER_S / elapsedMs));
        return increases;
    }

    /** The total of a counter, 0 before the first status. */
    long total(Counter counter) {
        return status == null ? 0 : status.counters().getOrDefault(counter, 0L);
    }

    /** Its increase a second, or {@link #UNKNOWN}. */
    double perS(Counter counter) {
        return perS.getOrDefault(counter, UNKNOWN);
    }
}
