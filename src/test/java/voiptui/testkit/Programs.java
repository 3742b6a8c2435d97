package voiptui.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The programs of the machine that some tests drive. */
public final class Programs {

    private Programs() {}

    /** Goes on only where all of them are installed: otherwise the test is skipped, or, with {@code CI=true}, fails. */
    public static void require(String... programs) {
        List<String> missing =
                Stream.of(programs).filter(program -> !isInstalled(program)).toList();
        requireThat(
                missing.isEmpty(), "needs " + String.join(", ", missing) + ": install it, or run ./install.sh --test");
    }

    /** Goes on only where the machine is as {@code advice} says: otherwise skips the test, or, with {@code CI=true}, fails. */
    public static void requireThat(boolean holds, String advice) {
        if (!holds && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(advice);
        }
        Assumptions.assumeTrue(holds, advice);
    }

    /** Returns whether the build has put native libraries for this platform next to {@code jar}. */
    public static boolean hasNatives(Path jar) {
        return Files.isDirectory(jar.resolveSibling("natives"));
    }

    /** Goes on only where there are native libraries for this platform next to {@code jar}; see {@link #requireThat}. */
    public static void requireNatives(Path jar) {
        requireThat(hasNatives(jar), "needs native libraries, of which there are none for this platform");
    }

    /** Whether the tests run as root. */
    public static boolean isRoot() throws IOException {
        Process id = new ProcessBuilder("id", "-u").redirectErrorStream(true).start();
        return new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .equals("0");
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }
}
