package voiptui.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import voiptui.cli.VoiptuiCommand;

/** The unit, the container file and the example for Compose fit the program and each other. */
class OpsFilesTest {

    private static final Path BASE = Path.of(System.getProperty("voiptui.basedir", ""));
    private static final Path OPS = BASE.resolve("src/main/ops");

    private static List<String> lines(String name) throws IOException {
        return Files.readAllLines(OPS.resolve(name));
    }

    private static void assertUsable(String... arguments) {
        assertThatCode(() -> VoiptuiCommand.commandLine(Map.of()).parseArgs(arguments))
                .doesNotThrowAnyException();
    }

    /** Returns the words of a list in JSON form, {@code ["one", "two"]}, on the line that starts with {@code keyword}. */
    private static String[] list(List<String> lines, String keyword) {
        String line = lines.stream()
                .filter(text -> text.startsWith(keyword + " ["))
                .findFirst()
                .orElseThrow();
        Matcher word = Pattern.compile("\"([^\"]*)\"").matcher(line);
        return word.results().map(match -> match.group(1)).toArray(String[]::new);
    }

    @Test
    void shouldStartTheRelayInTheUnitWithOptionsThatThereAre() throws IOException {
        String start = lines("voiptui-relay.service").stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();

        assertThat(start).startsWith("ExecStart=@PREFIX@/bin/voiptui ");
        String[] words = start.split(" ");
        assertUsable(Stream.of(words).skip(1).toArray(String[]::new));
        assertThat(lines("voiptui-relay.service"))
                .contains("Type=notify", "DynamicUser=yes", "StateDirectory=voiptui-relay", "WatchdogSec=20s");
    }

    @Test
    void shouldRunTheContainerWithOptionsThatThereAreAndNotAsRoot() throws IOException {
        List<String> file = lines("Containerfile");
        String[] entry = list(file, "ENTRYPOINT");
        // Continues the line HEALTHCHECK.
        String[] health = list(file, "    CMD");

        assertThat(file).anyMatch(line -> line.matches("USER (?!root|0).*"));
        assertThat(file.indexOf("USER voiptui")).isLessThan(file.size() - 2);
        assertThat(entry[0]).isEqualTo("voiptui");
        assertUsable(Stream.concat(Stream.of(entry).skip(1), Stream.of(list(file, "CMD")))
                .toArray(String[]::new));
        assertUsable(Stream.of(health).skip(1).toArray(String[]::new));
    }

    @Test
    void shouldCopyWhatTheRepositoryOrTheBuildHas() throws IOException {
        for (String line : lines("Containerfile")) {
            if (line.startsWith("COPY ")) {
                List<String> words = Stream.of(line.split(" "))
                        .skip(1)
                        .filter(word -> !word.startsWith("--"))
                        .toList();
                for (String source : words.subList(0, words.size() - 1)) {
                    assertThat(source.startsWith("/src/target/") || Files.exists(BASE.resolve(source)))
                            .as(line)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldGiveTheContainerMoreTimeThanTheRelayTakes() throws IOException {
        List<String> compose = lines("compose.yaml");

        assertThat(String.join(" ", list(lines("Containerfile"), "CMD"))).isEqualTo("--drain 30s");
        assertThat(compose).contains("    stop_grace_period: 45s", "    read_only: true", "    cap_drop: [ALL]");
        assertThat(compose).contains("      context: ../../..", "      dockerfile: src/main/ops/Containerfile");
        assertThat(OPS.resolve("../../..").normalize().resolve("pom.xml")).exists();
    }
}
