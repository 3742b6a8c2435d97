package voiptui.cli.operator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;

/** {@code voiptui relay remove}: frees a name. */
@Command(
        name = "remove",
        description = "Frees a name, and signs out whoever uses it.",
        footer = {"", "Exit status: 0 done, 1 there is no such name, 2 wrong usage."})
public final class RelayRemoveCommand extends RelayOperatorCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
    private String name;

    @Override
    public Integer call() throws CommandFailure {
        String called = name(name);
        if (!change("remove", called, files -> files.remove(called))) {
            throw new CommandFailure(
                    ExitCode.FAILED, "nobody has the name '" + called + "'; 'voiptui relay names' lists all names");
        }
        say("'" + called + "' is free");
        return ExitCode.OK;
    }
}
