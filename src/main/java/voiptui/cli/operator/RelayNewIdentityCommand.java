package voiptui.cli.operator;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.Identity;
import voiptui.identity.RelayIdentity;

/** {@code voiptui relay new-identity}: gives the relay a new key and certificate, signed by the former one. */
@Command(
        name = "new-identity",
        description =
                "Gives the relay a new identity; the former one signs it, so that phones accept it without a question.",
        footer = {
            "",
            "A running relay uses it from its next SIGHUP on. The former key is deleted.",
            "Exit status: 0 done, 1 failed, 2 wrong usage."
        })
public final class RelayNewIdentityCommand extends RelayOperatorCommand {

    @Override
    public Integer call() throws CommandFailure {
        try {
            Path file = RelayIdentity.fileIn(stateDir());
            RelayIdentity former = RelayIdentity.load(file, this::note);
            RelayIdentity next = former.followedBy(Identity.create(), System.currentTimeMillis());
            next.replace(file);
            say(former.identity().fingerprint() + " is followed by "
                    + next.identity().fingerprint());
        } catch (IOException failed) {
            throw CommandFailure.of(ExitCode.FAILED, failed);
        }
        return ExitCode.OK;
    }
}
