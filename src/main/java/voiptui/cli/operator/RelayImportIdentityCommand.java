package voiptui.cli.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.Identity;
import voiptui.identity.RelayIdentity;
import voiptui.relay.ops.StateLock;

/** {@code voiptui relay import-identity}: gives the relay the key and certificate in a file. */
@Command(
        name = "import-identity",
        description = "Gives the relay the identity in a file that export-identity has written.",
        footer = {"", "Exit status: 0 done, 1 failed, or a relay runs, 2 wrong usage."})
public final class RelayImportIdentityCommand extends RelayOperatorCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(
            names = "--replace",
            fallbackValue = "true",
            description =
                    "Replace the identity that the relay has; it signs a statement that the other one follows it.")
    private boolean replace;

    @Override
    public Integer call() throws CommandFailure {
        try (StateLock lock = StateLock.take(stateDir(), this::note)) {
            RelayIdentity imported = RelayIdentity.load(file, this::note);
            Path target = RelayIdentity.fileIn(stateDir());
            if (Files.exists(target)) {
                replace(target, imported);
            } else {
                imported.replace(target);
            }
            say("the relay's identity is " + imported.identity().fingerprint());
        } catch (IOException failed) {
            throw CommandFailure.of(ExitCode.FAILED, failed);
        }
        return ExitCode.OK;
    }

    private void replace(Path target, RelayIdentity imported) throws IOException, CommandFailure {
        RelayIdentity former = RelayIdentity.load(target, this::note);
        Identity next = imported.identity();
        if (former.identity().fingerprint().equals(next.fingerprint())) {
            return;
        }
        if (!replace) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "the relay has another identity, " + former.identity().fingerprint()
                            + ": back it up with export-identity, then use --replace");
        }
        former.followedBy(next, System.currentTimeMillis()).replace(target);
    }
}
