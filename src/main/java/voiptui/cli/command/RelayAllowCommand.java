package voiptui.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.StateDirOption;
import voiptui.cli.option.VersionProvider;
import voiptui.identity.Fingerprint;
import voiptui.relay.directory.DirectoryFiles.Allowance;
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

    @Mixin
    private StateDirOption stateDir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        RelayOperator operator = new RelayOperator(spec, stateDir.path());
        Fingerprint whose = Fingerprint.parse(fingerprint)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "invalid fingerprint '" + Printable.of(fingerprint)
                                + "': use SHA256: and 43 characters, as 'voiptui id' shows"));
        String called = operator.name(name);
        var reply = operator.ask("allow", whose.text(), called);
        Allowance outcome = reply.isPresent()
                ? Allowance.valueOf(reply.get().lines().get(0))
                : operator.onFiles(files -> files.allow(called, whose));
        switch (outcome) {
            case ADDED -> operator.say("'" + called + "' may now sign in");
            case ALREADY_ALLOWED -> operator.say("'" + called + "' is already allowed, and does not expire");
            case TAKEN ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "the name '" + called + "' belongs to another fingerprint; to free it, run"
                                + " 'voiptui relay remove " + called + "'");
        }
        return ExitCode.OK;
    }
}
