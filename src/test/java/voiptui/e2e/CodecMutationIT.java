package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.bench.PayloadMutation;
import voiptui.testkit.CleanEnvironment;
import voiptui.testkit.Programs;

/**
 * Damaged payloads and datagrams, in a process of their own, since native code takes them. The system property {@code
 * voiptui.mutation.count} sets how many; {@code src/test/bench/mutation.sh} tries a million.
 */
class CodecMutationIT {

    private static final int COUNT = Integer.getInteger("voiptui.mutation.count", 20_000);
    /** Ten times what they take on a busy machine. */
    private static final long TIMEOUT_S = 300 + COUNT / 50;

    private static final long SEED = 20_261;

    @Test
    void shouldLiveAndSpeakAsBefore(@TempDir Path folder) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("voiptui.jar"));
        Programs.requireNatives(jar);
        Path log = folder.resolve("log");
        Process process = CleanEnvironment.apply(
                        new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx96m",
                                "-XX:ErrorFile=" + folder.resolve("crash"),
                                "-cp",
                                classPath(jar),
                                PayloadMutation.class.getName(),
                                Integer.toString(COUNT),
                                Long.toString(SEED)),
                        Map.of())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("in time")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            assertThat(log).content().contains("opus: ", "red: ", "rtx: ", "rtcp: ", "datagrams: ");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath(Path jar) {
        return jar + File.pathSeparator + Path.of(System.getProperty("voiptui.basedir"), "target", "test-classes");
    }
}
