package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.testkit.VoiptuiProcess;

/** {@code voiptui bench relay} with a relay of its own. */
class BenchIT {

    private static final long SOON_MS = 60_000;

    @Test
    void shouldMeasureAHandfulOfCallsOfBothProtocols() throws Exception {
        try (VoiptuiProcess bench = VoiptuiProcess.start(
                "bench",
                "relay",
                "--calls",
                "4",
                "--classic-share",
                "50",
                "--for",
                "1s",
                "--max-loss",
                "50",
                "--json")) {
            assertThat(bench.awaitExit(SOON_MS)).as(bench.toString()).isZero();
            List<JsonObject> lines = bench.out().stream()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
            JsonObject result = lines.get(lines.size() - 1);
            assertThat(result.get("event").getAsString()).isEqualTo("bench_result");
            assertThat(result.get("calls").getAsInt()).isEqualTo(4);
            assertThat(result.get("classic_calls").getAsInt()).isEqualTo(2);
            assertThat(result.get("limit").getAsString()).isEqualTo("calls");
            assertThat(result.get("received_packets_per_s").getAsDouble()).isBetween(150.0, 410.0);
            assertThat(result.get("delay_p99_ms").getAsDouble()).isPositive();
            assertThat(result.get("sign_ins_per_s").getAsDouble()).isPositive();
            assertThat(result.get("relay_resident_bytes").getAsLong()).isGreaterThan(10_000_000);
        }
    }
}
