package voiptui.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import voiptui.cli.config.Configuration;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.report.Printable;

/** Prints errors: one line that says what is wrong, and for wrong usage a second line that names the help. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Configuration configuration;

    /**
     * Creates what prints errors.
     *
     * @param configuration says where options are from, and what is wrong with it
     */
    ErrorLines(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Prints wrong usage; returns exit status 2. Without any command, lists the commands. A wrong configuration comes first, because
     * something that is missing may be in it.
     */
    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        CommandFailure wrong = configuration.problem().orElse(null);
        if (wrong != null) {
            return onFailure(wrong, command);
        }
        print(command, UsageText.of(problem));
        if (problem instanceof NoCommandException) {
            printCommands(command);
        } else {
            printHelpHint(command);
        }
        return ExitCode.USAGE;
    }

    private static void printHelpHint(CommandLine command) {
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }

    private static void printCommands(CommandLine command) {
        command.getErr().println("Commands:");
        command.getSubcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                command.getErr()
                        .printf(
                                "  %-8s %s%n",
                                name, sub.getCommandSpec().usageMessage().description()[0]);
            }
        });
        printHelpHint(command);
    }

    /** Prints one line, with the origin of the options that it names. */
    private void print(CommandLine command, String line) {
        command.getErr()
                .println(command.getCommandSpec().qualifiedName() + ": "
                        + Printable.of(line + configuration.origins(command, line)));
    }

    private int onFailure(CommandFailure failure, CommandLine command) {
        print(command, failure.getMessage());
        if (failure.isOption()) {
            printHelpHint(command);
        }
        return failure.exitCode();
    }

    /** Prints why a command failed; for a bug also the stack trace. Returns the exit status. */
    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        if (problem instanceof CommandFailure failure) {
            return onFailure(failure, command);
        }
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": internal error, please report it:");
        Printable.linesOf(problem).forEach(command.getErr()::println);
        return ExitCode.FAILED;
    }
}
