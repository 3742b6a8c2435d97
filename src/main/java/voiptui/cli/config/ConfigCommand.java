package voiptui.cli.config;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.VersionProvider;
import voiptui.report.EventJson;
import voiptui.report.Printable;

/** {@code voiptui config}: shows what is configured, and where. */
@Command(
        name = "config",
        description = "Shows the values of all options, and where they are from.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 there is no home directory, 2 wrong usage or configuration."})
public final class ConfigCommand implements Callable<Integer> {

    @Option(names = "--path", fallbackValue = "true", description = "Print the path of the configuration file only.")
    private boolean path;

    @Option(names = "--json", fallbackValue = "true", description = "Print one JSON object per option.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        if (!(spec.root().defaultValueProvider() instanceof Configuration configuration)) {
            throw new IllegalStateException("no configuration");
        }
        Path file = configuration
                .file()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED, "there is no home directory: set HOME to an absolute path"));
        PrintWriter out = spec.commandLine().getOut();
        if (path) {
            out.println(Printable.of(file.toString()));
        } else {
            Map<ConfigOption, Optional<Setting>> all = configuration.all();
            configuration.check();
            all.forEach((option, setting) -> out.println(
                    json
                            ? json(option.command(), option.spec().longestName(), setting.orElse(null))
                            : text(option, setting)));
            configuration
                    .allKeys()
                    .forEach((action, setting) -> out.println(
                            json
                                    ? json(Configuration.KEYS, action, setting)
                                    : text(Configuration.KEYS + "." + action, quoted(setting.value()), setting)));
        }
        out.flush();
        return ExitCode.OK;
    }

    /** Returns a line that could stand in the file. */
    private static String text(ConfigOption option, Optional<Setting> setting) {
        String key = option.command() + "." + option.key();
        return setting.map(set -> text(key, toml(option, set.value()), set)).orElse("# " + key + " is not set");
    }

    private static String text(String key, String value, Setting setting) {
        return Printable.of(key + " = " + value + "  # " + setting.origin());
    }

    private static String toml(ConfigOption option, String value) {
        return option.isFlag() && value.matches("true|false") || option.isNumber() && value.matches("-?[0-9.]+")
                ? value
                : quoted(value);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String json(String command, String option, @Nullable Setting setting) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("command", command);
        fields.put("option", option);
        fields.put("value", setting == null ? null : setting.value());
        fields.put("source", setting == null ? null : setting.source());
        fields.put("place", setting == null || setting.place().isEmpty() ? null : setting.place());
        return EventJson.of(fields);
    }
}
