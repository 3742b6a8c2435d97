package voiptui.cli.operator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.Fingerprint;
import voiptui.relay.directory.DirectoryFiles.Allowance;
import voiptui.report.Printable;

/** {@code voiptui relay allow}: reserves a name at a relay for a client. */
@Command(
        name = "allow",
        description = "Lets the client with this fingerprint sign in under a name.",
        footer = {"", "Exit status: 0 done, 1 the name belongs to another client, 2 wrong usage."})
public final class RelayAllowCommand extends RelayOperatorCommand {

    @Parameters(
            index = "0",
            paramLabel = "FINGERPRINT",
            description = "The client's fingerprint, as 'voiptui id' shows it: SHA256:…")
    private String fingerprint;

    @Parameters(index = "1", paramLabel = "NAME", description = "The name of the client.")
    private String name;

    @Override
    public Integer call() throws CommandFailure {
        Fingerprint whose = Fingerprint.parse(fingerprint)
                .orElseThrow(() -> invalid("invalid fingerprint '" + Printable.of(fingerprint)
                        + "': use SHA256: and 43 characters, as 'voiptui id' shows"));
        String called = name(name);
        var reply = ask("allow", whose.text(), called);
        Allowance outcome = reply.isPresent()
                ? Allowance.valueOf(reply.get().lines().get(0))
                : onFiles(files -> files.allow(called, whose));
        switch (outcome) {
            case ADDED -> say("'" + called + "' may now sign in");
            case ALREADY_ALLOWED -> say("'" + called + "' is already allowed, and does not expire");
            case TAKEN ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "the name '" + called + "' belongs to another fingerprint; to free it, run"
                                + " 'voiptui relay remove " + called + "'");
        }
        return ExitCode.OK;
    }
}
