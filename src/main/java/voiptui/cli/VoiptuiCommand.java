package voiptui.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import voiptui.cli.bench.BenchCommand;
import voiptui.cli.command.CallCommand;
import voiptui.cli.command.DemoCommand;
import voiptui.cli.command.DevicesCommand;
import voiptui.cli.command.DoctorCommand;
import voiptui.cli.command.HistoryCommand;
import voiptui.cli.command.IdCommand;
import voiptui.cli.command.PhoneCommand;
import voiptui.cli.command.RelayCommand;
import voiptui.cli.config.ConfigCommand;
import voiptui.cli.config.Configuration;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.option.DurationConverter;
import voiptui.cli.option.VersionProvider;

/** The program; everything that it does is a subcommand. */
@Command(
        name = "voiptui",
        description = "Makes voice calls from the terminal through a relay that both sides can reach.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try it: voiptui demo", "Manual: man voiptui"})
public final class VoiptuiCommand implements Callable<Integer> {

    private static final String PHONE = "phone";
    private static final String COMPLETION = "generate-completion";

    /** In the order of the help. */
    private static final Map<String, Class<?>> SUBCOMMANDS = new LinkedHashMap<>();

    static {
        SUBCOMMANDS.put("call", CallCommand.class);
        SUBCOMMANDS.put(PHONE, PhoneCommand.class);
        SUBCOMMANDS.put("relay", RelayCommand.class);
        SUBCOMMANDS.put("history", HistoryCommand.class);
        SUBCOMMANDS.put("id", IdCommand.class);
        SUBCOMMANDS.put("doctor", DoctorCommand.class);
        SUBCOMMANDS.put("devices", DevicesCommand.class);
        SUBCOMMANDS.put("demo", DemoCommand.class);
        SUBCOMMANDS.put("bench", BenchCommand.class);
        SUBCOMMANDS.put("config", ConfigCommand.class);
        SUBCOMMANDS.put(COMPLETION, GenerateCompletion.class);
    }

    @Spec
    private CommandSpec spec;

    private final Configuration configuration;

    private VoiptuiCommand(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Opens the phone if a relay and a name are configured; otherwise reports that the subcommand is missing. */
    @Override
    public Integer call() throws CommandFailure {
        boolean isConfigured = configuration.isSet(PHONE, "server") && configuration.isSet(PHONE, "name");
        configuration.check();
        if (!isConfigured) {
            throw new NoCommandException(spec.commandLine());
        }
        return Objects.requireNonNull(spec.subcommands().get(PHONE)).execute();
    }

    /**
     * Returns the command line with all subcommands, ready to be executed.
     *
     * @param environment the variables of the environment, which may set options
     */
    public static CommandLine commandLine(Map<String, String> environment) {
        return commandLine(environment, SUBCOMMANDS);
    }

    /**
     * Returns the command line to execute these arguments with. If the first one is a subcommand, there are no others: their options
     * would take a fifth of the time until a screen appears.
     *
     * @param environment the variables of the environment, which may set options
     */
    static CommandLine commandLine(Map<String, String> environment, String... args) {
        String first = args.length == 0 ? "" : args[0];
        Class<?> only = first.equals(COMPLETION) ? null : SUBCOMMANDS.get(first);
        return commandLine(environment, only == null ? SUBCOMMANDS : Map.of(first, only));
    }

    private static CommandLine commandLine(Map<String, String> environment, Map<String, Class<?>> subcommands) {
        Configuration configuration = new Configuration(environment, new AllCommands(environment));
        CommandLine commandLine = new CommandLine(new VoiptuiCommand(configuration));
        for (Map.Entry<String, Class<?>> subcommand : subcommands.entrySet()) {
            commandLine.addSubcommand(subcommand.getKey(), subcommand.getValue());
        }
        CommandLine completion = commandLine.getSubcommands().get(COMPLETION);
        if (completion != null) {
            completion.getCommandSpec().usageMessage().hidden(true);
        }
        configuration.applyTo(commandLine);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.registerConverter(Duration.class, new DurationConverter());
        ErrorLines errors = new ErrorLines(configuration);
        commandLine.setExecutionStrategy(new ConfiguredExecution(configuration));
        commandLine.setParameterExceptionHandler(errors);
        commandLine.setExecutionExceptionHandler(errors);
        return commandLine;
    }

    /**
     * Creates the program with all commands. Not a lambda: those that name picocli's old classes cannot be in the class data archive
     * and would be generated at every start.
     */
    private record AllCommands(Map<String, String> environment) implements Supplier<CommandLine> {

        @Override
        public CommandLine get() {
            return commandLine(environment);
        }
    }
}
