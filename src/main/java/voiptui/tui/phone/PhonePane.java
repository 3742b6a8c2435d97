package voiptui.tui.phone;

import voiptui.event.SessionEvent.MediaPath;
import voiptui.report.Printable;
import voiptui.report.SessionText;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.SessionReading;

/** Who we are at which relay, how media goes there, the time, and how the last call was. */
final class PhonePane {

    private PhonePane() {}

    static void draw(PhoneModel model, Canvas canvas) {
        Glyphs glyphs = canvas.glyphs();
        SessionReading line = model.line();
        String time =
                NumberText.timeOfDay(model.nowMs(), model.setting().zone()).substring(0, 5);
        Style style = line.lost() != null
                ? Style.BAD
                : line.isSignedIn() ? Style.GOOD : line.fellBack() ? Style.WARN : Style.ACCENT;
        char sign = line.lost() != null ? glyphs.alert() : line.isSignedIn() ? glyphs.on() : glyphs.off();
        canvas.put(0, 0, sign, style);
        canvas.part(2, 0, canvas.width() - 2 - time.length() - 1, 1).put(0, 0, standing(model), style);
        canvas.putRight(canvas.width(), 0, time, Style.TEXT);
        drawWay(model, canvas.part(2, 1, canvas.width() - 2, 1));
        canvas.part(2, 2, canvas.width() - 2, 1).put(0, 0, model.lastCall(), Style.TEXT);
    }

    private static String standing(PhoneModel model) {
        SessionReading line = model.line();
        String here = PhoneSummary.nameOf(model) + " at "
                + Printable.of(model.setting().relay());
        if (line.lost() != null) {
            return "line lost: " + here + again(model);
        }
        return line.isSignedIn() || line.fellBack() ? here : "signing in as " + here;
    }

    private static String again(PhoneModel model) {
        long leftMs = model.line().retryAtMs() - model.nowMs();
        return leftMs <= 0 ? "" : ", again in " + (leftMs + 999) / 1000 + " s";
    }

    private static void drawWay(PhoneModel model, Canvas row) {
        SessionReading line = model.line();
        if (line.lost() != null) {
            row.put(0, 0, Printable.of(line.lost().problem()), Style.WARN);
        } else if (line.fellBack()) {
            row.put(0, 0, "classic relay: " + SessionText.IN_THE_CLEAR, Style.WARN);
        } else if (line.path() == MediaPath.TUNNEL) {
            row.put(0, 0, "media by TLS tunnel: " + SessionText.NO_UDP, Style.WARN);
        } else if (line.path() == MediaPath.UDP) {
            int column = row.put(0, 0, "media by UDP", Style.LABEL);
            if (line.rttMs().size() > 0) {
                column = row.put(
                        column, 0, ", " + NumberText.ms(line.lastRttMs()).strip() + " there and back", Style.LABEL);
            }
            String seenAs = Printable.of(line.seenAs());
            if (!seenAs.isEmpty() && column + 12 + Canvas.columnsOf(seenAs) <= row.width()) {
                row.put(column, 0, ", seen from " + seenAs, Style.LABEL);
            }
        } else if (line.isSignedIn()) {
            row.put(0, 0, "looking for a way for media", Style.LABEL);
        }
    }
}
