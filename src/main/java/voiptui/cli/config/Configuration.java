package voiptui.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import voiptui.cli.config.Setting.Source;
import voiptui.cli.config.TomlFile.Entry;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.files.BaseDirectory;
import voiptui.report.NearestWords;
import voiptui.tui.key.Keymap;

/**
 * The options that a user has set once and for all. What counts, from the first to the last: the command line; a variable of the
 * environment for one command, then for all; the file's table of the command, then what is outside of tables; the built-in default.
 *
 * <p>The file is read when the first option asks for its value. What is wrong with it does not keep picocli from printing help: it
 * is reported by {@link #check}. Used by one thread.
 */
public final class Configuration implements IDefaultValueProvider {

    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    /** The table of the keys, which belongs to no command. */
    static final String KEYS = "keys";

    private final Map<String, String> environment;
    /** Creates the program with all of its commands and a configuration of its own, which has not been read. */
    private final Supplier<CommandLine> anew;
    /** Null until there is one. */
    private @Nullable CommandLine program;
    /** All options; null: not listed yet. */
    private @Nullable List<ConfigOption> options;
    /** By table and key; null: not read yet. */
    private @Nullable Map<String, Map<String, Entry>> tables;
    /** The keys of the screens by the names of their actions. */
    private final Map<String, Entry> keyEntries = new LinkedHashMap<>();

    private Keymap keys = Keymap.DEFAULT;
    /** What is wrong with the file; null: nothing that is known. */
    private @Nullable CommandFailure problem;

    /**
     * Creates a configuration; nothing is read.
     *
     * @param environment the variables of the environment
     * @param anew creates the program with all of its commands and another configuration of the same environment
     */
    public Configuration(Map<String, String> environment, Supplier<CommandLine> anew) {
        this.anew = anew;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Gives the options of a program their values. To be called once.
     *
     * @param newProgram has at least the command to be executed
     */
    public void applyTo(CommandLine newProgram) {
        program = newProgram;
        newProgram.setDefaultValueProvider(this);
    }

    /** Returns the file, which need not exist; empty: the user has no home directory. */
    Optional<Path> file() {
        try {
            return Optional.of(BaseDirectory.CONFIG.folder(environment).resolve("config.toml"));
        } catch (IOException noHome) {
            return Optional.empty();
        }
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        ConfigOption option = arg instanceof OptionSpec spec ? ConfigOption.of(spec) : null;
        Setting setting = option == null ? null : find(option).orElse(null);
        return setting == null ? null : setting.value();
    }

    /** Returns the value of an option from the environment or the file; empty: neither has one. */
    Optional<Setting> find(ConfigOption option) {
        for (String variable : option.variables()) {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                return Optional.of(new Setting(value, Source.ENVIRONMENT, variable));
            }
        }
        Optional<Setting> ofCommand = inTable(option.command(), option);
        return ofCommand.isPresent() ? ofCommand : inTable("", option);
    }

    private Optional<Setting> inTable(String table, ConfigOption option) {
        Entry entry = tables().getOrDefault(table, Map.of()).get(option.key());
        String text = entry == null ? null : option.textOf(entry.value());
        return entry == null || text == null
                ? Optional.empty()
                : Optional.of(new Setting(text, Source.FILE, place(entry)));
    }

    private String place(Entry entry) {
        return file().orElseThrow() + ":" + entry.line();
    }

    private Map<String, Map<String, Entry>> tables() {
        Map<String, Map<String, Entry>> read = tables;
        if (read == null) {
            read = Map.of();
            try {
                read = read();
            } catch (CommandFailure unusable) {
                problem = unusable;
            }
            tables = read;
        }
        return read;
    }

    private Map<String, Map<String, Entry>> read() throws CommandFailure {
        Path file = file().orElse(null);
        if (file == null || Files.notExists(file)) {
            return Map.of();
        }
        Map<String, Map<String, Entry>> read = TomlFile.read(file);
        for (Map.Entry<String, Map<String, Entry>> table : read.entrySet()) {
            if (table.getKey().equals(KEYS)) {
                readKeys(table.getValue());
                continue;
            }
            checkTable(table.getKey(), table.getValue());
        }
        return read;
    }

