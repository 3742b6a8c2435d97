package voiptui.cli.operator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.DrainTarget;
import voiptui.relay.ops.OpsReply;
import voiptui.relay.registrar.Drain;

/** {@code voiptui relay drain}: stops the running relay after its calls have ended. */
@Command(
        name = "drain",
        description = "Stops the relay when its calls have ended; meanwhile it refuses new clients and calls.",
        footer = {"", "Exit status: 0 begun, 1 no relay runs, or it drains already, 2 wrong usage."})
public final class RelayDrainCommand extends RelayOperatorCommand {

    @Option(
            names = "--within",
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "Stop after this time in any case. Default: ${DEFAULT-VALUE}.")
    private Duration within;

    @Option(names = "--to", paramLabel = "HOST[:PORT]", description = "Another relay that clients are told to use.")
    private @Nullable String to;

    @Override
    public Integer call() throws CommandFailure {
        String target = to == null ? Drain.NOWHERE : DrainTarget.parse("--to", to);
        OpsReply reply = ask("drain", Long.toString(within.toMillis()), target)
                .orElseThrow(() -> new CommandFailure(ExitCode.FAILED, noRelay()));
        if (reply.count() == 0) {
            throw new CommandFailure(ExitCode.FAILED, "the relay is about to stop already");
        }
        say("the relay stops when its calls have ended, after " + within.toSeconds() + " s at the latest");
        return ExitCode.OK;
    }
}
