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

/**
 * The state of the phone in a row: ready, do not disturb, who calls or is called; the time of day; and what is to be known besides, such as
 * a summary of the last call, in a second row or after the state. Also the phone's name and media path, for the title. Pure drawing.
 */
final class StatePane {

    /** A title as wide as this has room for an address. */
    private static final int ROOMY = 100;

    private static final int GAP = 2;

    private record Line(String text, Style style) {}

    private StatePane() {}

    /** Returns the phone's name and relay. */
    static String title(PhoneModel model) {
        return Printable.of(model.name()) + " at "
                + Printable.of(model.setting().relay());
    }

    /** Returns the round trip and the media path as far as they are known. */
    static String path(PhoneModel model, Glyphs glyphs, int columns) {
        SessionStatus session = model.session();
        if (session.outage() != null) {
            return "";
        } else if (session.fellBack()) {
            return "classic relay";
        } else if (session.path() == MediaPath.TUNNEL) {
            return "TLS tunnel";
        } else if (session.path() != MediaPath.UDP) {
            return "";
        }
        String dot = " " + glyphs.dot() + " ";
        String rtt =
                session.rttMs().size() == 0 ? "" : Math.round(session.rttMs().latest(0)) + " ms" + dot;
        String address = columns >= ROOMY && !session.address().isEmpty()
                ? dot + "your address " + Printable.of(session.address())
                : "";
        return rtt + "UDP" + address;
    }

    /** Returns how {@link #path} looks. */
    static Style styleOfPath(PhoneModel model) {
        return model.session().fellBack() || model.session().path() == MediaPath.TUNNEL ? Style.WARN : Style.LABEL;
    }

    static void draw(PhoneModel model, Canvas canvas) {
        String time = NumberText.minuteOfDay(model.nowMs(), model.setting().zone());
        canvas.putRight(canvas.width(), 0, time, Style.TEXT);
        Line state = state(model);
        canvas.put(0, 0, sign(model, canvas.glyphs()), state.style());
        int room = canvas.width() - time.length() - 1;
        int end = canvas.part(2, 0, room - 2, 1).put(0, 0, state.text(), state.style());
        Line notice = notice(model);
        int column = 2 + end + GAP;
        Canvas row = canvas.height() > 1
                ? canvas.part(2, 1, canvas.width() - 2, 1)
                : canvas.part(column, 0, room - column, 1);
        row.put(0, 0, WrappedText.fitting(notice.text(), row.width()), notice.style());
    }

    private static char sign(PhoneModel model, Glyphs glyphs) {
        return model.session().outage() != null || model.doNotDisturb()
                ? glyphs.alert()
                : model.session().isSignedIn() ? glyphs.on() : glyphs.off();
    }

    private static Line state(PhoneModel model) {
        SessionStatus session = model.session();
        SessionStatus.Outage outage = session.outage();
        PhoneCalls.IncomingCall incoming = model.calls().incoming();
        PhoneCalls.ActiveCall active = model.calls().active();
        if (outage != null) {
            String left = NumberText.countdown(outage.retryAtMs(), model.nowMs());
            return new Line("session lost" + (left.isEmpty() ? "" : ", retrying in " + left), Style.BAD);
        } else if (incoming != null) {
            return new Line(Printable.of(incoming.caller()) + " is calling", Style.ACCENT);
        } else if (active != null) {
            return new Line("calling " + Printable.of(active.call().setting().peer()), Style.ACCENT);
        } else if (model.doNotDisturb()) {
            return new Line("do not disturb: callers are rejected, and listed as missed", Style.WARN);
        } else if (session.fellBack()) {
            return new Line("ready, with a classic relay", Style.WARN);
        }
        return session.isSignedIn() ? new Line("ready", Style.GOOD) : new Line("signing in ...", Style.ACCENT);
    }

    private static Line notice(PhoneModel model) {
        SessionStatus session = model.session();
        SessionEvent.PathChanged media = session.media();
        if (session.outage() != null) {
            return new Line(Printable.of(session.outage().last().problem()), Style.WARN);
        } else if (!model.calls().lastCall().isEmpty()) {
            return new Line(model.calls().lastCall(), Style.TEXT);
        } else if (session.fellBack()) {
            return new Line(SessionText.IN_THE_CLEAR, Style.WARN);
        } else if (media != null && media.path() == MediaPath.TUNNEL) {
            return new Line("media through TLS tunnel: " + SessionText.whyNotUdp(media), Style.WARN);
        }
        boolean noPath = session.isSignedIn() && session.path() != MediaPath.UDP;
        return new Line(noPath ? "no audio path yet" : "", Style.LABEL);
    }
}
