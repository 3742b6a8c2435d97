package voiptui.cli.operator;

import picocli.CommandLine.Command;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.relay.ops.OpsReply;

/** {@code voiptui relay status}: tells whether the relay runs and answers. */
@Command(
        name = "status",
        description = "Tells whether the relay runs and answers, and how many clients are signed in.",
        footer = {"", "Exit status: 0 it does, 1 it does not, 2 wrong usage."})
public final class RelayStatusCommand extends RelayOperatorCommand {

    @Override
    public Integer call() throws CommandFailure {
        OpsReply reply = ask("status").orElseThrow(() -> new CommandFailure(ExitCode.FAILED, noRelay()));
        reply.lines().forEach(this::say);
        return ExitCode.OK;
    }
}
