package voiptui.relay.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import voiptui.relay.media.measure.Distribution;

/**
 * Reads a relay's metrics when they are asked for. Without the control thread's answer within two seconds, the clients and calls are
 * missing, and the rest is there. Any thread.
 */
final class RelayCollector implements MultiCollector {

    static final int ANSWER_MS = 2_000;

    private static final double NS_PER_S = 1e9;
    private static final double PER_MILLION = 1e6;

    private final MetricsSource relay;
    private final String version;

    /**
     * Creates a collector.
     *
     * @param version the relay's version
     */
    RelayCollector(MetricsSource relay, String version) {
        this.relay = relay;
        this.version = version;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder metrics = MetricSnapshots.builder();
        metrics.metricSnapshot(InfoSnapshot.builder()
                .name("voiptui_relay_build")
                .help("The version of the relay.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", version))
                        .build())
                .build());
        CounterMetrics.read(relay.counters()).forEach(metrics::metricSnapshot);
        MetricsSource.Readings readings = readings();
        if (readings != null) {
            addClients(metrics, readings);
            addCalls(metrics, readings.calls());
            metrics.metricSnapshot(gauge(
                    "voiptui_relay_cluster_relays",
                    "Other relays of the cluster, by whether they can be reached; those that were lost are forgotten after two "
                            + "minutes.",
                    point(readings.relays().reachable(), "state", "reachable"),
                    point(readings.relays().lost(), "state", "lost")));
        }
        metrics.metricSnapshot(gauge(
                "voiptui_relay_ready", "Whether new calls are accepted: 1, or 0.", point(relay.isReady() ? 1 : 0)));
        metrics.metricSnapshot(HistogramSnapshot.builder()
                .name("voiptui_relay_forwarding_seconds")
                .help(
                        "How long datagrams took from being read to being sent; one batch of datagrams in 16 is measured.")
                .dataPoint(point(relay.forwardingTimes(), NS_PER_S, Labels.EMPTY))
                .build());
        metrics.metricSnapshot(HistogramSnapshot.builder()
                .name("voiptui_relay_leg_loss_ratio")
                .help(
                        "The part of the packets of a call that was lost on the way between a client and the relay, by direction; "
                                + "each leg of a call counts once in ten seconds.")
                .dataPoint(point(relay.lossesFromClients(), PER_MILLION, Labels.of("direction", "from_client")))
                .dataPoint(point(relay.lossesToClients(), PER_MILLION, Labels.of("direction", "to_client")))
                .build());
        return metrics.build();
    }

    private MetricsSource.@Nullable Readings readings() {
        try {
            return relay.readings().get(ANSWER_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException noAnswer) {
            return null;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void addClients(MetricSnapshots.Builder metrics, MetricsSource.Readings readings) {
        metrics.metricSnapshot(gauge(
                "voiptui_relay_registered_clients",
                "Clients that hold a place, by protocol; of v2 also those that lost their connection a moment ago.",
                point(readings.sessions(), "protocol", "v2"),
                point(readings.classic(), "protocol", "classic")));
        metrics.metricSnapshot(
                gauge("voiptui_relay_online_clients", "v2 clients that are connected.", point(readings.online())));
        metrics.metricSnapshot(gauge(
                "voiptui_relay_max_clients", "The most clients that are admitted.", point(readings.maxClients())));
        metrics.metricSnapshot(
                gauge("voiptui_relay_names", "Client names that have an owner.", point(readings.names())));
    }

    private static void addCalls(MetricSnapshots.Builder metrics, MetricsSource.Calls calls) {
        metrics.metricSnapshot(gauge(
                "voiptui_relay_calls",
                "Connected calls, by the protocols of the two sides.",
                point(calls.v2(), "kind", "v2"),
                point(calls.mixed(), "kind", "mixed"),
                point(calls.classic(), "kind", "classic")));
        metrics.metricSnapshot(gauge(
                "voiptui_relay_unanswered_calls",
                "Calls that ring, or wait for somebody to be there.",
                point(calls.unanswered())));
    }

    private static MetricSnapshot gauge(String name, String help, GaugeDataPointSnapshot... points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (GaugeDataPointSnapshot point : points) {
            gauge.dataPoint(point);
        }
        return gauge.build();
    }

    private static GaugeDataPointSnapshot point(int value, String... labels) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value(value)
                .build();
    }

    private static HistogramDataPointSnapshot point(Distribution values, double perUnit, Labels labels) {
        long[] bounds = values.upperBounds();
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long[] counts = values.counts();
        for (int i = 0; i < counts.length; i++) {
            buckets.bucket(i < bounds.length ? bounds[i] / perUnit : Double.POSITIVE_INFINITY, counts[i]);
        }
        return HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(buckets.build())
                .sum(values.sum() / perUnit)
                .build();
    }
}
