package voiptui.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import voiptui.bench.BenchResult;
import voiptui.bench.BenchStep;

class BenchReportTest {

    private static final BenchStep STEP = step(40_000, 80);
    private final BenchReport json = BenchReport.json(InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
    private final BenchReport table = BenchReport.table();

    private static BenchStep step(double sentPerS, double relayCpuPercent) {
        return new BenchStep(
                400,
                100,
                40_000,
                sentPerS,
                39_990,
                0.025,
                new BenchStep.Delay(0.05, 0.1, 0.25, 1.5, 7),
                0.08,
                relayCpuPercent,
                120L * 1024 * 1024,
                95);
    }

    private static JsonObject read(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    @Test
    void shouldPrintATableWithItsAnswerInWords() {
        assertThat(table.head()).hasSize(2);
        assertThat(table.step(STEP))
                .containsExactly("   400      40000   0.03        0.05    0.25    1.50    0.08         80         95");
        assertThat(table.result(new BenchResult(STEP, 123.4, BenchResult.Limit.LOSS, "")))
                .containsExactly(
                        "",
                        "400 calls carried, 100 of them classic: 40000 packets/s, 0.025 % lost, delay p99 0.25 ms; more lost too "
                                + "many packets",
                        "123 sign-ins/s, relay 80 % of a core, 20.0 us for each packet, 120 MB resident");
    }

    @Test
    void shouldSayWhenTheBenchIsTooSlowAndWhatIsUnknown() {
        assertThat(table.step(step(30_000, BenchStep.UNKNOWN)))
                .containsExactly(
                        "   400      30000   0.03        0.05    0.25    1.50    0.08          -         95  too slow: 40000 wanted");
        assertThat(table.result(new BenchResult(null, 0, BenchResult.Limit.BENCH, ""))
                        .get(1))
                .startsWith("The relay carried no number of calls");
        assertThat(read(json.step(step(1, BenchStep.UNKNOWN)).get(0))
                        .get("relay_cpu_percent")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void shouldPrintJsonLines() {
        JsonObject step = read(json.step(STEP).get(0));
        assertThat(step.get("event").getAsString()).isEqualTo("bench_step");
        assertThat(step.get("calls").getAsInt()).isEqualTo(400);
        assertThat(step.get("delay_p99_ms").getAsDouble()).isEqualTo(0.25);

        JsonObject result = read(json.result(new BenchResult(STEP, 123.4, BenchResult.Limit.REFUSED, "phone 9: full"))
                .get(0));
        assertThat(result.get("event").getAsString()).isEqualTo("bench_result");
        assertThat(result.get("limit").getAsString()).isEqualTo("refused");
        assertThat(result.get("explanation").getAsString()).isEqualTo("phone 9: full");
        assertThat(result.get("relay_us_per_packet").getAsDouble()).isEqualTo(20);
        assertThat(result.get("sign_ins_per_s").getAsDouble()).isEqualTo(123.4);
    }

    @Test
    void shouldCallCarriedOnlyWhatTheBenchCouldSend() {
        assertThat(STEP.isCarried(0.1)).isTrue();
        assertThat(STEP.isCarried(0.02)).isFalse();
        assertThat(step(30_000, 80).isCarried(0.1)).isFalse();
    }
}
