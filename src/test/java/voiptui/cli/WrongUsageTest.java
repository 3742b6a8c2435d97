package voiptui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import voiptui.cli.exit.ExitCode;
import voiptui.event.EndReason;

/** What is wrong with a command line is said in one line, with where to read on in a second; no stack trace. */
class WrongUsageTest {

    private static final String CALL = "call --server 127.0.0.1 --target 127.0.0.1 --mic silence --speaker null ";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... words) {
        CommandLine commandLine = VoiptuiCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(words);
    }

    private List<String> errorLines() {
        return err.toString().lines().toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            | say what to do
            nonsense | nonsense
            call | --server
            call --server 127.0.0.1 | --target
            call --server :80 --target 127.0.0.1 | --server: ':80' has no host: write HOST[:PORT]
            call --server 127.0.0.1:99999 --target 127.0.0.1 | --server: '99999' is not a port
            {CALL} --port 65536 | --port should be
            {CALL} --port -1 | --port should be
            {CALL} --port x | --port
            {CALL} --relay-udp-port 0 | --relay-udp-port should be
            {CALL} --retries 0 | --retries should be
            {CALL} --timeout 1ms | --timeout should be
            {CALL} --timeout soon | --timeout
            {CALL} --heartbeat 50ms | --heartbeat should be
            {CALL} --duration 0s | --duration should be
            {CALL} --jitter-buffer 1 | --jitter-buffer should be
            {CALL} --jitter-buffer 501 | --jitter-buffer should be
            {CALL} --prefill 200ms | --prefill of 200ms needs --jitter-buffer 10 or more
            {CALL} --silence-threshold 1.5 | --silence-threshold should be
            {CALL} --silence-threshold -0.1 | --silence-threshold should be
            {CALL} --silence-threshold NaN | --silence-threshold should be
            {CALL} --nonsense | --nonsense
            {CALL} more | more
            {CALL} --bind ::1 | --bind
            call --server 127.0.0.1 --target 127.0.0.1 --mic file: | --mic
            call --server 127.0.0.1 --target 127.0.0.1 --mic tone:loud | --mic
            call --server 127.0.0.1 --target 127.0.0.1 --mic silence --speaker file: | --speaker
            relay --tcp-port 70000 | port
            relay --max-clients 0 | clients should be
            relay --sweep never | --sweep
            relay --top --json | --top and --json
            relay --ascii | --ascii is for --top
            relay --top | the full screen needs a terminal; leave --top out
            demo --duration 100ms | --duration should be
            demo --speaker file:x.wav | --speaker
            devices 5 | 5
            """)
    void shouldSayInOneLineWhatIsWrong(String words, String saying) {
        String line = words == null ? "" : words.replace("{CALL}", CALL).strip();

        int status = execute(line.isEmpty() ? new String[0] : line.split("\\s+"));

        assertThat(status).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(errorLines()).hasSizeBetween(1, 2);
        assertThat(errorLines().get(0)).startsWith("voiptui").contains(saying);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldSayThatATargetIsUnknown() {
        int status = execute("call", "--server", "127.0.0.1", "--target", "", "--mic", "silence", "--speaker", "null");

        assertThat(status).isEqualTo(ExitCode.USAGE);
        assertThat(errorLines().get(0)).contains("--target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "call", "relay", "devices", "demo"})
    void shouldHelpOnStandardOutput(String command) {
        int status = command.isEmpty() ? execute("--help") : execute(command, "--help");

        assertThat(status).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: voiptui", "--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(execute("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("voiptui ");
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void shouldExitAsTheManualSays(EndReason reason) {
        assertThat(ExitCode.of(reason))
                .isEqualTo(
                        switch (reason) {
                            case QUIT, DURATION, PEER_LEFT, ELSEWHERE -> 0;
                            case FAILED -> 1;
                            case RELAY_UNREACHABLE -> 3;
                            case REJECTED, BUSY, NO_ANSWER, PEER_LOST, NO_CODEC -> 6;
                            case RELAY_FULL, RELAY_REFUSED, RELAY_UNTRUSTED, NAME_REFUSED -> 4;
                            case INTERRUPTED -> 130;
                        });
    }
}
