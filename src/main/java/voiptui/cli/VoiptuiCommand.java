package voiptui.cli;

import java.time.Duration;
import java.util.Objects;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import voiptui.cli.command.CallCommand;
import voiptui.cli.command.DemoCommand;
import voiptui.cli.command.DevicesCommand;
import voiptui.cli.command.DoctorCommand;
import voiptui.cli.command.HistoryCommand;
import voiptui.cli.command.IdCommand;
import voiptui.cli.command.PhoneCommand;
import voiptui.cli.command.RelayCommand;
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
            GenerateCompletion.class
        },
        footer = {"", "Try it: voiptui demo", "Manual: man voiptui"})
public final class VoiptuiCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Reports that the subcommand is missing. */
    @Override
    public void run() {
        throw new NoCommandException(spec.commandLine());
    }

    /** Returns the command line, ready to be executed. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new VoiptuiCommand());
        Objects.requireNonNull(commandLine.getSubcommands().get("generate-completion"))
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.registerConverter(Duration.class, new DurationConverter());
        commandLine.setParameterExceptionHandler(ErrorLines::onUsage);
        commandLine.setExecutionExceptionHandler(ErrorLines::onFailure);
        return commandLine;
    }
}
