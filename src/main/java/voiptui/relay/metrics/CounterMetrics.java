package voiptui.relay.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import voiptui.event.Counter;
import voiptui.event.Counters;

/**
 * The relay's counters as metrics: each {@link Counter} of the relay is one time series. Counters whose sum means something share a
 * metric and differ in a label.
 */
final class CounterMetrics {

    private static final String PREFIX = "voiptui_relay_";

    /**
     * A metric.
     *
     * @param name without prefix and {@code _total}
     * @param label the name of the label; empty: there is one series, without labels
     */
    private record Metric(String name, String help, String label, List<Series> series) {

        static Metric of(String name, String help, Counter counter) {
            return new Metric(name, help, "", List.of(new Series("", counter)));
        }

        static Metric of(String name, String help, String label, Series... series) {
            return new Metric(name, help, label, List.of(series));
        }
    }

    private record Series(String value, Counter counter) {}

    private static final List<Metric> METRICS = List.of(
            Metric.of("received_packets", "Datagrams received, by UDP or through a TLS connection.", Counter.ARRIVED),
            Metric.of("received_bytes", "Payload bytes of the datagrams received.", Counter.ARRIVED_BYTES),
            Metric.of("forwarded_packets", "Datagrams forwarded to the other side of a call.", Counter.FORWARDED),
            Metric.of("forwarded_bytes", "Payload bytes of the datagrams forwarded.", Counter.FORWARDED_BYTES),
            Metric.of(
                    "tunnelled_packets",
                    "Datagrams received or sent through a TLS connection instead of UDP.",
                    Counter.TUNNELLED),
            Metric.of(
                    "dropped_packets",
                    "Datagrams dropped, by cause.",
                    "cause",
                    new Series("no_peer", Counter.DROPPED_NO_PEER),
                    new Series("unregistered", Counter.DROPPED_UNREGISTERED),
                    new Series("undersized", Counter.DROPPED_UNDERSIZED),
                    new Series("oversized", Counter.DROPPED_OVERSIZED),
                    new Series("over_rate", Counter.DROPPED_OVER_RATE),
                    new Series("unreachable", Counter.DROPPED_UNREACHABLE),
                    new Series("send_buffer_full", Counter.DROPPED_SEND_BUFFER_FULL),
                    new Series("send_failed", Counter.DROPPED_SEND_FAILED),
                    new Series("not_from_relay", Counter.DROPPED_NOT_FROM_RELAY),
                    new Series("tunnel_full", Counter.DROPPED_TUNNEL_FULL)),
            Metric.of(
                    "binds",
                    "Bind datagrams, by what became of them.",
                    "result",
                    new Series("answered", Counter.BINDS_ANSWERED),
                    new Series("refused", Counter.BINDS_REFUSED)),
            Metric.of("control_connections", "Control connections accepted.", Counter.CONTROL_CONNECTIONS),
            Metric.of(
                    "control_errors",
                    "Control messages and connections that were in error, by cause.",
                    "cause",
                    new Series("invalid", Counter.CONTROL_INVALID),
                    new Series("timeout", Counter.CONTROL_TIMEOUT),
                    new Series("unknown", Counter.CONTROL_UNKNOWN),
                    new Series("no_proxy_header", Counter.CONTROL_NO_PROXY_HEADER)),
            Metric.of(
                    "refusals",
                    "Clients turned away because of who they are, by cause.",
                    "cause",
                    new Series("classic_not_admitted", Counter.CONTROL_NOT_ADMITTED),
                    new Series("blocked", Counter.REFUSED_BLOCKED)),
            Metric.of(
                    "limits_hit",
                    "Times that somebody met a limit, by limit.",
                    "limit",
                    new Series("classic_clients", Counter.CONTROL_FULL),
                    new Series("connections_of_address", Counter.CONTROL_LIMITED),
                    new Series("message_rate", Counter.CONTROL_SLOWED),
                    new Series("places_of_address", Counter.CLIENTS_DISPLACED),
                    new Series("unread_messages", Counter.CONTROL_NOT_READING)),
            Metric.of("classic_registrations", "Registrations of classic clients accepted.", Counter.REGISTRATIONS),
            Metric.of(
                    "sign_ins",
                    "Sign-ins of v2 clients, including resumed sessions, by result.",
                    "result",
                    new Series("accepted", Counter.SIGN_INS),
                    new Series("refused", Counter.SIGN_INS_REFUSED)),
            Metric.of(
                    "expelled_clients",
                    "Clients signed out by the operator, or because their name is no longer theirs.",
                    Counter.CLIENTS_EXPELLED),
            Metric.of("placed_calls", "Calls placed by v2 clients.", Counter.CALLS_PLACED),
            Metric.of("connected_calls", "Calls connected with at least one v2 client.", Counter.CALLS_CONNECTED),
            Metric.of(
                    "tls_handshakes",
                    "TLS handshakes, by result.",
                    "result",
                    new Series("completed", Counter.TLS_HANDSHAKES),
                    new Series("failed", Counter.TLS_FAILED)));

    private CounterMetrics() {}

    /** Returns the counters that are metrics. */
    static List<Counter> counters() {
        return METRICS.stream()
                .flatMap(metric -> metric.series.stream())
                .map(Series::counter)
                .toList();
    }

    /** Returns the metrics as they are now. */
    static List<MetricSnapshot> read(Counters totals) {
        List<MetricSnapshot> read = new ArrayList<>();
        for (Metric metric : METRICS) {
            CounterSnapshot.Builder snapshot =
                    CounterSnapshot.builder().name(PREFIX + metric.name).help(metric.help);
            for (Series series : metric.series) {
                snapshot.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(metric.label.isEmpty() ? Labels.EMPTY : Labels.of(metric.label, series.value))
                        .value(totals.get(series.counter))
                        .build());
            }
            read.add(snapshot.build());
        }
        return read;
    }
}
