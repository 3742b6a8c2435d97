package voiptui.setup;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import voiptui.cli.VoiptuiCommand;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Counter;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.RelayEvent;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;

/** Checks that the manual documents everything in the program, and nothing else. */
class ManPagesTest {

    private static final CommandLine PROGRAM = VoiptuiCommand.commandLine(Map.of());

    static Stream<CommandLine> commands() {
        return Stream.concat(Stream.of(PROGRAM), subcommands());
    }

    private static Stream<CommandLine> subcommands() {
        return PROGRAM.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden());
    }

    @Test
    void shouldHaveAPageForEachCommand() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("man"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            commands().map(command -> nameOf(command) + ".1").toList());
        }
    }

    @Test
    void shouldListEachCommand() throws IOException {
        assertThat(ManPage.read("voiptui").items("COMMANDS").keySet())
                .containsExactlyInAnyOrderElementsOf(subcommands()
                        .map(command -> "Cm " + command.getCommandName())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldDescribeEachOption(CommandLine command) throws IOException {
        assertThat(ManPage.read(nameOf(command)).options())
                .isEqualTo(options(command)
                        .flatMap(option -> Arrays.stream(option.names()))
                        .collect(toSet()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowEachOptionInTheSynopsis(CommandLine command) throws IOException {
        Set<String> synopsis = ManPage.read(nameOf(command)).synopsis();

        assertThat(options(command)).allSatisfy(option -> assertThat(synopsis).containsAnyOf(option.names()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldNameEachDefault(CommandLine command) throws IOException {
        ManPage page = ManPage.read(nameOf(command));

        assertThat(options(command).filter(option -> option.arity().max() > 0 && option.defaultValue() != null))
                .allSatisfy(option -> assertThat(page.textOfOption(option.longestName()))
                        .containsPattern("(?<![\\w.])" + Pattern.quote(option.defaultValue()) + "(?!\\w)"));
    }

    @ParameterizedTest
    @CsvSource({"voiptui-call, CALL", "voiptui-relay, RELAY"})
    void shouldDescribeEachCounter(String name, Counter.Side side) throws IOException {
        Map<String, List<String>> meanings = new LinkedHashMap<>();
        for (Counter counter : Counter.values()) {
            if (counter.side() == side) {
                String meaning = counter.meaning();
                meanings.put(
                        "Va " + counter.key(),
                        List.of(Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + "."));
            }
        }

        Map<String, List<String>> described = ManPage.read(name).items("COUNTERS");

        assertThat(described).containsOnlyKeys(meanings.keySet());
        meanings.forEach(
                (counter, meaning) -> assertThat(described.get(counter)).containsAll(meaning));
    }

    @ParameterizedTest
    @MethodSource("eventsByPage")
    void shouldDescribeEachEventWithItsFields(String name, String section, Class<?> events) throws Exception {
        Map<String, List<String>> described = ManPage.read(name).items(section);
        Set<String> names = new TreeSet<>();

        for (Class<?> event : events.getPermittedSubclasses()) {
            String eventName = eventName(event);
            names.add("Cm " + eventName);
            assertThat(variables(described.get("Cm " + eventName)))
                    .as(eventName)
                    .isEqualTo(Arrays.stream(event.getRecordComponents())
                            .map(ManPagesTest::snakeCase)
                            .collect(toSet()));
        }

        assertThat(described).containsOnlyKeys(names);
    }

    static Stream<Arguments> eventsByPage() {
        return Stream.of(
                Arguments.of("voiptui-call", "JSON", CallEvent.class),
                Arguments.of("voiptui-call", "VOICE EVENTS", VoiceEvent.class),
                Arguments.of("voiptui-call", "SESSION EVENTS", SessionEvent.class),
                Arguments.of("voiptui-phone", "JSON", PhoneEvent.class),
                Arguments.of("voiptui-relay", "JSON", RelayEvent.class));
    }

    @Test
    void shouldDescribeEachStateAndReason() throws IOException {
        Stream<Enum<?>> all = Stream.concat(Arrays.stream(CallState.values()), Arrays.stream(EndReason.values()));

        assertThat(ManPage.read("voiptui-call").items("CALL STATES").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        all.map(constant -> "Cm " + constant.name()).toList());
    }

    private static String nameOf(CommandLine command) {
        return command == PROGRAM ? "voiptui" : "voiptui-" + command.getCommandName();
    }

    /** The options of a command and of those below it, which share its page. */
    private static Stream<OptionSpec> options(CommandLine command) {
        Stream<CommandLine> below = command == PROGRAM ? Stream.of() : command.getSubcommands().values().stream();
        return Stream.concat(Stream.of(command), below)
                .flatMap(any -> any.getCommandSpec().options().stream())
                .filter(option -> !option.hidden());
    }

    /** The names that a paragraph marks as fields. */
    private static Set<String> variables(List<String> mdoc) {
        return mdoc == null
                ? Set.of()
                : mdoc.stream()
                        .filter(line -> line.matches("\\.(Pq )?Va .*"))
                        .map(line -> line.replaceFirst("^\\.(Pq )?Va (\\S+).*", "$2"))
                        .collect(toCollection(TreeSet::new));
    }

    private static String snakeCase(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The name of an event, from one whose fields are all zero, empty or null. */
    private static String eventName(Class<?> event) throws ReflectiveOperationException {
        RecordComponent[] components = event.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] nothing = Arrays.stream(types)
                .map(type -> type == List.class ? List.of() : Array.get(Array.newInstance(type, 1), 0))
                .toArray();
        return ((Event) event.getDeclaredConstructor(types).newInstance(nothing)).eventName();
    }
}
