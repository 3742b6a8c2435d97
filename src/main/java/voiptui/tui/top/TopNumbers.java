package voiptui.tui.top;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.RelayEvent.ClientStatus;
import voiptui.event.RelayEvent.Status;
import voiptui.tui.widget.History;

/**
 * The relay's latest status, and rates computed from two of them. Immutable.
 *
 * @param status the latest status; null: none yet
 * @param clients the clients in the relay's order
 * @param packetsPerS datagrams received from all clients, per second; {@link #UNKNOWN} before the second status
 * @param kbitPerS payload received, in kbit/s
 * @param cpuPercent CPU time in percent of one core, or {@link #UNKNOWN}
 * @param perS the rate of each counter; empty before the second status
 * @param history {@code packetsPerS} at each status
 */
record TopNumbers(
        @Nullable Status status,
        List<ClientRow> clients,
        double packetsPerS,
        double kbitPerS,
        double cpuPercent,
        Map<Counter, Double> perS,
        History history) {

    /** A rate that is not known yet, or not on this platform. */
    static final double UNKNOWN = -1;

    private static final double MS_PER_S = 1000;
    private static final double BITS_PER_BYTE = 8;

    /**
     * A client and its rates.
     *
     * @param status what the relay reports
     * @param packetsPerS datagrams received from it, per second; {@link #UNKNOWN} before its second status
     * @param kbitPerS payload received from it, in kbit/s
     */
    record ClientRow(ClientStatus status, double packetsPerS, double kbitPerS) {}

    /** The numbers before the first status. */
    static final TopNumbers NONE = new TopNumbers(null, List.of(), UNKNOWN, UNKNOWN, UNKNOWN, Map.of(), History.EMPTY);

    /** Returns the numbers after a newer status. */
    TopNumbers next(Status newer) {
        Status before = status;
        long elapsedMs = before == null ? 0 : newer.uptimeMs() - before.uptimeMs();
        if (before == null || elapsedMs <= 0) {
            List<ClientRow> unknown = newer.clients().stream()
                    .map(client -> new ClientRow(client, UNKNOWN, UNKNOWN))
                    .toList();
            return new TopNumbers(newer, unknown, UNKNOWN, UNKNOWN, UNKNOWN, Map.of(), history);
        }
        List<ClientRow> rows = rows(before, newer, elapsedMs);
        double packets = rows.stream().mapToDouble(ClientRow::packetsPerS).sum();
        double kbit = rows.stream().mapToDouble(ClientRow::kbitPerS).sum();
        double cpu = before.cpuMs() < 0 || newer.cpuMs() < 0
                ? UNKNOWN
                : 100.0 * (newer.cpuMs() - before.cpuMs()) / elapsedMs;
        return new TopNumbers(newer, rows, packets, kbit, cpu, rates(before, newer, elapsedMs), history.with(packets));
    }

    private static List<ClientRow> rows(Status older, Status newer, long elapsedMs) {
        Map<String, ClientStatus> before = new HashMap<>();
        older.clients().forEach(client -> before.put(client.client(), client));
        return newer.clients().stream()
                .map(client -> row(before.get(client.client()), client, elapsedMs))
                .toList();
    }

    /** Returns a client's rates; one that has connected or reconnected since counts from 0. */
    private static ClientRow row(@Nullable ClientStatus before, ClientStatus now, long elapsedMs) {
        boolean same =
                before != null && now.registeredMs() >= before.registeredMs() && now.packets() >= before.packets();
        long packets = now.packets() - (before != null && same ? before.packets() : 0);
        long bytes = now.bytes() - (before != null && same ? before.bytes() : 0);
        return new ClientRow(now, packets * MS_PER_S / elapsedMs, bytes * BITS_PER_BYTE / elapsedMs);
    }

    private static Map<Counter, Double> rates(Status older, Status newer, long elapsedMs) {
        Map<Counter, Double> rates = new EnumMap<>(Counter.class);
        newer.counters()
                .forEach((counter, total) -> rates.put(
                        counter, (total - older.counters().getOrDefault(counter, 0L)) * MS_PER_S / elapsedMs));
        return rates;
    }

    /** Returns the total of a counter; 0 before the first status. */
    long total(Counter counter) {
        return status == null ? 0 : status.counters().getOrDefault(counter, 0L);
    }

    /** Returns the rate of a counter, or {@link #UNKNOWN}. */
    double perS(Counter counter) {
        return perS.getOrDefault(counter, UNKNOWN);
    }
}
