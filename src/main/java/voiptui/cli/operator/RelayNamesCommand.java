package voiptui.cli.operator;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.relay.directory.DirectoryFiles;
import voiptui.relay.directory.LastSeen;
import voiptui.relay.ops.NameStatus;
import voiptui.relay.ops.OpsReply;
import voiptui.report.Printable;

/** {@code voiptui relay names}: lists the names that a relay knows. */
@Command(
        name = "names",
        description = "Lists the names, who owns them, and who is signed in.",
        footer = {"", "Exit status: 0 done, 1 failed, 2 wrong usage."})
public final class RelayNamesCommand extends RelayOperatorCommand {

    @Override
    public Integer call() throws CommandFailure {
        Optional<OpsReply> reply = ask("names");
        List<NameStatus> names = reply.isPresent()
                ? reply.get().lines().stream()
                        .flatMap(line -> NameStatus.parse(line).stream())
                        .toList()
                : onFiles(this::fromFiles);
        if (reply.isEmpty()) {
            note(noRelay() + "; this is what its files say");
        }
        if (names.isEmpty()) {
            note("there are no names yet");
        }
        int widest = names.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        names.forEach(each -> say(line(each, widest)));
        return ExitCode.OK;
    }

    private List<NameStatus> fromFiles(DirectoryFiles files) throws IOException {
        Map<String, Long> seen = LastSeen.read(stateDir());
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
