package voiptui.tui.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.report.CallText;
import voiptui.report.Printable;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.NetworkHistory;
import voiptui.tui.call.model.PeerReports;
import voiptui.tui.widget.NumberText;

/** The summary of a call, printed when the screen has closed. Pure. */
final class CallSummary {

    private CallSummary() {}

    /** Returns the summary in a few lines: peer, duration, reason, quality. Empty if the call is not over. */
    static List<String> lines(CallModel model) {
        CallEvent.Summary summary = model.progress().summary();
        if (summary == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String peer = Printable.of(model.setting().peer());
        String relay = Printable.of(model.setting().relay());
        lines.add((summary.packetsReceived() > 0 ? "Call with " : "No call with ") + peer + " through " + relay + ", "
                + NumberText.duration(summary.durationMs()) + "; " + ending(model, summary));
        if (summary.packetsReceived() > 0) {
            addNumbers(lines, model, summary);
        }
        if (summary.encryption() != null) {
            lines.add("  security   " + summary.encryption().text(summary.verified()));
        }
        model.audio().recordings().forEach(file -> lines.add("  recorded   " + Printable.of(file)));
        if (!model.setting().logFile().isEmpty()) {
            lines.add("  log        " + model.setting().logFile());
        }
        return lines;
    }

    /**
     * Returns the summary in one line, for the phone screen: parts separated by semicolons or commas, what matters most first. Empty if the
     * call is not over.
     */
    static String oneLine(CallModel model) {
        CallEvent.Summary summary = model.progress().summary();
        if (summary == null) {
            return "";
        }
        String peer = Printable.of(model.setting().peer());
        if (summary.packetsReceived() == 0) {
            return "no connection with " + peer + ": " + ending(model, summary);
        }
        PeerReports peerReports = model.quality().peer();
        long lastedMs =
                model.state().answeredMs() > 0 ? model.nowMs() - model.state().answeredMs() : summary.durationMs();
        long expected = summary.packetsReceived() + summary.packetsLost();
        String unencrypted =
                summary.encryption() == null || summary.encryption().isEncrypted() ? "" : ", NOT ENCRYPTED";
        return "call with " + peer + ", " + NumberText.duration(lastedMs) + unencrypted + "; " + ending(model, summary)
                + String.format(Locale.ROOT, "; lost %.1f %%", 100.0 * summary.packetsLost() / expected)
                + (peerReports.last() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", peer lost %.1f %%",
                                peerReports.lossPercentInAll(summary.packetsSent())));
    }

    private static String ending(CallModel model, CallEvent.Summary summary) {
        String state = model.state().name() != CallState.ENDED
                ? ""
                : new CallText(model.setting().relay(), model.setting().peer(), model.isV2())
                        .of(model.state().changed());
        return state.isEmpty() ? summary.reason().text() : state.replaceFirst("^ended: ", "");
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
                Locale.ROOT, "  jitter     %.1f ms, buffer %.0f ms", summary.jitterMs(), summary.bufferMs()));
        lines.add(String.format(Locale.ROOT, "  concealed  %.2f s", summary.concealedMs() / 1000.0));
        PeerReports peerReports = model.quality().peer();
        CallEvent.PeerReport report = peerReports.last();
        if (report != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  peer       %.1f %%: %s of %s packets; jitter %.1f ms%s",
                    peerReports.lossPercentInAll(summary.packetsSent()),
                    NumberText.count(report.packetsLost()),
                    NumberText.count(summary.packetsSent()),
                    report.jitterMs(),
                    report.rttMs() == null ? "" : String.format(Locale.ROOT, ", round trip %.1f ms", report.rttMs())));
        }
        NetworkHistory.Worst worst = model.quality().network().worst();
        if (worst != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  worst      %s: %.1f %% lost, %.2f s concealed in %d s",
                    NumberText.timeOfDay(worst.atMs(), model.setting().zone()),
                    worst.lossPercent(),
                    worst.concealedMs() / 1000.0,
                    NetworkHistory.NOW_SECONDS));
        }
    }
}
