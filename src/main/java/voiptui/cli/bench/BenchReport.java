package voiptui.cli.bench;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.bench.BenchResult;
import voiptui.bench.BenchStep;
import voiptui.report.EventJson;

/** What a bench measured, as lines: of a table for people, or of JSON. */
interface BenchReport {

    double BYTES_PER_MB = 1024 * 1024;

    /** Returns the lines before the first step. */
    List<String> head();

    /** Returns the lines about one number of calls. */
    List<String> step(BenchStep step);

    /** Returns the lines about the result. */
    List<String> result(BenchResult result);

    /** Returns a report as a table. */
    static BenchReport table() {
        return new Table();
    }

    /**
     * Returns a report as JSON Lines: {@code bench_step} and {@code bench_result}.
     *
     * @param clock for the time in each line
     */
    static BenchReport json(InstantSource clock) {
        return new Json(clock);
    }

    /** A table of 80 columns. */
    final class Table implements BenchReport {

        @Override
        public List<String> head() {
            return List.of(
                    " calls  packets/s   loss   delay p50     p99   p99.9  direct  relay CPU  bench CPU",
                    "                       %          ms      ms      ms  p99 ms          %          %");
        }

        @Override
        public List<String> step(BenchStep step) {
            return List.of(format(
                    "%6d %10.0f %6.2f %11.2f %7.2f %7.2f %7.2f %10s %10s%s",
                    step.calls(),
                    step.sentPerS(),
                    step.lossPercent(),
                    step.delay().p50Ms(),
                    step.delay().p99Ms(),
                    step.delay().p999Ms(),
                    step.directP99Ms(),
                    percent(step.relayCpuPercent()),
                    percent(step.benchCpuPercent()),
                    step.isOnTime() ? "" : format("  too slow: %.0f wanted", step.wantedPerS())));
        }

        private static String percent(double value) {
            return value < 0 ? "-" : format("%.0f", value);
        }

        @Override
        public List<String> result(BenchResult result) {
            BenchStep best = result.best();
            String limit = limit(result);
            if (best == null) {
                return List.of("", "The relay carried no number of calls that was tried: " + limit);
            }
            String carried = format(
                    "%d calls carried%s: %.0f packets/s, %.3f %% lost, delay p99 %.2f ms; %s",
                    best.calls(),
                    best.classicCalls() == 0 ? "" : ", " + best.classicCalls() + " of them classic",
                    best.sentPerS(),
                    best.lossPercent(),
                    best.delay().p99Ms(),
                    limit);
            String used = best.relayCpuPercent() < 0
                    ? ""
                    : format(
                            ", relay %.0f %% of a core, %.1f us for each packet, %.0f MB resident",
                            best.relayCpuPercent(), usPerPacket(best), best.relayBytes() / BYTES_PER_MB);
            return List.of("", carried, format("%.0f sign-ins/s%s", result.signInsPerS(), used));
        }

        private static String limit(BenchResult result) {
            return switch (result.limit()) {
                case LOSS -> "more lost too many packets";
                case BENCH -> "the bench itself cannot send more, so the relay may carry more";
                case CALLS -> "no more were to be tried";
                case REFUSED -> "the relay admits no more: " + result.explanation();
                case INTERRUPTED -> "stopped before more were tried";
            };
        }

        private static String format(String format, Object... values) {
            return String.format(Locale.ROOT, format, values);
        }
    }

    /** Returns the processor time of the relay for each packet, in microseconds. */
    private static double usPerPacket(BenchStep step) {
        return step.sentPerS() == 0 ? 0 : step.relayCpuPercent() * 10_000 / step.sentPerS();
    }

    /** JSON Lines. */
    final class Json implements BenchReport {

        private final InstantSource clock;

        Json(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public List<String> head() {
            return List.of();
        }

        @Override
        public List<String> step(BenchStep step) {
            return List.of(EventJson.line("bench_step", clock.instant(), fields(step)));
        }

        @Override
        public List<String> result(BenchResult result) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            BenchStep best = result.best();
            fields.put("calls", best == null ? 0 : best.calls());
            fields.put("limit", result.limit().name().toLowerCase(Locale.ROOT));
            fields.put("explanation", result.explanation());
            fields.put("sign_ins_per_s", result.signInsPerS());
            if (best != null) {
                fields.putAll(fields(best));
                fields.put("relay_us_per_packet", best.relayCpuPercent() < 0 ? null : usPerPacket(best));
            }
            return List.of(EventJson.line("bench_result", clock.instant(), fields));
        }

        private static Map<String, @Nullable Object> fields(BenchStep step) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("calls", step.calls());
            fields.put("classic_calls", step.classicCalls());
            fields.put("wanted_packets_per_s", step.wantedPerS());
            fields.put("sent_packets_per_s", step.sentPerS());
            fields.put("received_packets_per_s", step.receivedPerS());
            fields.put("loss_percent", step.lossPercent());
            fields.put("delay_p50_ms", step.delay().p50Ms());
            fields.put("delay_p90_ms", step.delay().p90Ms());
            fields.put("delay_p99_ms", step.delay().p99Ms());
            fields.put("delay_p999_ms", step.delay().p999Ms());
            fields.put("delay_max_ms", step.delay().mostMs());
            fields.put("direct_delay_p99_ms", step.directP99Ms());
            fields.put("relay_cpu_percent", known(step.relayCpuPercent()));
            fields.put("relay_resident_bytes", step.relayBytes() < 0 ? null : step.relayBytes());
            fields.put("bench_cpu_percent", known(step.benchCpuPercent()));
            return fields;
        }

        private static @Nullable Double known(double value) {
            return value < 0 ? null : value;
        }
    }
}
