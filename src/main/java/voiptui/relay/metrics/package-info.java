/**
 * What a running relay tells to monitoring: metrics for Prometheus, and whether it lives and accepts calls, by HTTP.
 *
 * <pre>
 * {@link voiptui.relay.metrics.MetricsServer}  HTTP: /metrics, /healthz, /readyz
 * {@link voiptui.relay.metrics.RelayCollector} the relay's metrics, read when they are asked for
 * {@link voiptui.relay.metrics.CounterMetrics} how the counters are called there
 * {@link voiptui.relay.metrics.MetricsSource}  the relay, as this package sees it
 * </pre>
 *
 * <p>Only the source is loaded unless somebody asks for metrics. Imports {@code relay.media.measure} and {@code event}.
 */
@NullMarked
package voiptui.relay.metrics;

import org.jspecify.annotations.NullMarked;
