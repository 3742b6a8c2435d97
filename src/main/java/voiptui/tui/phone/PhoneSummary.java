package voiptui.tui.phone;

import java.util.ArrayList;
import java.util.List;
import voiptui.event.PhoneEvent;
import voiptui.report.PhoneText;
import voiptui.report.Printable;
import voiptui.tui.widget.NumberText;

/** The summary of a phone, printed when the screen has closed. Pure. */
final class PhoneSummary {

    private static final int MISSED_LINES = 5;

    private PhoneSummary() {}

    /** Returns the summary in a few lines: duration, reason, number of calls, missed calls. Empty while the phone runs. */
    static List<String> lines(PhoneModel model) {
        PhoneEvent.PhoneStopped stopped = model.stopped();
        if (stopped == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        PhoneModel.Setting setting = model.setting();
        lines.add("Phone " + Printable.of(model.name()) + " at " + Printable.of(setting.relay()) + ", "
                + NumberText.duration(model.nowMs() - setting.startedMs()) + "; " + PhoneText.why(stopped));
        PhoneCalls.CallCounts counts = model.calls().counts();
        if (counts.outgoing() + counts.answered() + counts.missed() > 0) {
            lines.add("  calls      " + counts.outgoing() + " outgoing, " + counts.answered() + " incoming, "
                    + counts.missed() + " missed");
        }
        model.calls().missed().stream()
                .filter(call -> !call.seen())
                .limit(MISSED_LINES)
                .forEach(call -> lines.add("  missed     " + NumberText.timeOfDay(call.atMs(), setting.zone()) + " "
                        + Printable.of(call.from())));
        int more = model.calls().unseen() - MISSED_LINES;
        if (more > 0) {
            lines.add("             and " + more + " more");
        }
        if (!setting.logFile().isEmpty()) {
            lines.add("  log        " + setting.logFile());
        }
        return lines;
    }
}
