package voiptui.cli.command;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voiptui.event.CallOutcome;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Grade;
import voiptui.history.CallRecord;
import voiptui.report.Printable;
import voiptui.tui.widget.NumberText;

/**
 * Calls as a table for people, fit for a terminal.
 *
 * @param zone the time zone of the table
 */
record HistoryTable(ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    /** Longer names of others are cut, in characters. */
    private static final int MAX_PEER = 40;

    private static final List<String> TITLES = List.of("TIME", "", "WHO", "OUTCOME", "LENGTH", "QUALITY", "ENCRYPTION");

    /** Returns the title and a line for each call. */
    List<String> lines(List<CallRecord> calls) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        calls.forEach(call -> rows.add(row(call)));
        int[] widths = new int[TITLES.size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(String.format("%-" + Math.max(1, widths[column]) + "s  ", row.get(column)));
        }
        return line.toString().stripTrailing();
    }

    private List<String> row(CallRecord call) {
        boolean answered = call.outcome() == CallOutcome.ANSWERED;
        String peer = Printable.of(call.peer());
        return List.of(
                TIME.format(call.at().atZoneSameInstant(zone)),
                call.direction() == CallRecord.Direction.INCOMING ? "from" : "to",
                peer.length() <= MAX_PEER ? peer : peer.substring(0, MAX_PEER - 1) + "…",
                outcome(call),
                answered ? NumberText.duration(call.durationMs()) : "",
                quality(call),
                answered ? encryption(call) : "");
    }

    private static String outcome(CallRecord call) {
        EndReason reason = call.reason();
        return call.outcome() == CallOutcome.FAILED && reason != null
                ? "failed: " + reason.text()
                : call.outcome().text();
    }

    private static String quality(CallRecord call) {
        Grade grade = call.quality();
        return grade == null ? "" : grade.name().toLowerCase(Locale.ROOT);
    }

    private static String encryption(CallRecord call) {
        Encryption encryption = call.encryption();
        return encryption == null ? "" : encryption.text(call.verified());
    }
}
