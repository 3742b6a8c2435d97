package voiptui.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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
        subcommands = {
            CallCommand.class,
            PhoneCommand.class,
            RelayCommand.class,
            HistoryCommand.class,
            IdCommand.class,
            DoctorCommand.class,
            DevicesCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            ConfigCommand.class,
            GenerateCompletion.class
        },
        footer = {"", "Try it: voiptui demo", "Manual: man voiptui"})
public final class VoiptuiCommand implements Callable<Integer> {

    private static final String PHONE = "phone";

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
     * Returns the command line, ready to be executed.
     *
     * @param environment the variables of the environment, which may set options
     */
    public static CommandLine commandLine(Map<String, String> environment) {
        Configuration configuration = new Configuration(environment, () -> commandLine(environment));
        CommandLine commandLine = new CommandLine(new VoiptuiCommand(configuration));
        configuration.applyTo(commandLine);
        Objects.requireNonNull(commandLine.getSubcommands().get("generate-completion"))
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.registerConverter(Duration.class, new DurationConverter());
        ErrorLines errors = new ErrorLines(configuration);
        commandLine.setExecutionStrategy(new ConfiguredExecution(configuration));
        commandLine.setParameterExceptionHandler(errors::onUsage);
        commandLine.setExecutionExceptionHandler(errors::onFailure);
        return commandLine;
    }
}
