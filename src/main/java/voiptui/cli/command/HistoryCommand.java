package voiptui.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.history.CallHistory;
import voiptui.history.CallRecordJson;
import voiptui.identity.FileProblem;

/** {@code voiptui history}: lists the calls that were made, received and missed. */
@Command(
        name = "history",
        description = "Lists your calls, the newest first.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 the history cannot be read, 2 wrong usage."})
public final class HistoryCommand implements Callable<Integer> {

    @Option(names = "--missed", fallbackValue = "true", description = "List missed calls only.")
    private boolean missed;

    @Option(names = "--last", paramLabel = "N", description = "List the last N calls only. Default: all.")
    private @Nullable Integer last;

    @Option(names = "--json", fallbackValue = "true", description = "Print the calls as JSON Lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        new Usage(spec).check(last == null || last >= 1, "--last must be 1 or more");
        CallHistory.Contents contents = read();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            contents.calls().forEach(call -> out.println(CallRecordJson.of(call)));
        } else if (contents.calls().isEmpty()) {
            out.println(missed ? "no missed calls" : "no calls yet");
        } else {
            new HistoryTable(ZoneId.systemDefault()).lines(contents.calls()).forEach(out::println);
        }
        out.flush();
        if (contents.damagedLines() > 0) {
            spec.commandLine()
                    .getErr()
                    .println("voiptui history: skipped " + contents.damagedLines() + " damaged lines of the file");
        }
        return ExitCode.OK;
    }

    private CallHistory.Contents read() throws CommandFailure {
        CallHistory history = CallSetup.historyOfUser();
        try {
            return history.read(last == null ? Integer.MAX_VALUE : last, call -> !missed || call.isMissed());
        } catch (IOException unreadable) {
            throw CommandFailure.of(ExitCode.FAILED, FileProblem.of("read", history.file(), unreadable));
        }
    }
}
