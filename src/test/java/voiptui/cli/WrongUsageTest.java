package voiptui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import voiptui.cli.exit.ExitCode;
import voiptui.event.EndReason;

/** Wrong usage is reported in one line, with a second line that names the help, and without a stack trace. */
class WrongUsageTest {

    private static final String CALL = "call --server 127.0.0.1 --target 127.0.0.1 --mic silence --speaker null ";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... words) {
        CommandLine commandLine = VoiptuiCommand.commandLine(Map.of());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(words);
    }

    @ParameterizedTest
    @CsvSource({
        "call --server 127.0.0.1 --target 127.0.0.1 --classic --plain --mic file:/no\033[2Jsuch.wav --speaker null",
        "call --server 127.0.0.1 --target 127.0.0.1 --classic --plain --mic silence --speaker file:/no\033[2Jsuch/x.wav",
        "call --server 127.0.0.1 --target a\033[2Jb --plain --mic silence --speaker null --classic",
        "call --server a\033[2Jb:x --target 127.0.0.1",
        "call --server 127.0.0.1 --target 127.0.0.1 --name a\033[2Jb",
        "call --server 127.0.0.1 --target 127.0.0.1 --codec a\033[2Jb",
        "call --server 127.0.0.1 --target 127.0.0.1 --\033[2Jb",
        "\033[2J",
    })
    void shouldRepeatNothingThatControlsTheTerminal(String line) {
        assertThat(execute(line.split(" "))).isNotZero();

        assertThat(err.toString()).isNotEmpty().doesNotContain("\033");
        assertThat(out.toString()).doesNotContain("\033");
    }

    @Test
    void shouldReportABugWithoutControllingTheTerminal() throws Exception {
        CommandLine commandLine = VoiptuiCommand.commandLine(Map.of());
        commandLine.setErr(new PrintWriter(err, true));

        int status = commandLine
                .getExecutionExceptionHandler()
                .handleExecutionException(new IllegalStateException("a\033[2Jb"), commandLine, null);

        assertThat(status).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("a [2Jb", "at voiptui.cli.WrongUsageTest")
                .doesNotContain("\033");
    }

    private List<String> errorLines() {
        return err.toString().lines().toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            | no command given
            nonsense | unknown command 'nonsense'
            phon | unknown command 'phon'; did you mean 'phone'?
            generate-completio | unknown command 'generate-completio'
            relay alow | unknown command 'alow'; did you mean 'allow'?
            relay allow --state-dri x | unknown option '--state-dri'; did you mean '--state-dir'?
            relay allow | FINGERPRINT missing
            --verzion | unknown option '--verzion'; did you mean '--version'?
            call | --server HOST[:PORT] missing
            call ben --server | --server
            call --server 127.0.0.1 | no target: write whom to call
            call --sever 127.0.0.1 --target ben | unknown option '--sever'; did you mean '--server'?
            call ben --sever=127.0.0.1 | unknown option '--sever'; did you mean '--server'?
            phone --sever 127.0.0.1 | unknown option '--sever'; did you mean '--server'?
            doctor --sever 127.0.0.1 | unknown option '--sever'; did you mean '--server'?
            demo --netwrok wifi | unknown option '--netwrok'; did you mean '--network'?
            call ben --server 127.0.0.1 --target anna | 'ben' and --target 'anna' are two different targets
            call 127.0.0.1 --server 127.0.0.1 --target 127.0.0.2 --classic | two different targets: give one of them
            call ben anna --server 127.0.0.1 | unexpected argument 'anna'
            call --server :80 --target 127.0.0.1 | --server: ':80' has no host: write HOST[:PORT]
            call --server 127.0.0.1:99999 --target 127.0.0.1 | --server: '99999' is not a port
            call ben --server ssh://-oProxyCommand=reboot | --server: invalid user or host: write ssh://[USER@]HOST[:PORT]
            call ben --server ssh://relay/8888 | --server: 'ssh://relay/8888' is invalid: write ssh://[USER@]HOST[:PORT]
            call ben --server ssh://relay --relay-tcp-port 0 | --relay-tcp-port must be from 1 to 65535
            call 192.0.2.1 --server ssh://relay --classic | --classic cannot be used through ssh
            {CALL} --relay-tcp-port 80 | --relay-tcp-port requires --server ssh://HOST
            {CALL} --port 65536 | --port must be from 1 to 65535, or 0 for any
            {CALL} --port -1 | --port must be from 1 to 65535, or 0 for any
            {CALL} --port x | --port
            {CALL} --relay-udp-port 0 | --relay-udp-port must be from 1 to 65535
            {CALL} --retries 0 | --retries must be from 1 to 1000
            {CALL} --timeout 1ms | --timeout must be 10ms or more
            {CALL} --timeout soon | --timeout
            {CALL} --heartbeat 50ms | --heartbeat must be 100ms or more
            {CALL} --duration 0s | --duration must be positive
            {CALL} --max-delay 6s | --max-delay must be at most 5s
            {CALL} --min-delay 600ms | --min-delay must not be longer than --max-delay
            {CALL} --silence-threshold 1.5 | --silence-threshold must be from 0 to 1
            {CALL} --silence-threshold -0.1 | --silence-threshold must be from 0 to 1
            {CALL} --silence-threshold NaN | --silence-threshold must be from 0 to 1
            {CALL} --processing loud | --processing must be off, ns or all
            {CALL} --nonsense | unknown option '--nonsense'
            {CALL} --classic --require-encryption | --classic and --require-encryption cannot be combined: use one of them
            {CALL} more | 'more' and --target '127.0.0.1' are two different targets
            {CALL} --bind ::1 | --bind
            call --server 127.0.0.1 --target 127.0.0.1 --mic file: | --mic
            call --server 127.0.0.1 --target 127.0.0.1 --mic tone:loud | --mic
            call --server 127.0.0.1 --target 127.0.0.1 --mic silence --speaker file: | --speaker
            relay --tcp-port 70000 | the TCP port must be from 0 to 65535, not 70000
            relay --max-clients 0 | the number of clients must be at least 1, not 0
            relay --sweep never | --sweep
            relay --top --json | --top and --json
            relay --ascii | --ascii requires --top
            relay --theme light | --theme requires --top
            relay --top --theme pink | 'pink' is not auto, dark, light or 16
            relay --classic yes | --classic: 'yes' is not on, off or an address such as 192.0.2.0/24
            relay --max-classic 0 | the number of clients must be at least 1, not 0
            relay --max-clients 5 --max-classic 6 | 6 classic clients (--max-classic) are more than 5 clients in all
            relay --metrics-address 127.0.0.1 | --metrics-address requires --metrics-port
            relay --metrics-port 65536 | --metrics-port must be from 0 to 65535, not 65536
            bench | missing subcommand: voiptui bench relay
            bench relay --calls 0 | --calls must be from 1 to 20000
            bench relay --pps 501 | --pps must be from 1 to 500
            bench relay --size 19 | --size must be from 20 to 2200
            bench relay --for 10ms | --for must be at least 1s
            bench relay --max-loss NaN | --max-loss must be from 0 to less than 100
            bench relay --classic-share 100 | --classic-share must be from 0 to 99
            bench relay --server 192.0.2.1 --classic-share 1 | --classic-share requires a relay at 127.0.0.1
            bench relay --server :80 | --server: ':80' has no host: write HOST[:PORT]
            relay --udp-host relay.example | --udp-host: 'relay.example' is not an IP address of this relay
            phone --server 192.0.2.1 --auto-answer-classic | --auto-answer-classic requires --auto-answer
            relay --top | the full screen needs a terminal; leave --top out
            demo --duration 100ms | --duration must be from 1s to 45s
            demo --speaker file:x.wav | --speaker
            demo --network moon | unknown network 'moon'; use clean, wifi, mobile, bad, awful
            demo --loss 91 | --loss: loss must be from 0 to 90 %
            demo --loss NaN | --loss: loss must be from 0 to 90 %
            demo --loss 5 --burst -1 | a burst must be from 0 to 1000 packets
            demo --burst 3 | --burst needs losses; add --loss
            demo --network clean --burst 3 | --burst needs losses; add --loss
            demo --network wifi --jitter -1 | --jitter
            demo --delay 1000000 | --delay: delay must be from 0 to 10000 ms
            demo --seed 2 | --seed needs a network; add --network or --loss
            demo --trace /nowhere/trace | --trace: no such file: /nowhere/trace
            demo --trace x --loss 5 | --trace already says what happens
            history --last 0 | --last must be 1 or more
            devices 5 | unexpected argument '5'
            {CALL} --codec mp3 | unknown codec 'mp3'
            """)
    void shouldReportWrongUsageInOneLine(String words, String saying) {
        String line = words == null ? "" : words.replace("{CALL}", CALL).strip();

        int status = execute(line.isEmpty() ? new String[0] : line.split("\\s+"));

        assertThat(status).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(errorLines()).hasSizeBetween(1, line.isEmpty() ? 20 : 2);
        assertThat(errorLines().get(0)).startsWith("voiptui").contains(saying);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            relay --bind [x] | voiptui relay: --bind: unknown address '[x]'
            relay --bind fe80::1 | voiptui relay: --bind: fe80::1 is a link-local address: add the interface
            relay --bind 192.0.2.1 --bind 192.0.2.2 | voiptui relay: --bind takes one IPv4 and one IPv6 address
            relay --exempt x | voiptui relay: --exempt: 'x' is not a network; write ADDRESS or ADDRESS/PREFIX
            relay --classic yes | voiptui relay: --classic: 'yes' is not on, off or an address such as 192.0.2.0/24
            relay --udp-host x | voiptui relay: --udp-host: 'x' is not an IP address of this relay
            call --server 127.0.0.1 --target 127.0.0.1 --bind fe80::1 | voiptui call: --bind: fe80::1 is a link-local address
            call --server 127.0.0.1 --target 127.0.0.1 --bind= | voiptui call: --bind is empty: give a name or an address
            """)
    void shouldNameTheHelpAfterAWrongOption(String words, String saying) {
        assertThat(execute(words.strip().split("\\s+"))).isEqualTo(ExitCode.USAGE);

        assertThat(errorLines()).hasSize(2);
        assertThat(errorLines().get(0)).startsWith(saying);
        assertThat(errorLines().get(1)).isEqualTo("Try '" + saying.substring(0, saying.indexOf(':')) + " --help'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call :1 --server 127.0.0.1",
                "call --server 127.0.0.1 :1",
                "call :1 --target :1 --server 127.0.0.1",
                "call --classic :1 --server 127.0.0.1"
            })
    void shouldTakeTheTargetAsAnArgument(String words) {
        assertThat(execute((words + " --plain --mic silence --speaker null").split(" ")))
                .isEqualTo(ExitCode.USAGE);

        assertThat(errorLines().get(0)).contains("target: unknown host ':1'");
    }

    @Test
    void shouldListTheCommandsIfNoneIsGiven() {
        assertThat(execute()).isEqualTo(ExitCode.USAGE);

        assertThat(errorLines())
                .startsWith("voiptui: no command given", "Commands:")
                .endsWith("Try 'voiptui --help'.");
        assertThat(err.toString())
                .contains(
                        "  call ", "  phone ", "  relay ", "  history ", "  id ", "  doctor ", "  devices ", "  demo ")
                .doesNotContain("generate-completion");
    }

    @Test
    void shouldRejectAnEmptyTarget() {
        int status = execute("call", "--server", "127.0.0.1", "--target", "", "--mic", "silence", "--speaker", "null");

        assertThat(status).isEqualTo(ExitCode.USAGE);
        assertThat(errorLines().get(0)).contains("--target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "call", "relay", "devices", "demo"})
    void shouldPrintHelpOnStandardOutput(String command) {
        int status = command.isEmpty() ? execute("--help") : execute(command, "--help");

        assertThat(status).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: voiptui", "--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(execute("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("voiptui ");
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void shouldExitWithTheDocumentedStatus(EndReason reason) {
        assertThat(ExitCode.of(reason))
                .isEqualTo(
                        switch (reason) {
                            case QUIT, DURATION, PEER_LEFT, ELSEWHERE -> 0;
                            case FAILED -> 1;
                            case RELAY_UNREACHABLE -> 3;
                            case REJECTED,
                                    BUSY,
                                    NO_ANSWER,
                                    PEER_LOST,
                                    NO_CODEC,
                                    NOT_ENCRYPTED,
                                    PEER_CHANGED,
                                    ENCRYPTION_FAILED -> 6;
                            case RELAY_FULL,
                                    RELAY_STOPPING,
                                    RELAY_REFUSED,
                                    RELAY_UNTRUSTED,
                                    NAME_REFUSED,
                                    SIGNED_OUT,
                                    BLOCKED,
                                    OWN_NAME -> 4;
                            case INTERRUPTED -> 130;
                        });
    }
}
