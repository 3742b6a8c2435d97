package voiptui.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.StateDirOption;
import voiptui.cli.option.VersionProvider;

/** {@code voiptui relay remove}: frees a name. */
@Command(
        name = "remove",
        description = "Frees a name, and signs out whoever uses it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 there is no such name, 2 wrong usage."})
final class RelayRemoveCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
    private String name;

    @Mixin
    private StateDirOption stateDir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        RelayOperator operator = new RelayOperator(spec, stateDir.path());
        String called = operator.name(name);
        var reply = operator.ask("remove", called);
        boolean removed = reply.isPresent() ? reply.get().count() > 0 : operator.onFiles(files -> files.remove(called));
        if (!removed) {
            throw new CommandFailure(
                    ExitCode.FAILED, "nobody has the name '" + called + "'; 'voiptui relay names' lists all names");
        }
        operator.say("'" + called + "' is free");
        return ExitCode.OK;
    }
}
