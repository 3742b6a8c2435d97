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
import voiptui.relay.ops.OpsReply;

/** {@code voiptui relay kick}: signs out the clients of a name. */
@Command(
        name = "kick",
        description = "Signs out the clients of a name: their programs end, and may be started again.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 nobody is signed in by that name, 2 wrong usage."})
final class RelayKickCommand implements Callable<Integer> {

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
        OpsReply reply =
                operator.ask("kick", called).orElseThrow(() -> new CommandFailure(ExitCode.FAILED, operator.noRelay()));
        if (reply.count() == 0) {
            throw new CommandFailure(ExitCode.FAILED, "nobody is signed in as '" + called + "'");
        }
        operator.say("'" + called + "' is signed out" + (reply.count() > 1 ? " (" + reply.count() + " clients)" : ""));
        return ExitCode.OK;
    }
}
