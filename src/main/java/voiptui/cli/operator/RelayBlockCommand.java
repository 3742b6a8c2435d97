package voiptui.cli.operator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;

/** {@code voiptui relay block}: refuses a client or an address. */
@Command(
        name = "block",
        description = "Refuses a client or an address, and signs it out.",
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage."})
public final class RelayBlockCommand extends RelayOperatorCommand {

    @Parameters(
            index = "0",
            paramLabel = "WHO",
            description = "A fingerprint (SHA256:…), an address, or a network such as 192.0.2.0/24.")
    private String who;

    @Override
    public Integer call() throws CommandFailure {
        String entry = blockEntry(who);
        boolean changed = change("block", entry, files -> files.block(entry));
        say(entry + (changed ? " is blocked" : " was blocked already"));
        return ExitCode.OK;
    }
}
