package voiptui.cli.operator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.relay.ops.OpsReply;

/** {@code voiptui relay kick}: signs out the clients of a name. */
@Command(
        name = "kick",
        description = "Signs out the clients of a name: their programs end, and may be started again.",
        footer = {"", "Exit status: 0 done, 1 nobody is signed in by that name, 2 wrong usage."})
public final class RelayKickCommand extends RelayOperatorCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
    private String name;

    @Override
    public Integer call() throws CommandFailure {
        String called = name(name);
        OpsReply reply = ask("kick", called).orElseThrow(() -> new CommandFailure(ExitCode.FAILED, noRelay()));
        if (reply.count() == 0) {
            throw new CommandFailure(ExitCode.FAILED, "nobody is signed in as '" + called + "'");
        }
        say("'" + called + "' is signed out" + (reply.count() > 1 ? " (" + reply.count() + " clients)" : ""));
        return ExitCode.OK;
    }
}
