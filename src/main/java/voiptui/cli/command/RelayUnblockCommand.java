package voiptui.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.StateDirOption;
import voiptui.cli.option.VersionProvider;

/** {@code voiptui relay unblock}: ends what {@code block} began. */
@Command(
        name = "unblock",
        description = "Admits a client or an address that was blocked.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage."})
final class RelayUnblockCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "WHO",
            description = "A fingerprint (SHA256:…), an address, or a network such as 192.0.2.0/24.")
    private String who;

    @Mixin
    private StateDirOption stateDir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        RelayOperator operator = new RelayOperator(spec, stateDir.path());
        String entry = operator.blockEntry(who);
        var reply = operator.ask("unblock", entry);
        boolean changed = reply.isPresent() ? reply.get().count() > 0 : operator.onFiles(files -> files.unblock(entry));
        if (!changed) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    entry + " is not blocked; the file " + stateDir.path().resolve("blocked") + " lists who is");
        }
        operator.say(entry + " is no longer blocked");
        return ExitCode.OK;
    }
}
