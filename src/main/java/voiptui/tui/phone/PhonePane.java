package voiptui.tui.phone;

import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;
import voiptui.report.Printable;
import voiptui.report.SessionText;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.SessionStatus;
import voiptui.tui.widget.WrappedText;

/** The phone's name and relay, its media path, the time of day, and a summary of the last call. Pure drawing. */
final class PhonePane {

    private PhonePane() {}

    static void draw(PhoneModel model, Canvas canvas) {
        Glyphs glyphs = canvas.glyphs();
        SessionStatus session = model.session();
        SessionStatus.Outage outage = session.outage();
        String time = NumberText.minuteOfDay(model.nowMs(), model.setting().zone());
        Style style = outage != null
                ? Style.BAD
                : session.isSignedIn() ? Style.GOOD : session.fellBack() ? Style.WARN : Style.ACCENT;
        char sign = outage != null ? glyphs.alert() : session.isSignedIn() ? glyphs.on() : glyphs.off();
        canvas.put(0, 0, sign, style);
        canvas.part(2, 0, canvas.width() - 2 - time.length() - 1, 1).put(0, 0, status(model), style);
        canvas.putRight(canvas.width(), 0, time, Style.TEXT);
        drawMedia(session, canvas.part(2, 1, canvas.width() - 2, 1));
        Canvas lastCall = canvas.part(2, 2, canvas.width() - 2, 1);
        lastCall.put(0, 0, WrappedText.fitting(model.calls().lastCall(), lastCall.width()), Style.TEXT);
    }

    private static String status(PhoneModel model) {
        SessionStatus session = model.session();
        SessionStatus.Outage outage = session.outage();
        String phone = Printable.of(model.name()) + " at "
                + Printable.of(model.setting().relay());
        if (outage != null) {
            String left = NumberText.countdown(outage.retryAtMs(), model.nowMs());
            return "session lost" + (left.isEmpty() ? "" : ", retrying in " + left) + ": " + phone;
        }
        return session.isSignedIn() || session.fellBack() ? phone : "signing in as " + phone;
    }

    private static void drawMedia(SessionStatus session, Canvas row) {
        SessionEvent.PathChanged media = session.media();
        if (session.outage() != null) {
            row.put(0, 0, Printable.of(session.outage().last().problem()), Style.WARN);
        } else if (session.fellBack()) {
            row.put(0, 0, "classic relay: " + SessionText.IN_THE_CLEAR, Style.WARN);
        } else if (media != null && media.path() == MediaPath.TUNNEL) {
            row.put(0, 0, "media through TLS tunnel: " + SessionText.whyNotUdp(media), Style.WARN);
        } else if (session.path() == MediaPath.UDP) {
            drawUdp(session, row);
        } else if (session.isSignedIn()) {
            row.put(0, 0, "no audio path yet", Style.LABEL);
        }
    }

    /** Draws the round trip and the address as far as they fit as a whole. */
    private static void drawUdp(SessionStatus session, Canvas row) {
        int column = row.put(0, 0, "media by UDP", Style.LABEL);
        if (session.rttMs().size() > 0) {
            String rtt = NumberText.ms(session.rttMs().latest(0)).strip();
            column = row.put(column, 0, ", round trip " + rtt, Style.LABEL);
        }
        String address = ", your address: " + Printable.of(session.address());
        if (!session.address().isEmpty() && column + Canvas.columnsOf(address) <= row.width()) {
            row.put(column, 0, address, Style.LABEL);
        }
    }
}
