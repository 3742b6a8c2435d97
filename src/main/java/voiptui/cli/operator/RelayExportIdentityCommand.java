package voiptui.cli.operator;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.RelayIdentity;

/** {@code voiptui relay export-identity}: copies the relay's key and certificate to a file. */
@Command(
        name = "export-identity",
        description = "Copies the relay's key, certificate and the statements of its former identities to a new file.",
        footer = {
            "",
            "The file is not encrypted; only its owner can read it.",
            "Exit status: 0 done, 1 failed, 2 wrong usage."
        })
public final class RelayExportIdentityCommand extends RelayOperatorCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "The file, which must not exist.")
    private Path file;

    @Override
    public Integer call() throws CommandFailure {
        try {
            RelayIdentity identity = RelayIdentity.load(RelayIdentity.fileIn(stateDir()), this::note);
            identity.writeNew(file);
            say(identity.identity().fingerprint() + " is in " + file);
        } catch (IOException failed) {
            throw CommandFailure.of(ExitCode.FAILED, failed);
        }
        return ExitCode.OK;
    }
}
