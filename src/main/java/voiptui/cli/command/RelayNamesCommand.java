package voiptui.cli.command;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.StateDirOption;
import voiptui.cli.option.VersionProvider;
import voiptui.relay.directory.DirectoryFiles;
import voiptui.relay.directory.LastSeen;
import voiptui.relay.ops.NameStatus;
import voiptui.relay.ops.OpsReply;
import voiptui.report.Printable;

/** {@code voiptui relay names}: lists the names that a relay knows. */
@Command(
        name = "names",
        description = "Lists the names, who owns them, and who is signed in.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage."})
final class RelayNamesCommand implements Callable<Integer> {

    @Mixin
    private StateDirOption stateDir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure {
        RelayOperator operator = new RelayOperator(spec, stateDir.path());
        Optional<OpsReply> reply = operator.ask("names");
        List<NameStatus> names = reply.isPresent()
                ? reply.get().lines().stream()
                        .flatMap(line -> NameStatus.parse(line).stream())
                        .toList()
                : operator.onFiles(this::fromFiles);
        if (reply.isEmpty()) {
            spec.commandLine().getErr().println(operator.noRelay() + "; this is what its files say");
        }
        if (names.isEmpty()) {
            spec.commandLine().getErr().println("there are no names yet");
        }
        int widest = names.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        names.forEach(each -> operator.say(line(each, widest)));
        return ExitCode.OK;
    }

    private List<NameStatus> fromFiles(DirectoryFiles files) throws IOException {
        Map<String, Long> seen = LastSeen.read(stateDir.path());
        List<NameStatus> names = new ArrayList<>();
        new TreeMap<>(files.names())
                .forEach((name, entry) -> names.add(new NameStatus(
                        name, entry.fingerprint(), entry.expires(), seen.getOrDefault(name, 0L), List.of())));
        return names;
    }

    private static String line(NameStatus status, int width) {
        String when = "never seen";
        if (!status.online().isEmpty()) {
            when = "signed in from " + String.join(", ", status.online());
        } else if (status.lastSeenMs() > 0) {
            when = "seen " + Instant.ofEpochMilli(status.lastSeenMs()).truncatedTo(ChronoUnit.SECONDS);
        }
        return Printable.of(String.format("%-" + Math.max(1, width) + "s", status.name()) + "  " + status.fingerprint()
                + "  " + (status.expires() ? "registered" : "assigned") + "  " + when);
    }
}
