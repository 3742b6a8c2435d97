package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.testkit.TestRelay;

/** What monitoring reads from a relay process. */
class MetricsIT {

    private static final long SOON_MS = 60_000;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(String address, String path) {
        return client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://" + address + path))
                                .timeout(Duration.ofMillis(SOON_MS))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
    }

    @Test
    void shouldTellMonitoringOfACallAndEndAtOnce() throws Exception {
        try (TestRelay relay = TestRelay.start("--metrics-port", "0");
                ClassicPeer one = new ClassicPeer("127.0.0.6", relay.control(), relay.media());
                ClassicPeer other = new ClassicPeer("127.0.0.7", relay.control(), relay.media())) {
            String address = relay.process()
                    .awaitLog(SOON_MS, "metrics", event -> true)
                    .get("address")
                    .getAsString();
            assertThat(address).startsWith("127.0.0.1:");
            assertThat(get(address, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(address, "/healthz").statusCode()).isEqualTo(200);

            assertThat(one.hello("127.0.0.7")).isEqualTo("WELCOME");
            assertThat(other.hello("127.0.0.6")).isEqualTo("WELCOME");
            Deadline.require(SOON_MS, () -> "forwarded packets in the metrics", () -> {
                one.send(ClassicPeer.packet(7));
                String metrics = get(address, "/metrics").body();
                return metrics.contains("\nvoiptui_relay_calls{kind=\"classic\"} 1.0\n")
                        && metrics.contains("\nvoiptui_relay_registered_clients{protocol=\"classic\"} 2.0\n")
                        && metrics.matches("(?s).*\nvoiptui_relay_forwarded_packets_total [1-9].*");
            });

            relay.process().signal("TERM");
            assertThat(relay.process().awaitExit(SOON_MS)).isZero();
        }
    }
}
