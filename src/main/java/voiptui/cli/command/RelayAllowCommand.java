package voiptui.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.VersionProvider;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientName;
import voiptui.relay.directory.NameGrant;
import voiptui.report.Printable;

/** {@code voiptui relay allow}: lets somebody sign in at a relay under a name. */
@Command(
        name = "allow",
        description = "Gives a name at this relay to the client with a fingerprint.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 the name is somebody else's, 2 wrong usage."})
final class RelayAllowCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FINGERPRINT", description = "The client's, as it shows it: SHA256:…")
    private String fingerprint;

    @Parameters(index = "1", paramLabel = "NAME", description = "What the client is called by.")
    private String name;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "The relay's folder. Default: $XDG_STATE_HOME/voiptui/relay.")
    private Path stateDir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        Fingerprint whose = Fingerprint.parse(fingerprint)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + Printable.of(fingerprint)
                                + "' is no fingerprint: it should look like SHA256: and 43 letters"));
        String called = ClientName.parse(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + Printable.of(name)
                                + "' is no name: 1 to 32 of a-z 0-9 . _ -, beginning with a letter or digit"));
        Path folder = stateDir == null ? RelayCommand.defaultStateDir() : stateDir;
        NameGrant.Outcome outcome;
        try {
            outcome = NameGrant.allow(folder, whose, called);
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.FAILED, "cannot write " + NameGrant.file(folder) + ": " + failed.getMessage());
        }
        switch (outcome) {
            case ADDED -> spec.commandLine().getOut().println("'" + called + "' may sign in now");
            case KNOWN_ALREADY -> spec.commandLine().getOut().println("'" + called + "' was allowed already");
            case TAKEN ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "the name '" + called + "' has another fingerprint; to change that, edit "
                                + NameGrant.file(folder));
        }
        return ExitCode.OK;
    }
}
