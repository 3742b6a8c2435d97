package voiptui.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        CommandLine program = VoiptuiCommand.commandLine();
        program.setOut(new PrintWriter(out));
        program.setErr(new PrintWriter(err));
        return program.execute("relay", "allow", fingerprint, name, "--state-dir", folder.toString());
    }

    @Test
    void shouldWriteANameDown() throws IOException {
        assertThat(allow(ONE, "Anna")).isZero();

        assertThat(Files.readString(folder.resolve("names"))).isEqualTo("anna " + ONE + "\n");
        assertThat(out.toString()).isEqualToIgnoringNewLines("'anna' may sign in now\n");
    }

    @Test
    void shouldSayThatItIsDoneAlready() throws IOException {
        allow(ONE, "anna");

        assertThat(allow(ONE, "anna")).isZero();

        assertThat(out.toString()).contains("already");
        assertThat(Files.readAllLines(folder.resolve("names"))).hasSize(1);
    }

    @Test
    void shouldNotTakeANameAway() throws IOException {
        allow(ONE, "anna");

        assertThat(allow(TWO, "anna")).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines())
                .containsExactly("voiptui relay allow: the name 'anna' has another fingerprint; "
                        + "to change that, edit " + folder.resolve("names"));
        assertThat(Files.readString(folder.resolve("names"))).isEqualTo("anna " + ONE + "\n");
    }

    @ParameterizedTest
    @CsvSource({"SHA256:abc, anna, is no fingerprint", "anna, SHA256:abc, is no fingerprint"})
    void shouldRefuseWhatIsNoFingerprint(String fingerprint, String name, String words) {
        assertThat(allow(fingerprint, name)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(words);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1", "'an na'", "''", "-anna-", "\u00e4nna"})
    void shouldRefuseWhatIsNoName(String name) {
        assertThat(allow(ONE, name)).isEqualTo(ExitCode.USAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldSayWhatCannotBeWritten() throws IOException {
        Files.createDirectory(folder.resolve("names"));

        assertThat(allow(ONE, "anna")).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString()).contains("cannot write " + folder.resolve("names"));
    }
}
