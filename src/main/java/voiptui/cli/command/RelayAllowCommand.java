package voiptui.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

/** {@code voiptui relay allow}: reserves a name at a relay for a client. */
@Command(
        name = "allow",
        description = "Lets the client with this fingerprint sign in under a name.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 the name belongs to another client, 2 wrong usage."})
final class RelayAllowCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FINGERPRINT",
            description = "The client's fingerprint, as 'voiptui id' shows it: SHA256:…")
    private String fingerprint;

    @Parameters(index = "1", paramLabel = "NAME", description = "The name of the client.")
    private String name;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "The relay's folder. Default: $XDG_STATE_HOME/voiptui/relay.")
    private @Nullable Path stateDir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        Fingerprint whose = Fingerprint.parse(fingerprint)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "invalid fingerprint '" + Printable.of(fingerprint)
                                + "': use SHA256: and 43 characters, as 'voiptui id' shows"));
        String called = ClientName.parse(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "invalid name '" + Printable.of(name)
                                + "': use 1 to 32 of a-z 0-9 . _ -, starting with a letter or digit"));
        Path folder = stateDir == null ? RelayCommand.defaultStateDir() : stateDir;
        NameGrant.Outcome outcome;
        try {
            outcome = NameGrant.allow(folder, whose, called);
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.FAILED, "cannot write " + NameGrant.file(folder) + ": " + failed.getMessage());
        }
        switch (outcome) {
            case ADDED -> spec.commandLine().getOut().println("'" + called + "' may now sign in");
            case ALREADY_ALLOWED -> spec.commandLine().getOut().println("'" + called + "' is already allowed");
            case TAKEN ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "the name '" + called + "' belongs to another fingerprint; to change that, edit "
                                + NameGrant.file(folder));
        }
        return ExitCode.OK;
    }
}
