package voiptui.relay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.relay.media.measure.Distribution;

class MetricsServerTest {

    private static final Pattern METRIC_IN_DASHBOARD = Pattern.compile("\\b(voiptui|jvm|process)_[a-z_]+");
    private static final int ANSWER_MS = 20_000;

    private static final class FakeRelay implements MetricsSource {
        final Counters counters = new Counters();
        final Distribution forwarding = new Distribution(10_000, 1_000_000);
        final Distribution fromClients = new Distribution(0, 10_000);
        final Distribution toClients = new Distribution(0, 10_000);
        CompletableFuture<Readings> readings = CompletableFuture.completedFuture(
                new Readings(9, 2_000, 7, 5, 4, new Calls(1, 2, 3, 6), new Relays(2, 1)));
        CompletableFuture<Void> heartbeat = CompletableFuture.completedFuture(null);
        boolean ready = true;

        @Override
        public Counters counters() {
            return counters;
        }

        @Override
        public CompletableFuture<Readings> readings() {
            return readings;
        }

        @Override
        public Distribution forwardingTimes() {
            return forwarding;
        }

        @Override
        public Distribution lossesFromClients() {
            return fromClients;
        }

        @Override
        public Distribution lossesToClients() {
            return toClients;
        }

        @Override
        public CompletableFuture<Void> heartbeat() {
            return heartbeat;
        }

        @Override
        public boolean isReady() {
            return ready;
        }
    }

    private record Reply(int status, String head, String body) {}

    private final FakeRelay relay = new FakeRelay();
    private MetricsServer server;

    @BeforeEach
    void open() throws IOException {
        server = MetricsServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply ask(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server.address(), ANSWER_MS);
            socket.setSoTimeout(ANSWER_MS);
            OutputStream out = socket.getOutputStream();
            out.write(
                    (request + "\r\nHost: whatever\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = all.split("\r\n\r\n", 2);
            return new Reply(Integer.parseInt(parts[0].split(" ")[1]), parts[0], parts[1]);
        }
    }

    private Reply get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1");
    }

    private ExpositionText metrics() throws IOException {
        Reply reply = get("/metrics");
        assertThat(reply.status).as(reply.body).isEqualTo(200);
        assertThat(reply.head).contains("text/plain; version=0.0.4; charset=utf-8");
        return ExpositionText.parse(reply.body);
    }