    private void readKeys(Map<String, Entry> entries) throws CommandFailure {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            String action = entry.getKey();
            if (action.isEmpty()) {
                continue;
            } else if (!Keymap.labels().contains(action)) {
                throw wrong(
                        entry.getValue(),
                        "unknown action '" + action + "'" + NearestWords.question(action, Keymap.labels()));
            } else if (!(entry.getValue().value() instanceof String key)) {
                throw wrong(entry.getValue(), action + " must be a text: the name of a key");
            } else {
                chosen.put(action, key);
                keyEntries.put(action, entry.getValue());
            }
        }
        try {
            keys = Keymap.of(chosen);
        } catch (Keymap.UnusableKeyException unusable) {
            throw wrong(
                    entries.getOrDefault(unusable.label(), new Entry("", 1)), String.valueOf(unusable.getMessage()));
        }
    }

    /** Returns which key does what on the screens of the program that a command belongs to. */
    public static Keymap keysOf(CommandSpec command) {
        return command.root().defaultValueProvider() instanceof Configuration configuration
                ? configuration.keys()
                : Keymap.DEFAULT;
    }

    /**
     * Parses the arguments of a running program again, with the file as it is now.
     *
     * @return the object of the command that the arguments name; of the same class as that of {@code command}
     * @throws IOException if the file or an option is wrong; the message is for the user, and names file and line
     */
    public static Object reread(CommandSpec command) throws IOException {
        if (!(command.root().defaultValueProvider() instanceof Configuration former)) {
            throw new IllegalStateException("no configuration");
        }
        CommandLine program = former.anew.get();
        Configuration now = (Configuration) program.getDefaultValueProvider();
        String[] arguments =
                command.root().commandLine().getParseResult().originalArgs().toArray(String[]::new);
        try {
            List<CommandLine> commands = program.parseArgs(arguments).asCommandLineList();
            now.check();
            return commands.get(commands.size() - 1).getCommand();
        } catch (ParameterException wrong) {
            String better = now.problem().map(Throwable::getMessage).orElseGet(() -> wrong.getMessage());
            throw new IOException(better + now.origins(wrong.getCommandLine(), better), wrong);
        } catch (CommandFailure wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    /** Returns where the options that a message about a command names are set, as {@link #origins}. */
    public static String originsOf(CommandSpec command, String message) {
        return command.root().defaultValueProvider() instanceof Configuration configuration
                ? configuration.origins(command.commandLine(), message)
                : "";
    }

    private Keymap keys() {
        tables();
        return keys;
    }

    /** Returns the settings of all keys, by the names of their actions. */
    Map<String, Setting> allKeys() {
        tables();
        Map<String, Setting> all = new LinkedHashMap<>();
        for (String action : Keymap.labels()) {
            Entry entry = keyEntries.get(action);
            all.put(
                    action,
                    entry == null
                            ? new Setting(Keymap.defaultKey(action), Source.DEFAULT, "")
                            : new Setting(String.valueOf(entry.value()), Source.FILE, place(entry)));
        }
        return all;
    }

    private List<ConfigOption> options() {
        List<ConfigOption> listed = options;
        if (listed == null) {
            listed = ConfigOption.all(anew.get());
            options = listed;
        }
        return listed;
    }

    /** Checks a table. What the executed command does not know may belong to another one, which takes longer to find out. */
    private void checkTable(String table, Map<String, Entry> entries) throws CommandFailure {
        try {
            checkTable(table, entries, program == null ? List.of() : ConfigOption.all(program));
        } catch (CommandFailure unknownToCommand) {
            checkTable(table, entries, options());
        }
    }

    private void checkTable(String table, Map<String, Entry> entries, List<ConfigOption> all) throws CommandFailure {
        List<ConfigOption> options = all.stream()
                .filter(option -> table.isEmpty() || option.command().equals(table))
                .toList();
        if (options.isEmpty()) {
            Set<String> commands = all.stream().map(ConfigOption::command).collect(Collectors.toSet());
            throw wrong(
                    entries.getOrDefault("", new Entry("", 1)),
                    "unknown command '" + table + "'" + NearestWords.question(table, commands));
        }
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!entry.getKey().isEmpty()) {
                checkEntry(table, entry.getKey(), entry.getValue(), options);
            }
        }
    }

    private void checkEntry(String table, String key, Entry entry, List<ConfigOption> options) throws CommandFailure {
        List<ConfigOption> named =
                options.stream().filter(option -> option.key().equals(key)).toList();
        if (named.isEmpty()) {
            Set<String> keys = options.stream().map(ConfigOption::key).collect(Collectors.toSet());
            throw wrong(
                    entry,
                    "unknown option '" + key + "'" + (table.isEmpty() ? "" : " of " + table)
                            + NearestWords.question(key, keys));
        }
        if (named.stream().allMatch(option -> option.textOf(entry.value()) == null)) {
            throw wrong(
                    entry,
                    key + " must be "
                            + named.stream()
                                    .map(ConfigOption::typeText)
                                    .distinct()
                                    .collect(Collectors.joining(" or ")));
        }
    }

    private CommandFailure wrong(Entry entry, String what) {
        return new CommandFailure(ExitCode.USAGE, place(entry) + ": " + what);
    }

    /** Reports what is wrong with the file, if it was read. */
    public void check() throws CommandFailure {
        CommandFailure wrong = problem;
        if (wrong != null) {
            throw wrong;
        }
    }

    /** Returns what is wrong with the file; empty: nothing, or it was not needed. */
    public Optional<CommandFailure> problem() {
        return Optional.ofNullable(problem);
    }

    /** Returns whether an option of a command is set. */
    public boolean isSet(String command, String key) {
        return options().stream()
                .anyMatch(option -> option.command().equals(command)
                        && option.key().equals(key)
                        && find(option).isPresent());
    }

    /** Returns the settings of all options, command by command; null values: neither set nor with a default. */
    Map<ConfigOption, Optional<Setting>> all() {
        Map<ConfigOption, Optional<Setting>> all = new LinkedHashMap<>();
        for (ConfigOption option : options()) {
            String builtIn = option.spec().defaultValue();
            all.put(
                    option,
                    find(option)
                            .or(() -> Optional.ofNullable(builtIn != null ? builtIn : option.isFlag() ? "false" : null)
                                    .map(value -> new Setting(value, Source.DEFAULT, ""))));
        }
        return all;
    }

    /**
     * Returns where the options that a message names are set, if that is not the command line; empty if none of them is.
     *
     * @param command the command that the message is about
     */
    public String origins(CommandLine command, String message) {
        Set<String> origins = new LinkedHashSet<>();
        ParseResult parsed = command.getParseResult();
        OPTION.matcher(message).results().map(match -> match.group()).distinct().forEach(name -> {
            OptionSpec spec = command.getCommandSpec().findOption(name);
            ConfigOption option = spec == null ? null : ConfigOption.of(spec);
            if (option != null && (parsed == null || !parsed.hasMatchedOption(name))) {
                find(option).ifPresent(setting -> origins.add(name + " is from " + setting.origin()));
            }
        });
        return origins.isEmpty() ? "" : "; " + String.join(", ", new ArrayList<>(origins));
    }
}
