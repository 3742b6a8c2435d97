package voiptui.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import voiptui.cli.VoiptuiCommand;
import voiptui.cli.exit.ExitCode;
import voiptui.tui.key.CallAction;

class ConfigurationTest {

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void create() throws IOException {
        environment.put("XDG_CONFIG_HOME", folder.toString());
        file = Files.createDirectories(folder.resolve("voiptui")).resolve("config.toml");
    }

    private void configure(String... lines) {
        try {
            Files.write(file, Arrays.asList(lines));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private CommandLine program() {
        CommandLine program = VoiptuiCommand.commandLine(environment);
        program.setOut(new PrintWriter(out, true));
        program.setErr(new PrintWriter(err, true));
        return program;
    }

    /** The value of an option of the command that {@code words} begin with. */
    private <T> T value(String option, String... words) {
        ParseResult parsed = program().parseArgs(words);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.commandSpec().findOption(option).getValue();
    }

    private int execute(String... words) {
        return program().execute(words);
    }

    private String firstError() {
        return err.toString().lines().findFirst().orElse("");
    }

    @Test
    void shouldTakeTheBuiltInDefaultWithoutAFile() {
        assertThat(this.<Integer>value("--retries", "phone", "--server", "x")).isEqualTo(3);
        assertThat(this.<Boolean>value("--mute", "phone", "--server", "x")).isFalse();
    }

    /** Each source is overridden by the next. */
    @Test
    void shouldPreferTheCommandLineThenTheEnvironmentThenTheFile() {
        String[] phone = {"phone", "--server", "x"};
        configure("retries = 11");
        assertThat(this.<Integer>value("--retries", phone)).isEqualTo(11);
        configure("retries = 11", "[phone]", "retries = 12");
        assertThat(this.<Integer>value("--retries", phone)).isEqualTo(12);
        environment.put("VOIPTUI_RETRIES", "13");
        assertThat(this.<Integer>value("--retries", phone)).isEqualTo(13);
        environment.put("VOIPTUI_PHONE_RETRIES", "14");
        assertThat(this.<Integer>value("--retries", phone)).isEqualTo(14);
        assertThat(this.<Integer>value("--retries", "phone", "--server", "x", "--retries", "15"))
                .isEqualTo(15);
    }

    @Test
    void shouldPrintTheKeysInForceAndWhereTheyAreFrom() {
        configure("[keys]", "mute = 'x'", "volume-up = 'F3'");

        assertThat(execute("config")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("keys.mute = \"x\"  # " + file + ":2\n")
                .contains("keys.volume-up = \"F3\"  # " + file + ":3\n")
                .contains("keys.hold = \"h\"  # default\n");
        assertThat(Configuration.keysOf(program().getCommandSpec()).shown(CallAction.MUTE))
                .isEqualTo("x");
        assertThat(execute("config", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("{\"command\":\"keys\",\"option\":\"mute\",\"value\":\"x\",\"source\":\"FILE\",\"place\":\""
                        + file + ":2\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            muet = 'x'         | unknown action 'muet'; did you mean 'mute'?
            mute = 5           | mute must be a text: the name of a key
            mute = 'mm'        | unknown key 'mm'; use one character, Space, Enter, Tab, F1 to F12, or Ctrl+ and a letter
            mute = 'q'         | q is the key of both mute and quit: change one
            """)
    void shouldReportKeysThatCannotBeUsedWithTheirLine(String line, String problem) {
        configure("[keys]", line);

        assertThat(execute("config")).isEqualTo(ExitCode.USAGE);
        assertThat(firstError()).endsWith(file + ":2: " + problem);
    }

    @Test
    void shouldApplyTablesToTheirCommandOnly() {
        configure("server = 'everywhere'", "[phone]", "name = 'door'", "[call]", "server = 'elsewhere'");

        assertThat(this.<String>value("--server", "phone")).isEqualTo("everywhere");
        assertThat(this.<String>value("--server", "call", "ben")).isEqualTo("elsewhere");
        assertThat(this.<String>value("--name", "phone")).isEqualTo("door");
        assertThat(this.<String>value("--name", "call", "ben")).isNull();
    }

    @Test
    void shouldApplyTheTableOfTheRelayToItsSubcommands() {
        configure("[relay]", "state-dir = '/srv/voiptui'");

        assertThat(this.<Path>value("--state-dir", "relay", "names")).isEqualTo(Path.of("/srv/voiptui"));
        environment.put("VOIPTUI_RELAY_STATE_DIR", "/srv/other");
        assertThat(this.<Path>value("--state-dir", "relay", "kick", "ben")).isEqualTo(Path.of("/srv/other"));
    }

    @Test
    void shouldSwitchFlagsOnAndOffAgain() {
        configure("mute = true", "[call]", "mute = false");

        assertThat(this.<Boolean>value("--mute", "phone", "--server", "x")).isTrue();
        assertThat(this.<Boolean>value("--mute", "phone", "--server", "x", "--mute"))
                .isTrue();
        assertThat(this.<Boolean>value("--mute", "phone", "--server", "x", "--mute=false"))
                .isFalse();
        assertThat(this.<Boolean>value("--mute", "call", "ben", "--server", "x"))
                .isFalse();
        environment.put("VOIPTUI_MUTE", "false");
        assertThat(this.<Boolean>value("--mute", "phone", "--server", "x")).isFalse();
    }

    /** A flag that is on by its default must not be switched off by naming it. */
    @Test
    void shouldNotToggleAnyFlag() {
        assertThat(ConfigOption.all(program()))
                .filteredOn(ConfigOption::isFlag)
                .hasSizeGreaterThan(20)
                .allSatisfy(flag ->
                        assertThat(flag.spec().fallbackValue()).as(flag.key()).isEqualTo("true"));
    }

    @Test
    void shouldTakeListsForRepeatedOptions() {
        configure("[relay]", "bind = ['127.0.0.1', '::1']", "exempt = '192.0.2.0/24'");

        assertThat(this.<List<String>>value("--bind", "relay")).containsExactly("127.0.0.1", "::1");
        assertThat(this.<List<String>>value("--exempt", "relay")).containsExactly("192.0.2.0/24");
        assertThat(this.<List<String>>value("--bind", "relay", "--bind", "192.0.2.1"))
                .containsExactly("192.0.2.1");
    }

    @Test
    void shouldConvertValuesAsOnTheCommandLine() {
        configure("[relay]", "access = 'KNOWN'", "ring-limit = '90s'", "sweep = 5", "name-expiry = '365d'");

        assertThat(value("--access", "relay").toString()).isEqualToIgnoringCase("known");
        assertThat(this.<Duration>value("--ring-limit", "relay")).hasSeconds(90);
        assertThat(this.<Duration>value("--sweep", "relay")).hasSeconds(5);
        assertThat(this.<Duration>value("--name-expiry", "relay")).hasDays(365);
    }

    /** {@code --classic} is a flag of call, and takes a value with relay. */
    @Test
    void shouldGiveAValueToTheCommandsThatItFits() {
        configure("classic = true");

        assertThat(this.<Boolean>value("--classic", "call", "ben", "--server", "x"))
                .isTrue();
        assertThat(this.<String>value("--classic", "relay")).isNull();
    }

    @Test
    void shouldTakeTheTargetFromTheFileUnlessItIsNamed() {
        configure("server = '127.0.0.1:1'", "[call]", "target = 'anna'", "plain = true", "mic = 'silence'");

        execute("call", ":1", "--speaker", "null");

        assertThat(firstError()).contains("unknown host ':1'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            sever = 'x' | :1: unknown option 'sever'; did you mean 'server'?
            nonsense = 1 | :1: unknown option 'nonsense'
            help = true | :1: unknown option 'help'
            mute = true@[phon]@name = 'x' | :2: unknown command 'phon'; did you mean 'phone'?
            [phone]@name = 'x'@nmae = 'y' | :3: unknown option 'nmae' of phone; did you mean 'name'?
            [relay.allow]@state-dir = 'x' | :1: unknown option 'allow' of relay
            [phone]@tcp-port = 1 | :2: unknown option 'tcp-port' of phone
            [config]@json = true | :1: unknown command 'config'
            mute = 'yes' | :1: mute must be true or false
            mute = 1 | :1: mute must be true or false
            port = '80' | :1: port must be a number
            name = true | :1: name must be a text
            name = ['a', 'b'] | :1: name must be a text
            server = 2026-01-01 | :1: server must be a text
            [relay]@bind = [true] | :2: bind must be a list
            [relay]@bind = ['a,b'] | :2: bind must be a list
            server = relay | :1: Unexpected 'r'
            name = 'a'@name = 'b' | :2: name previously defined at line 1, column 1
            """)
    void shouldNameTheLineThatIsWrong(String lines, String problem) {
        configure(lines.split("@"));

        assertThat(execute("phone", "--server", "127.0.0.1")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(firstError()).startsWith("voiptui phone: " + file + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            port = 70000 | --port must be from 1 to 65535, or 0 for any; --port is from {}:1
            port = 1.5 | '1.5' is not an int; --port is from {}:1
            timeout = 'soon' | invalid time 'soon'; use for example 500ms, 2s, 10m, 1h or 2d; --timeout is from {}:1
            codec = 'mp3' | --codec: unknown codec 'mp3'; use opus or pcm; --codec is from {}:1
            """)
    void shouldSayWhereAWrongValueIsFrom(String line, String problem) {
        configure(line);

        assertThat(execute("phone", "--server", "127.0.0.1")).isEqualTo(ExitCode.USAGE);

        assertThat(firstError()).endsWith(problem.replace("{}", file.toString()));
    }

    @Test
    void shouldNameTheVariableOfAWrongValue() {
        environment.put("VOIPTUI_PHONE_PORT", "x");

        assertThat(execute("phone", "--server", "127.0.0.1")).isEqualTo(ExitCode.USAGE);

        assertThat(firstError()).endsWith("'x' is not an int; --port is from VOIPTUI_PHONE_PORT");
    }

    @Test
    void shouldNotBlameTheConfigurationForTheCommandLine() {
        configure("port = 1");

        assertThat(execute("phone", "--server", "127.0.0.1", "--port", "70000")).isEqualTo(ExitCode.USAGE);

        assertThat(firstError()).endsWith("or 0 for any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices", "history", "phone", "call ben", "config", ""})
    void shouldRunNothingWithAWrongFile(String words) {
        configure("nonsense");

        assertThat(execute(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(firstError()).contains(file + ":1: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldRunNothingWithAFileThatCannotBeRead() throws IOException {
        Files.createDirectory(file);

        assertThat(execute("phone")).isEqualTo(ExitCode.USAGE);
        assertThat(firstError()).startsWith("voiptui phone: cannot read " + file);
    }

    @Test
    void shouldRefuseAHugeFile() throws IOException {
        Files.write(file, new byte[TomlFile.MAX_BYTES + 1]);

        assertThat(execute("phone")).isEqualTo(ExitCode.USAGE);
        assertThat(firstError()).contains("larger than 256 kB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "phone --help", "relay names --help"})
    void shouldHelpWithAWrongFile(String words) {
        configure("nonsense");

        assertThat(execute(words.split(" "))).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldRepeatNothingThatControlsTheTerminal() {
        configure("\"a\\u001b[2Jb\" = 1");

        assertThat(execute("phone")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("\033");
    }

    @Test
    void shouldListTheCommandsUnlessRelayAndNameAreConfigured() {
        configure("server = '127.0.0.1'");

        assertThat(execute()).isEqualTo(ExitCode.USAGE);
        assertThat(firstError()).isEqualTo("voiptui: no command given");
    }

    @Test
    void shouldOpenThePhoneIfRelayAndNameAreConfigured() {
        configure("server = '127.0.0.1'", "name = 'anna'", "[phone]", "port = 70000");

        assertThat(execute()).isEqualTo(ExitCode.USAGE);
        assertThat(firstError()).startsWith("voiptui phone: --port must be");
    }

    /** The launcher has variables of its own, and so have the commands that a call runs. */
    @Test
    void shouldLeaveTheOtherVariablesAlone() {
        assertThat(ConfigOption.all(program()))
                .flatExtracting(ConfigOption::variables)
                .contains("VOIPTUI_SERVER", "VOIPTUI_PHONE_NAME", "VOIPTUI_RELAY_TCP_PORT")
                .doesNotContain(
                        "VOIPTUI_JAVA",
                        "VOIPTUI_JAVA_OPTS",
                        "VOIPTUI_EVENT",
                        "VOIPTUI_PEER",
                        "VOIPTUI_DIRECTION",
                        "VOIPTUI_ANSWERED",
                        "VOIPTUI_REASON",
                        "VOIPTUI_SECONDS",
                        "VOIPTUI_RELAY");
    }

    @Test
    void shouldPrintWhatIsInForceAndWhereFrom() {
        configure("server = 'relay.example'", "[phone]", "mute = true");
        environment.put("VOIPTUI_NAME", "an\\na");

        assertThat(execute("config")).isEqualTo(ExitCode.OK);

        assertThat(out.toString().lines())
                .contains(
                        "phone.server = \"relay.example\"  # " + file + ":1",
                        "phone.name = \"an\\\\na\"  # VOIPTUI_NAME",
                        "phone.mute = true  # " + file + ":3",
                        "call.mute = false  # default",
                        "phone.retries = 3  # default",
                        "# phone.heartbeat is not set")
                .doesNotHaveDuplicates();
    }

    /** What it prints can be made a file. */
    @Test
    void shouldPrintAConfiguration() {
        assertThat(execute("config")).isEqualTo(ExitCode.OK);
        configure(out.toString().split("\n"));
        out.getBuffer().setLength(0);

        assertThat(execute("config", "--path")).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString(file + System.lineSeparator());
        assertThat(execute("config")).as(err.toString()).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldPrintJsonLines() {
        configure("name = 'anna'");
        environment.put("VOIPTUI_CALL_PORT", "5000");

        assertThat(execute("config", "--json")).isEqualTo(ExitCode.OK);

        assertThat(out.toString().lines())
                .contains(
                        "{\"command\":\"phone\",\"option\":\"--name\",\"value\":\"anna\",\"source\":\"FILE\",\"place\":\""
                                + file + ":1\"}",
                        "{\"command\":\"call\",\"option\":\"--port\",\"value\":\"5000\",\"source\":\"ENVIRONMENT\","
                                + "\"place\":\"VOIPTUI_CALL_PORT\"}",
                        "{\"command\":\"call\",\"option\":\"--plain\",\"value\":\"false\",\"source\":\"DEFAULT\","
                                + "\"place\":null}",
                        "{\"command\":\"call\",\"option\":\"--server\",\"value\":null,\"source\":null,"
                                + "\"place\":null}");
    }
}