    @Test
    void shouldMakeEachCounterOfTheRelayAMetric() {
        assertThat(CounterMetrics.counters())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Counter.values())
                        .filter(counter -> counter.side() == Counter.Side.RELAY)
                        .toList());
    }

    @Test
    void shouldTellCountersClientsAndCalls() throws IOException {
        relay.counters.add(Counter.FORWARDED_BYTES, 123_456_789_012L);
        relay.counters.part().add(Counter.DROPPED_OVER_RATE, 3);
        server.serve(relay);

        ExpositionText metrics = metrics();

        assertThat(metrics.seriesOf("voiptui_relay_forwarded_bytes_total")).isEqualTo(123_456_789_012.0);
        assertThat(metrics.seriesOf("voiptui_relay_dropped_packets_total{cause=\"over_rate\"}"))
                .isEqualTo(3);
        assertThat(metrics.seriesOf("voiptui_relay_registered_clients{protocol=\"v2\"}"))
                .isEqualTo(7);
        assertThat(metrics.seriesOf("voiptui_relay_registered_clients{protocol=\"classic\"}"))
                .isEqualTo(4);
        assertThat(metrics.seriesOf("voiptui_relay_online_clients")).isEqualTo(5);
        assertThat(metrics.seriesOf("voiptui_relay_calls{kind=\"mixed\"}")).isEqualTo(3);
        assertThat(metrics.seriesOf("voiptui_relay_unanswered_calls")).isEqualTo(1);
        assertThat(metrics.seriesOf("voiptui_relay_names")).isEqualTo(9);
        assertThat(metrics.metrics())
                .containsKeys(
                        "voiptui_relay_build_info",
                        "jvm_memory_used_bytes",
                        "jvm_gc_collection_seconds",
                        "process_resident_memory_bytes",
                        "process_open_fds");
    }

    @Test
    void shouldTellDistributionsInSecondsAndRatios() throws IOException {
        relay.forwarding.add(10_000, 4);
        relay.forwarding.add(900_000, 2);
        relay.forwarding.add(3_000_000, 1);
        relay.toClients.add(250_000, 1);
        server.serve(relay);

        ExpositionText metrics = metrics();

        String times = "voiptui_relay_forwarding_seconds";
        assertThat(metrics.value(times, times + "_bucket{le=\"1.0E-5\"}")).isEqualTo(4);
        assertThat(metrics.value(times, times + "_bucket{le=\"0.001\"}")).isEqualTo(6);
        assertThat(metrics.value(times, times + "_count")).isEqualTo(7);
        assertThat(metrics.value(times, times + "_sum")).isEqualTo(0.00484);
        String losses = "voiptui_relay_leg_loss_ratio";
        assertThat(metrics.value(losses, losses + "_sum{direction=\"to_client\"}"))
                .isEqualTo(0.25);
        assertThat(metrics.value(losses, losses + "_count{direction=\"from_client\"}"))
                .isZero();
    }

    @Test
    void shouldTellTheRestWhenTheControlThreadDoesNotAnswer() throws IOException {
        relay.readings = CompletableFuture.failedFuture(new IllegalStateException("stopping"));
        server.serve(relay);

        assertThat(metrics().metrics())
                .containsKey("voiptui_relay_forwarded_packets_total")
                .doesNotContainKey("voiptui_relay_calls");
    }

    @Test
    void shouldBeNeitherAliveNorReadyBeforeTheRelayListens() throws IOException {
        assertThat(get("/healthz").status).isEqualTo(503);
        assertThat(get("/readyz").status).isEqualTo(503);
        assertThat(get("/metrics").status).isEqualTo(503);

        server.serve(relay);

        assertThat(get("/healthz").status).isEqualTo(200);
        assertThat(get("/readyz").status).isEqualTo(200);
    }

    @Test
    void shouldBeAliveButNotReadyWhileItDrains() throws IOException {
        relay.ready = false;
        server.serve(relay);

        assertThat(get("/readyz").status).isEqualTo(503);
        assertThat(get("/healthz").status).isEqualTo(200);
        assertThat(metrics().seriesOf("voiptui_relay_ready")).isZero();
    }

    @Test
    void shouldNotBeAliveWhenAThreadHasFailed() throws IOException {
        relay.heartbeat = CompletableFuture.failedFuture(new IllegalStateException("gone"));
        server.serve(relay);

        assertThat(get("/healthz").status).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
    void shouldAllowNothingButGet(String method) throws IOException {
        server.serve(relay);

        Reply reply = ask(method + " /metrics HTTP/1.1");

        assertThat(reply.status).isEqualTo(405);
        assertThat(reply.head).containsIgnoringCase("allow: GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metricsx", "/metrics/x", "/healthz/../metrics", "/%6detricz"})
    void shouldKnowNoOtherPath(String path) throws IOException {
        server.serve(relay);

        assertThat(get(path).status).isEqualTo(404);
    }

    @Test
    void shouldStopListeningAndEndItsThreads() throws Exception {
        server.serve(relay);
        get("/metrics");
        InetSocketAddress address = server.address();

        server.close();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (Set.of("relay-metrics", "HTTP-Dispatcher").contains(thread.getName())) {
                thread.join(ANSWER_MS);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldKnowEachMetricOfTheDashboard() throws IOException {
        server.serve(relay);
        Set<String> known = metrics().metrics().keySet();
        Set<String> shown = new TreeSet<>();
        Matcher name = METRIC_IN_DASHBOARD.matcher(Files.readString(Path.of("src/main/ops/grafana-dashboard.json")));
        while (name.find()) {
            String found = name.group();
            shown.add(known.contains(found) ? found : found.replaceFirst("_(bucket|sum|count)$", ""));
        }

        assertThat(shown).hasSizeGreaterThan(15);
        assertThat(known).containsAll(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# HELP a_total A.\n# TYPE a_total counter\na_total 1",
                "# TYPE a_total counter\na_total 1\n",
                "# HELP a A.\n# TYPE a counter\na 1\n",
                "# HELP a_ms A.\n# TYPE a_ms gauge\na_ms 1\n",
                "# HELP a A.\n# TYPE a gauge\na{b=\"c\"d=\"e\"} 1\n",
                "# HELP a A.\n# TYPE a gauge\na 1\na 2\n",
                "# HELP a A.\n# TYPE a gauge\nb 1\n",
                "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1\n",
                "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_count 1\na_sum 1\n",
                "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 2\na_sum 1\n",
            })
    void shouldNoticeWhatBreaksTheFormat(String text) {
        assertThatThrownBy(() -> ExpositionText.parse(text)).isInstanceOf(AssertionError.class);
    }
}
