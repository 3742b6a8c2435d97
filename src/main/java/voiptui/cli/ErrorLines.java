package voiptui.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;

/** What a user sees when something is wrong: one line that says what, and one that says where to read on. */
final class ErrorLines {

    private ErrorLines() {}

    /** Wrong usage: exit status 2. */
    static int onUsage(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + problem.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(problem, command.getErr())) {
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    /** A command could not go on. A fault of ours shows its stack trace too, since only that can be mended. */
    static int onFailure(Exception problem, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        if (problem instanceof CommandFailure failure) {
            command.getErr().println(name + ": " + failure.getMessage());
            return failure.exitCode();
        }
        command.getErr().println(name + ": internal error, please report it:");
        problem.printStackTrace(command.getErr());
        return ExitCode.FAILED;
    }
}
