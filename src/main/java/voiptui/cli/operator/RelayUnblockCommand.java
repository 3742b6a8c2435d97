package voiptui.cli.operator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;

/** {@code voiptui relay unblock}: ends what {@code block} began. */
@Command(
        name = "unblock",
        description = "Admits a client or an address that was blocked.",
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage."})
public final class RelayUnblockCommand extends RelayOperatorCommand {

    @Parameters(
            index = "0",
            paramLabel = "WHO",
            description = "A fingerprint (SHA256:…), an address, or a network such as 192.0.2.0/24.")
    private String who;

    @Override
    public Integer call() throws CommandFailure {
        String entry = blockEntry(who);
        if (!change("unblock", entry, files -> files.unblock(entry))) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    entry + " is not blocked; the file " + stateDir().resolve("blocked") + " lists who is");
        }
        say(entry + " is no longer blocked");
        return ExitCode.OK;
    }
}
