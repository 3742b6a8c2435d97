package voiptui.tui.phone;

import java.util.ArrayList;
import java.util.List;
import voiptui.report.PhoneText;
import voiptui.report.Printable;
import voiptui.tui.widget.NumberText;

/** What stays to be read when the screen is gone. */
final class PhoneSummary {

    private static final int MISSED_LINES = 5;

    private PhoneSummary() {}

    /** A few lines: how long, why it ended, how many calls, who called in vain. Empty while the phone is on. */
    static List<String> lines(PhoneModel model) {
        if (model.off() == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        PhoneModel.Setting setting = model.setting();
        lines.add("Phone " + nameOf(model) + " at " + Printable.of(setting.relay()) + ", "
                + NumberText.duration(model.nowMs() - setting.startedMs()) + "; " + PhoneText.why(model.off()));
        PhoneModel.Tally tally = model.tally();
        if (tally.made() + tally.taken() + tally.missed() > 0) {
            lines.add("  calls      " + tally.made() + " made, " + tally.taken() + " taken, " + tally.missed()
                    + " missed");
        }
        model.missed().stream()
                .filter(call -> !call.seen())
                .limit(MISSED_LINES)
                .forEach(call -> lines.add("  missed     " + NumberText.timeOfDay(call.atMs(), setting.zone()) + " "
                        + Printable.of(call.from())));
        int more = model.unseen() - MISSED_LINES;
        if (more > 0) {
            lines.add("             and " + more + " more");
        }
        if (!setting.logFile().isEmpty()) {
            lines.add("  log        " + setting.logFile());
        }
        return lines;
    }

    /** What the relay calls us by, or what we want to be called by. */
    static String nameOf(PhoneModel model) {
        return Printable.of(
                model.line().name().isEmpty()
                        ? model.setting().name()
                        : model.line().name());
    }
}
