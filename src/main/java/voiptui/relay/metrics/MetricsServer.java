package voiptui.relay.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers monitoring by HTTP: {@code /metrics} in Prometheus' text format, {@code /healthz} (200 while the threads that serve calls
 * answer) and {@code /readyz} (200 while new calls are accepted; 503 otherwise).
 *
 * <p>Two threads {@code relay-metrics} answer, and {@code HTTP-Dispatcher} of the JDK accepts connections; requests that find both
 * busy and a full queue are dropped. A client has five seconds to ask, and ten to read the answer. Any thread may call the methods.
 */
public final class MetricsServer implements AutoCloseable {

    /** What the JDK's server takes for an answer without a body. */
    private static final int NO_BODY = -1;

    private static final int THREADS = 2;
    private static final int WAITING = 16;
    private static final int BACKLOG = 16;
    private static final int IDLE_S = 30;
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Limits of the JDK's server, which are the same for all in a process; what the operator has set counts. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "10",
            "sun.net.httpserver.maxIdleConnections", "8",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "jdk.httpserver.maxConnections", "64");

    /** An answer to a request. */
    private record Answer(int status, String type, byte[] body) {

        static Answer of(int status, String text) {
            return new Answer(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private final HttpServer http;
    private final ThreadPoolExecutor threads;
    private final PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();
    /** What is monitored, and its metrics. */
    private volatile @Nullable MetricsSource relay;

    private volatile @Nullable PrometheusRegistry registry;

    private MetricsServer(HttpServer http) {
        this.http = http;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_S,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> new Thread(task, "relay-metrics"));
        threads.allowCoreThreadTimeOut(true);
        http.setExecutor(threads);
        http.createContext("/", this::onRequest);
    }

    /**
     * Starts to listen; until {@link #serve}, the relay is neither alive nor ready.
     *
     * @throws IOException if the address cannot be listened on
     */
    public static MetricsServer open(InetSocketAddress address) throws IOException {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        MetricsServer server = new MetricsServer(HttpServer.create(address, BACKLOG));
        server.http.start();
        return server;
    }

    /** Returns the address that it listens on. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /** Answers for a relay from now on. To be called once. */
    public void serve(MetricsSource source) {
        PrometheusRegistry metrics = new PrometheusRegistry();
        metrics.register(new RelayCollector(source, version()));
        ProcessMetrics.builder().register(metrics);
        JvmMemoryMetrics.builder().register(metrics);
        JvmGarbageCollectorMetrics.builder().register(metrics);
        JvmThreadsMetrics.builder().register(metrics);
        JvmRuntimeInfoMetric.builder().register(metrics);
        registry = metrics;
        relay = source;
    }

    private static String version() {
        String version = MetricsServer.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private void onRequest(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status, NO_BODY);
                return;
            }
            exchange.sendResponseHeaders(answer.status, answer.body.length);
            exchange.getResponseBody().write(answer.body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            return Answer.of(405, "only GET is allowed");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> metrics();
            case "/healthz" -> isAlive() ? Answer.of(200, "alive") : Answer.of(503, "not alive");
            case "/readyz" -> isReady() ? Answer.of(200, "ready") : Answer.of(503, "not ready");
            default -> Answer.of(404, "not found: try /metrics, /healthz or /readyz");
        };
    }

    private Answer metrics() throws IOException {
        PrometheusRegistry metrics = registry;
        if (metrics == null) {
            return Answer.of(503, "starting");
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        format.write(text, metrics.scrape(), EscapingScheme.DEFAULT);
        return new Answer(200, format.getContentType(), text.toByteArray());
    }

    private boolean isReady() {
        MetricsSource source = relay;
        return source != null && source.isReady();
    }

    private boolean isAlive() {
        MetricsSource source = relay;
        if (source == null) {
            return false;
        }
        try {
            source.heartbeat().get(RelayCollector.ANSWER_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException silent) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Stops listening, and ends the threads. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
