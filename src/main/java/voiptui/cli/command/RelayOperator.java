package voiptui.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.protocol.ClientName;
import voiptui.relay.directory.DirectoryFiles;
import voiptui.relay.ops.OpsClient;
import voiptui.relay.ops.OpsReply;
import voiptui.report.Printable;

/** What the operator's commands have in common: they ask the running relay, or work on its files while none runs. */
final class RelayOperator {

    /** An operation on the files. */
    @FunctionalInterface
    interface FileTask<T> {
        T run(DirectoryFiles files) throws IOException;
    }

    private final CommandSpec spec;
    private final Path stateDir;

    RelayOperator(CommandSpec spec, Path stateDir) {
        this.spec = spec;
        this.stateDir = stateDir;
    }

    /** Returns the relay's reply; empty if no relay runs. */
    Optional<OpsReply> ask(String... words) throws CommandFailure {
        Optional<OpsReply> reply;
        try {
            reply = OpsClient.ask(stateDir, List.of(words));
        } catch (IOException unreachable) {
            throw CommandFailure.of(ExitCode.FAILED, unreachable);
        }
        if (reply.isPresent() && !reply.get().isDone()) {
            throw new CommandFailure(ExitCode.FAILED, Printable.of(reply.get().failure()));
        }
        return reply;
    }

    /** Works on the files, because no relay runs. */
    <T> T onFiles(FileTask<T> task) throws CommandFailure {
        try {
            // Invalid lines are skipped silently: the relay reports them when it starts.
            return task.run(DirectoryFiles.open(stateDir, invalid -> {}));
        } catch (IOException failed) {
            throw CommandFailure.of(ExitCode.FAILED, failed);
        }
    }

    /** Returns a valid name in its usual form. */
    String name(String typed) {
        return ClientName.parse(typed)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "invalid name '" + Printable.of(typed)
                                + "': use 1 to 32 of a-z 0-9 . _ -, starting with a letter or digit"));
    }

    /** Returns a fingerprint or an address in its usual form. */
    String blockEntry(String typed) {
        return DirectoryFiles.blockEntry(typed)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "invalid fingerprint or address '" + Printable.of(typed)
                                + "': use SHA256: and 43 characters, or an address such as 192.0.2.1 or 192.0.2.0/24"));
    }

    /** Returns that no relay runs, for people. */
    String noRelay() {
        return "no relay runs with " + stateDir;
    }

    /** Prints a line. */
    void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
