package voiptui.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import voiptui.cli.VoiptuiCommand;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.RelayIdentity;
import voiptui.identity.RelayStatement;
import voiptui.relay.ops.StateLock;

/** The operator's commands while no relay runs. */
class RelayOperatorCommandsTest {

    private static final String ONE = "SHA256:" + "1".repeat(43);
    private static final String TWO = "SHA256:" + "2".repeat(43);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int relay(String... words) {
        CommandLine program = VoiptuiCommand.commandLine(Map.of());
        program.setOut(new PrintWriter(out));
        program.setErr(new PrintWriter(err));
        return program.execute(Stream.concat(
                        Stream.of("relay"),
                        Stream.concat(Stream.of(words), Stream.of("--state-dir", folder.toString())))
                .toArray(String[]::new));
    }

    @Test
    void shouldListTheNamesInTheFiles() throws IOException {
        Files.writeString(folder.resolve("names"), "hall " + TWO + "\ncleo " + ONE + " # since 2026-01-02\n");
        Files.writeString(folder.resolve("last_seen"), "cleo 1767323045678\n");

        assertThat(relay("names")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "cleo  " + ONE + "  registered  seen 2026-01-02T03:04:05Z",
                        "hall  " + TWO + "  assigned  never seen");
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("no relay runs with " + folder + "; this is what its files say\n");
    }

    @Test
    void shouldRemoveALineAndLeaveTheOthers() throws IOException {
        Files.writeString(folder.resolve("names"), "# at home\nhall " + TWO + "\nCleo  " + ONE + " # by the window\n");

        assertThat(relay("remove", "cleo")).isZero();
        assertThat(Files.readString(folder.resolve("names"))).isEqualTo("# at home\nhall " + TWO + "\n");
        assertThat(out.toString()).isEqualToIgnoringNewLines("'cleo' is free\n");
        assertThat(relay("remove", "cleo")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("nobody has the name 'cleo'");
    }

    @Test
    void shouldAssignForGoodANameThatItsClientRegistered() throws IOException {
        Files.writeString(folder.resolve("names"), "cleo " + ONE + " # since 2026-01-02\n");

        assertThat(relay("allow", ONE, "cleo")).isZero();
        assertThat(Files.readString(folder.resolve("names"))).isEqualTo("cleo " + ONE + " # allowed\n");
        assertThat(out.toString()).isEqualToIgnoringNewLines("'cleo' is already allowed, and does not expire\n");
    }

    @Test
    void shouldSayThatThereAreNoNames() {
        assertThat(relay("names")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("there are no names yet");
    }

    @Test
    void shouldBlockAndUnblock() throws IOException {
        for (String who : List.of(ONE, "192.0.2.1", "2001:db8:0:0:0:0:0:0/32")) {
            assertThat(relay("block", who)).isZero();
        }
        assertThat(folder.resolve("blocked")).hasContent(ONE + "\n192.0.2.1\n2001:db8::/32");
        assertThat(relay("block", "192.0.2.1/32")).as("again, in another form").isZero();
        assertThat(relay("unblock", ONE)).isZero();
        assertThat(folder.resolve("blocked")).hasContent("192.0.2.1\n2001:db8::/32");
        assertThat(relay("unblock", ONE)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains(ONE + " is not blocked; the file " + folder.resolve("blocked") + " lists who is");
    }

    @Test
    void shouldSayThatOnlyARunningRelayHasClients() {
        assertThat(relay("kick", "cleo")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).isEqualToIgnoringNewLines("voiptui relay kick: no relay runs with " + folder + "\n");
    }

    @ParameterizedTest
    @CsvSource({"block, dora", "block, 192.0.2.1/64", "unblock, SHA256:x", "remove, 10.0.0.1", "kick, -x-"})
    void shouldRejectWhatIsNoNameFingerprintOrAddress(String command, String who) {
        assertThat(relay(command, who)).isEqualTo(ExitCode.USAGE);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"names", "remove cleo"})
    void shouldReportAFileThatCannotBeRead(String command) throws IOException {
        Path unreadable = Files.createDirectory(folder.resolve("names"));

        assertThat(relay(command.split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("cannot read " + unreadable + ": it is not a regular file");
    }

    @Test
    void shouldCarryAnIdentityToAnotherStateDirectory() throws IOException {
        Path file = RelayIdentity.fileIn(folder);
        RelayIdentity.loadOrCreate(file, warning -> {});
        Path backup = folder.resolve("backup.pem");

        assertThat(relay("export-identity", backup.toString())).isZero();
        assertThat(relay("export-identity", backup.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains(backup + " exists already");
        Files.delete(file);
        assertThat(relay("import-identity", backup.toString())).isZero();

        assertThat(file).hasSameTextualContentAs(backup);
    }

    @Test
    void shouldReplaceAnIdentityOnlyWhenToldAndSignTheOther() throws IOException {
        Fingerprint former = RelayIdentity.loadOrCreate(RelayIdentity.fileIn(folder), warning -> {})
                .identity()
                .fingerprint();
        Path backup = folder.resolve("backup.pem");
        new RelayIdentity(Identity.create()).writeNew(backup);

        assertThat(relay("import-identity", backup.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains(former.text(), "--replace");
        assertThat(relay("import-identity", "--replace", backup.toString())).isZero();

        RelayIdentity now = RelayIdentity.load(RelayIdentity.fileIn(folder), warning -> {});
        assertThat(RelayStatement.leads(former, now.identity().fingerprint(), now.predecessors()))
                .isTrue();
    }

    @Test
    void shouldNotImportAnIdentityUnderARunningRelay() throws IOException {
        Path backup = folder.resolve("backup.pem");
        new RelayIdentity(Identity.create()).writeNew(backup);
        try (StateLock running = StateLock.take(folder, warning -> {})) {
            assertThat(running).isNotNull();
            assertThat(relay("import-identity", backup.toString())).isEqualTo(ExitCode.FAILED);
        }
        assertThat(err.toString()).contains("another relay");
        assertThat(RelayIdentity.fileIn(folder)).doesNotExist();
    }

    @Test
    void shouldMakeANewIdentityThatTheFormerOneHasSigned() throws IOException {
        Fingerprint former = RelayIdentity.loadOrCreate(RelayIdentity.fileIn(folder), warning -> {})
                .identity()
                .fingerprint();

        assertThat(relay("new-identity")).isZero();
        assertThat(relay("new-identity")).isZero();

        RelayIdentity now = RelayIdentity.load(RelayIdentity.fileIn(folder), warning -> {});
        assertThat(out.toString()).contains(former + " is followed by ");
        assertThat(RelayStatement.leads(former, now.identity().fingerprint(), now.predecessors()))
                .isTrue();
    }
}
