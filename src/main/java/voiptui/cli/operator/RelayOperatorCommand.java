package voiptui.cli.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.StateDirOption;
import voiptui.cli.option.VersionProvider;
import voiptui.protocol.ClientName;
import voiptui.relay.directory.DirectoryFiles;
import voiptui.relay.ops.OpsClient;
import voiptui.relay.ops.OpsReply;
import voiptui.report.Printable;

/** What the operator's commands have in common: they ask the running relay, or work on its files while none runs. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionProvider.class, sortOptions = false)
public abstract class RelayOperatorCommand implements Callable<Integer> {

    /** An operation on the files. */
    @FunctionalInterface
    interface FileTask<T> {
        T run(DirectoryFiles files) throws IOException;
    }

    @Mixin
    private StateDirOption stateDir;

    @Spec
    private CommandSpec spec;

    /** Returns the relay's state directory. */
    final Path stateDir() {
        return stateDir.path();
    }

    /** Returns the relay's reply; empty if no relay runs. */
    final Optional<OpsReply> ask(String... words) throws CommandFailure {
        Optional<OpsReply> reply;
        try {
            reply = OpsClient.ask(stateDir(), List.of(words));
        } catch (IOException unreachable) {
            throw CommandFailure.of(ExitCode.FAILED, unreachable);
        }
        if (reply.isPresent() && !reply.get().isDone()) {
            throw new CommandFailure(ExitCode.FAILED, Printable.of(reply.get().failure()));
        }
        return reply;
    }

    /** Works on the files, because no relay runs. */
    final <T> T onFiles(FileTask<T> task) throws CommandFailure {
        try {
            // Invalid lines are skipped silently: the relay reports them when it starts.
            return task.run(DirectoryFiles.open(stateDir(), invalid -> {}));
        } catch (IOException failed) {
            throw CommandFailure.of(ExitCode.FAILED, failed);
        }
    }

    /** Asks the relay for a change, or makes it in the files; returns whether anything changed. */
    final boolean change(String verb, String what, FileTask<Boolean> onFiles) throws CommandFailure {
        Optional<OpsReply> reply = ask(verb, what);
        return reply.isPresent() ? reply.get().count() > 0 : onFiles(onFiles);
    }

    /** Returns a valid name in its usual form. */
    final String name(String typed) {
        return ClientName.parse(typed)
                .orElseThrow(() -> invalid("invalid name '" + Printable.of(typed)
                        + "': use 1 to 32 of a-z 0-9 . _ -, starting with a letter or digit"));
    }

    /** Returns a fingerprint or an address in its usual form. */
    final String blockEntry(String typed) {
        return DirectoryFiles.blockEntry(typed)
                .orElseThrow(() -> invalid("invalid fingerprint or address '" + Printable.of(typed)
                        + "': use SHA256: and 43 characters, or an address such as 192.0.2.1 or 192.0.2.0/24"));
    }

    /** Returns that no relay runs, for people. */
    final String noRelay() {
        return "no relay runs with " + stateDir();
    }

    /** Returns the exception for an argument that cannot be used. */
    final ParameterException invalid(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Prints a line for people. */
    final void note(String line) {
        spec.commandLine().getErr().println(Printable.of(line));
    }

    /** Prints a line. */
    final void say(String line) {
        spec.commandLine().getOut().println(Printable.of(line));
        spec.commandLine().getOut().flush();
    }
}
