package voiptui.tui.call;

import voiptui.event.CallState;
import voiptui.event.SessionEvent.MediaPath;
import voiptui.report.Printable;
import voiptui.report.SessionText;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.History;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.SessionReading;

/** Whether the relay knows us, how far away it is, how media goes there, and how it has been. */
final class RelayPane {

    private static final int VALUE_COLUMN = 11;
    private static final int HISTORY_COLUMN = VALUE_COLUMN + 10;

    /**
     * How it is in a word or two.
     *
     * @param sinceMs since when; 0 where that says nothing
     */
    private record Standing(char sign, String words, Style style, long sinceMs) {}

    private RelayPane() {}

    static void draw(CallModel model, Canvas canvas) {
        SessionReading line = model.line();
        int rows = canvas.height();
        boolean narrow = rows <= 2;
        String rtt = rtt(model);
        drawStanding(model, standing(model, canvas.glyphs(), narrow), narrow ? rtt : "", canvas);
        if (rows == 1) {
            return;
        }
        if (rows == 2) {
            drawMedia(model, canvas.part(0, 1, canvas.width(), 1), true);
            return;
        }
        canvas.put(0, 1, "round trip", Style.LABEL);
        canvas.put(VALUE_COLUMN, 1, rtt, Style.TEXT);
        int below = line.isKnown() ? 2 : 1;
        int columns = canvas.width() - HISTORY_COLUMN;
        History history = isByUdp(model) ? line.rttMs() : model.relay().rttMs();
        Bar.history(
                canvas.part(HISTORY_COLUMN, 1, columns, rows - 1 - below),
                history,
                RelayReading.fullRttMs(history, columns),
                value -> Style.GOOD);
        if (line.isKnown()) {
            drawMedia(model, canvas.part(0, rows - 2, canvas.width(), 1), false);
        }
        drawAnswers(model, canvas.part(0, rows - 1, canvas.width(), 1));
    }

    private static boolean isByUdp(CallModel model) {
        return model.line().rttMs().size() > 0;
    }

    /** The round trip by UDP where it is known, for that is what sound takes; otherwise that of the last answer. */
    private static String rtt(CallModel model) {
        return isByUdp(model)
                ? NumberText.ms(model.line().lastRttMs())
                : model.relay().answered() == null
                        ? ""
                        : NumberText.ms(model.relay().answered().rttMs());
    }

    private static void drawStanding(CallModel model, Standing standing, String right, Canvas canvas) {
        String since = standing.sinceMs() == 0 || canvas.height() <= 2
                ? ""
                : "since "
                        + NumberText.timeOfDay(
                                standing.sinceMs(), model.setting().zone());
        String end = canvas.height() <= 2 ? right : since;
        int room = canvas.width() - 2;
        // A long name is worth more than the time, but not than the round trip.
        boolean hasRoom = Canvas.columnsOf(standing.words()) + 1 + Canvas.columnsOf(end) <= room;
        boolean shows = !end.isEmpty() && (hasRoom || canvas.height() == 1);
        canvas.put(0, 0, standing.sign(), standing.style());
        canvas.part(2, 0, shows ? room - end.length() - 1 : room, 1).put(0, 0, standing.words(), standing.style());
        if (shows) {
            canvas.putRight(canvas.width(), 0, end, canvas.height() <= 2 ? Style.TEXT : Style.LABEL);
        }
    }

    private static Standing standing(CallModel model, Glyphs glyphs, boolean narrow) {
        SessionReading line = model.line();
        RelayReading relay = model.relay();
        if (line.lost() != null) {
            boolean flows = model.state().name() == CallState.IN_CALL;
            return new Standing(
                    glyphs.alert(),
                    flows ? "line lost, media flows" : "line lost",
                    flows ? Style.WARN : Style.BAD,
                    line.lostMs());
        }
        boolean lost = model.state().name() == CallState.RELAY_LOST;
        boolean known = model.state().registeredMs() > 0;
        if (line.isSignedIn() && !lost) {
            Style style = relay.problem().isEmpty() ? Style.GOOD : Style.WARN;
            String name = Printable.of(line.name());
            return new Standing(glyphs.on(), narrow ? name : "signed in as " + name, style, line.signedInMs());
        }
        Style style = lost ? Style.BAD : !known ? Style.ACCENT : relay.problem().isEmpty() ? Style.GOOD : Style.WARN;
        String words = lost ? "lost" : !known ? "asking" : relay.problem().isEmpty() ? "registered" : "no answer";
        return new Standing(
                lost ? glyphs.alert() : known ? glyphs.on() : glyphs.off(),
                words,
                style,
                !known ? 0 : lost ? model.state().sinceMs() : model.state().registeredMs());
    }

    /** The way that media takes, and a warning where it is not the good one. */
    private static void drawMedia(CallModel model, Canvas row, boolean narrow) {
        SessionReading line = model.line();
        if (line.fellBack()) {
            row.put(0, 0, narrow ? "classic: in the clear" : "classic: " + SessionText.IN_THE_CLEAR, Style.WARN);
            return;
        }
        if (narrow && line.lost() != null && line.retryAtMs() > model.nowMs()) {
            row.put(0, 0, again(model), Style.WARN);
            return;
        }
        MediaPath path = line.path();
        if (path == MediaPath.TUNNEL) {
            row.put(0, 0, narrow ? "TLS tunnel: no UDP" : "TLS tunnel: " + SessionText.NO_UDP, Style.WARN);
            return;
        }
        row.put(0, 0, "media", Style.LABEL);
        boolean udp = path == MediaPath.UDP;
        int column = row.put(VALUE_COLUMN, 0, udp ? "UDP" : "no way yet", udp ? Style.GOOD : Style.LABEL);
        String seenAs = Printable.of(line.seenAs());
        if (column + 1 + Canvas.columnsOf(seenAs) <= row.width()) {
            row.putRight(row.width(), 0, seenAs, Style.LABEL);
        }
    }

    private static String again(CallModel model) {
        SessionReading line = model.line();
        return "again in " + (line.retryAtMs() - model.nowMs() + 999) / 1000 + " s"
                + (line.lost().attempt() > 1 ? ", attempt " + line.lost().attempt() : "");
    }

    private static void drawAnswers(CallModel model, Canvas row) {
        RelayReading relay = model.relay();
        SessionReading line = model.line();
        if (line.lost() != null) {
            row.put(
                    0,
                    0,
                    line.retryAtMs() > model.nowMs()
                            ? again(model)
                            : Printable.of(line.lost().problem()),
                    Style.WARN);
        } else if (!relay.problem().isEmpty()) {
            row.put(0, 0, Printable.of(relay.problem()), Style.WARN);
        } else if (relay.answered() != null) {
            row.put(0, 0, "answered " + NumberText.ago(model.nowMs() - relay.answeredMs()) + " ago", Style.LABEL);
            row.putRight(
                    row.width(),
                    0,
                    relay.failures() == 0
                            ? "no failures"
                            : relay.failures() + (relay.failures() == 1 ? " failure" : " failures"),
                    Style.LABEL);
        }
    }
}
