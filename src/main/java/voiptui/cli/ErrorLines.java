package voiptui.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.report.Printable;

/** Prints errors: one line that says what is wrong, and for wrong usage a second line that names the help. */
final class ErrorLines {

    private ErrorLines() {}

    /** Prints wrong usage; returns exit status 2. Without any command, lists the commands. */
    static int onUsage(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + Printable.of(UsageText.of(problem)));
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

    /** Prints why a command failed; for a bug also the stack trace. Returns the exit status. */
    static int onFailure(Exception problem, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        if (problem instanceof CommandFailure failure) {
            command.getErr().println(name + ": " + Printable.of(failure.getMessage()));
            if (failure.isOption()) {
                printHelpHint(command);
            }
            return failure.exitCode();
        }
        command.getErr().println(name + ": internal error, please report it:");
        Printable.linesOf(problem).forEach(command.getErr()::println);
        return ExitCode.FAILED;
    }
}
