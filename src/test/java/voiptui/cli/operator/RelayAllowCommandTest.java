package voiptui.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import voiptui.cli.VoiptuiCommand;
import voiptui.cli.exit.ExitCode;

class RelayAllowCommandTest {

    private static final String ONE = "SHA256:" + "1".repeat(43);
    private static final String TWO = "SHA256:" + "2".repeat(43);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int allow(String fingerprint, String name) {
        CommandLine program = VoiptuiCommand.commandLine(Map.of());
        program.setOut(new PrintWriter(out));
        program.setErr(new PrintWriter(err));
        return program.execute("relay", "allow", fingerprint, name, "--state-dir", folder.toString());
    }

    @Test
    void shouldWriteANameToTheFile() throws IOException {
        assertThat(allow(ONE, "Cleo")).isZero();

        assertThat(Files.readString(folder.resolve("names"))).isEqualTo("cleo " + ONE + " # allowed\n");
        assertThat(out.toString()).isEqualToIgnoringNewLines("'cleo' may now sign in\n");
    }

    @Test
    void shouldReportANameThatIsAlreadyAllowed() throws IOException {
        allow(ONE, "cleo");

        assertThat(allow(ONE, "cleo")).isZero();

        assertThat(out.toString()).contains("already");
        assertThat(Files.readAllLines(folder.resolve("names"))).hasSize(1);
    }

    @Test
    void shouldNotReassignAName() throws IOException {
        allow(ONE, "cleo");

        assertThat(allow(TWO, "cleo")).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines())
                .containsExactly("voiptui relay allow: the name 'cleo' belongs to another fingerprint; "
                        + "to free it, run 'voiptui relay remove cleo'");
        assertThat(Files.readString(folder.resolve("names"))).isEqualTo("cleo " + ONE + " # allowed\n");
    }

    @ParameterizedTest
    @CsvSource({"SHA256:abc, cleo, invalid fingerprint", "cleo, SHA256:abc, invalid fingerprint"})
    void shouldRejectAnInvalidFingerprint(String fingerprint, String name, String words) {
        assertThat(allow(fingerprint, name)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(words);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1", "'cl eo'", "''", "-cleo-", "cl\u00e9o"})
    void shouldRejectAnInvalidName(String name) {
        assertThat(allow(ONE, name)).isEqualTo(ExitCode.USAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldReportAFileThatCannotBeUsed() throws IOException {
        Files.createDirectory(folder.resolve("names"));

        assertThat(allow(ONE, "cleo")).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("cannot read " + folder.resolve("names"));
    }
}
