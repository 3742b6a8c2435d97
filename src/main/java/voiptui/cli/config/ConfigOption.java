package voiptui.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that can be configured. The subcommands of a command share its table and variables.
 *
 * @param command the command, and table of the file, that it belongs to
 * @param spec the option
 */
record ConfigOption(String command, OptionSpec spec) {

    /** What {@code voiptui config} does is asked for once. */
    private static final String CONFIG = "config";

    /** Returns the options that can be configured, command by command, each once. */
    static List<ConfigOption> all(CommandLine program) {
        List<ConfigOption> options = new ArrayList<>();
        program.getSubcommands()
                .forEach((name, command) -> withSubcommands(command)
                        .flatMap(each -> each.getCommandSpec().options().stream())
                        .filter(option -> isConfigurable(name, command.getCommandSpec(), option))
                        .map(option -> new ConfigOption(name, option))
                        .filter(option -> options.stream().noneMatch(option::isSame))
                        .forEach(options::add));
        return options;
    }

    private boolean isSame(ConfigOption other) {
        return command.equals(other.command) && key().equals(other.key());
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ConfigOption::withSubcommands));
    }

    /** Returns the option as one that can be configured; null: it cannot. */
    static @Nullable ConfigOption of(OptionSpec spec) {
        CommandSpec command = spec.command();
        while (command.parent() != null && command.parent().parent() != null) {
            command = command.parent();
        }
        return command.parent() != null && isConfigurable(command.name(), command, spec)
                ? new ConfigOption(command.name(), spec)
                : null;
    }

    private static boolean isConfigurable(String name, CommandSpec command, OptionSpec option) {
        return !name.equals(CONFIG)
                && !command.usageMessage().hidden()
                && !option.usageHelp()
                && !option.versionHelp()
                && !option.hidden();
    }

    /** Returns the key in the file: {@code relay-udp-port}. */
    String key() {
        return spec.longestName().replaceFirst("^-+", "");
    }

    /** Returns the variables of the environment, the one that counts first. */
    List<String> variables() {
        return List.of(variable(command + "-" + key()), variable(key()));
    }

    private static String variable(String name) {
        return "VOIPTUI_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns whether the option is on or off. */
    boolean isFlag() {
        return spec.arity().max() == 0;
    }

    /** Returns the value as it would be typed; null: it is of another type than the option. */
    @Nullable
    String textOf(Object value) {
        if (value instanceof List<?> list) {
            return spec.isMultiValue() ? textOf(list) : null;
        } else if (value instanceof Boolean) {
            return isFlag() ? value.toString() : null;
        } else if (value instanceof Number) {
            return isFlag() ? null : value.toString();
        }
        return value instanceof String && !isFlag() && !isNumber() ? value.toString() : null;
    }

    private static @Nullable String textOf(List<?> list) {
        List<String> words = list.stream()
                .filter(word -> word instanceof String || word instanceof Number)
                .map(Object::toString)
                .filter(word -> !word.contains(","))
                .toList();
        return words.size() == list.size() ? String.join(",", words) : null;
    }

    /** Returns whether the option is a number. */
    boolean isNumber() {
        Class<?> type = spec.type();
        return type.isPrimitive() || Number.class.isAssignableFrom(type);
    }

    /** Returns what a value in the file has to be, for messages. */
    String typeText() {
        return isFlag() ? "true or false" : isNumber() ? "a number" : spec.isMultiValue() ? "a list" : "a text";
    }
}
