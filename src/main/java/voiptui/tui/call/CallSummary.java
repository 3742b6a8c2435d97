package voiptui.tui.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.report.CallText;
import voiptui.report.Printable;
import voiptui.tui.widget.NumberText;

/** What stays to be read when the screen is gone. */
final class CallSummary {

    private CallSummary() {}

    /** A few lines: with whom, how long, how it was. Empty while the call is not over. */
    static List<String> lines(CallModel model) {
        CallEvent.Summary summary = model.summary();
        if (summary == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String peer = Printable.of(model.setting().peer());
        String relay = Printable.of(model.setting().relay());
        lines.add((summary.packetsReceived() > 0 ? "Call with " : "No call with ") + peer + " through " + relay + ", "
                + NumberText.duration(summary.durationMs()) + "; " + ending(model));
        if (summary.packetsReceived() > 0) {
            addNumbers(lines, model, summary);
        }
        model.recordings().forEach(file -> lines.add("  recorded   " + Printable.of(file)));
        if (!model.setting().logFile().isEmpty()) {
            lines.add("  log        " + model.setting().logFile());
        }
        return lines;
    }

    /** The same in one line, for who goes on with something else. Empty while the call is not over. */
    static String inShort(CallModel model) {
        CallEvent.Summary summary = model.summary();
        if (summary == null) {
            return "";
        }
        String peer = Printable.of(model.setting().peer());
        if (summary.packetsReceived() == 0) {
            return "no call with " + peer + ": " + ending(model);
        }
        long lastedMs =
                model.state().answeredMs() > 0 ? model.nowMs() - model.state().answeredMs() : summary.durationMs();
        long expected = summary.packetsReceived() + summary.packetsLost();
        return "call with " + peer + ", " + NumberText.duration(lastedMs)
                + String.format(Locale.ROOT, ": lost %.1f %% here", 100.0 * summary.packetsLost() / expected)
                + (model.there().last() == null
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %.1f %% there", model.there().lossPercentInAll(summary.packetsSent())))
                + "; " + ending(model);
    }

    private static String ending(CallModel model) {
        String words = model.state().name() != CallState.ENDED
                ? ""
                : new CallText(model.setting().relay(), model.setting().peer(), model.isByName())
                        .of(model.state().changed());
        return words.isEmpty() ? model.summary().reason().text() : words.replaceFirst("^ended: ", "");
    }

    private static void addNumbers(List<String> lines, CallModel model, CallEvent.Summary summary) {
        long expected = summary.packetsReceived() + summary.packetsLost();
        lines.add(String.format(
                Locale.ROOT,
                "  loss       %.1f %%: %s of %s packets, %s late",
                100.0 * summary.packetsLost() / expected,
                NumberText.count(summary.packetsLost()),
                NumberText.count(expected),
                NumberText.count(summary.packetsLate())));
        lines.add(String.format(
                Locale.ROOT, "  jitter     %.1f ms, %.0f ms in the buffer", summary.jitterMs(), summary.bufferMs()));
        lines.add(String.format(Locale.ROOT, "  concealed  %.2f s", summary.concealedMs() / 1000.0));
        CallEvent.PeerReport there = model.there().last();
        if (there != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  there      %.1f %%: %s of %s packets; jitter %.1f ms%s",
                    model.there().lossPercentInAll(summary.packetsSent()),
                    NumberText.count(there.packetsLost()),
                    NumberText.count(summary.packetsSent()),
                    there.jitterMs(),
                    there.rttMs() == null ? "" : String.format(Locale.ROOT, ", round trip %.1f ms", there.rttMs())));
        }
        NetworkReading.Worst worst = model.network().worst();
        if (worst != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  worst      %s: %.1f %% lost, %.2f s concealed in %d s",
                    NumberText.timeOfDay(worst.atMs(), model.setting().zone()),
                    worst.lossPercent(),
                    worst.concealedMs() / 1000.0,
                    NetworkReading.NOW_SECONDS));
        }
    }
}
