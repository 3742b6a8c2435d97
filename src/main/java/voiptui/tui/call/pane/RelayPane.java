package voiptui.tui.call.pane;

import java.util.List;
import java.util.stream.Stream;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;
import voiptui.event.VoiceEvent;
import voiptui.report.Printable;
import voiptui.report.SessionText;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.RelayReplies;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.History;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.SessionStatus;

/** The relay: registration or session, round trip, media path and failures. */
public final class RelayPane {

    private static final int VALUE_COLUMN = 11;
    private static final int WIDE_COLUMNS = 70;
    private static final int HISTORY_COLUMN = VALUE_COLUMN + 10;

    /**
     * The status in a word or two.
     *
     * @param sinceMs since when; 0: not shown
     */
    private record Status(char sign, String text, Style style, long sinceMs) {}

    private RelayPane() {}

    /** Draws the pane. */
    public static void draw(CallModel model, Canvas canvas) {
        int rows = canvas.height();
        boolean narrow = rows <= 2;
        History rttMs = model.relay().rttMs();
        String rtt = rttMs.size() == 0 ? "" : NumberText.ms(rttMs.latest(0));
        drawStatus(model, status(model, canvas.glyphs(), narrow), narrow ? rtt : "", canvas);
        if (rows == 1) {
            return;
        }
        if (rows == 2) {
            drawMedia(model, canvas.part(0, 1, canvas.width(), 1), true);
            return;
        }
        canvas.put(0, 1, "round trip", Style.LABEL);
        canvas.put(VALUE_COLUMN, 1, rtt, Style.TEXT);
        int below = model.session().isKnown() ? 2 : 1;
        int columns = canvas.width() - HISTORY_COLUMN;
        Bar.history(
                canvas.part(HISTORY_COLUMN, 1, columns, rows - 1 - below),
                rttMs,
                RelayReplies.fullRttMs(rttMs, columns),
                value -> Style.GOOD);
        if (model.session().isKnown()) {
            drawMedia(model, canvas.part(0, rows - 2, canvas.width(), 1), false);
        }
        drawReplies(model, canvas.part(0, rows - 1, canvas.width(), 1));
    }

    private static void drawStatus(CallModel model, Status status, String rtt, Canvas canvas) {
        boolean narrow = canvas.height() <= 2;
        String since = status.sinceMs() == 0
                ? ""
                : "since "
                        + NumberText.timeOfDay(status.sinceMs(), model.setting().zone());
        String end = narrow ? rtt : since;
        int room = canvas.width() - 2;
        // A long name is worth more than the time, but not more than the round trip.
        boolean fits = Canvas.columnsOf(status.text()) + 1 + Canvas.columnsOf(end) <= room;
        boolean shows = !end.isEmpty() && (fits || canvas.height() == 1);
        canvas.put(0, 0, status.sign(), status.style());
        canvas.part(2, 0, shows ? room - end.length() - 1 : room, 1).put(0, 0, status.text(), status.style());
        if (shows) {
            canvas.putRight(canvas.width(), 0, end, narrow ? Style.TEXT : Style.LABEL);
        }
    }

    private static Status status(CallModel model, Glyphs glyphs, boolean narrow) {
        SessionStatus session = model.session();
        SessionStatus.Outage outage = session.outage();
        if (outage != null) {
            VoiceEvent.Quality verdict = model.quality().verdict().last();
            boolean arrives = verdict == null || !verdict.received().cause().isOutage();
            boolean inCall = model.isInCall() && arrives;
            String text = inCall ? "session lost, media ok" : "session lost";
            return new Status(glyphs.alert(), text, inCall ? Style.WARN : Style.BAD, outage.sinceMs());
        }
        boolean problem = !model.relay().replies().problem().isEmpty();
        Style good = problem ? Style.WARN : Style.GOOD;
        if (model.state().name() == CallState.RELAY_LOST) {
            return new Status(glyphs.alert(), "lost", Style.BAD, lostSinceMs(model));
        }
        if (session.isSignedIn()) {
            String name = Printable.of(session.name());
            return new Status(glyphs.on(), narrow ? name : "signed in as " + name, good, session.signedInMs());
        }
        long registeredMs = model.state().registeredMs();
        return registeredMs == 0
                ? new Status(glyphs.off(), "connecting", Style.ACCENT, 0)
                : new Status(glyphs.on(), problem ? "no answer" : "registered", good, registeredMs);
    }

    /** Returns since when the relay has been lost; 0 if it never accepted the registration. */
    private static long lostSinceMs(CallModel model) {
        return model.state().registeredMs() == 0 ? 0 : model.state().sinceMs();
    }

    /** Draws the media path, as a warning if it is not UDP. */
    private static void drawMedia(CallModel model, Canvas row, boolean narrow) {
        SessionStatus session = model.session();
        SessionStatus.Outage outage = session.outage();
        SessionEvent.PathChanged media = session.media();
        if (session.fellBack()) {
            row.put(0, 0, narrow ? "classic: in the clear" : "classic: " + SessionText.IN_THE_CLEAR, Style.WARN);
        } else if (narrow && outage != null && outage.retryAtMs() > model.nowMs()) {
            row.put(0, 0, retry(outage, model.nowMs()), Style.WARN);
        } else if (media != null && media.path() == MediaPath.TUNNEL) {
            boolean isBlocked = media.problem() == SessionEvent.UdpProblem.BLOCKED;
            String why = !narrow ? SessionText.whyNotUdpInShort(media) : isBlocked ? "no UDP" : "bad UDP";
            row.put(0, 0, "TLS tunnel: " + why, Style.WARN);
        } else {
            row.put(0, 0, "media", Style.LABEL);
            boolean udp = session.path() == MediaPath.UDP;
            String path = udp ? "UDP" : narrow ? "no path yet" : "no audio path yet";
            int column = row.put(VALUE_COLUMN, 0, path, udp ? Style.GOOD : Style.LABEL);
            drawAddress(Printable.of(session.address()), column + 1, row);
        }
    }

    /** Draws the client's own address at the right, with a label where there is room. */
    private static void drawAddress(String address, int from, Canvas row) {
        if (address.isEmpty()) {
            return;
        }
        for (String text : new String[] {"your address: " + address, address}) {
            if (from + Canvas.columnsOf(text) <= row.width()) {
                row.putRight(row.width(), 0, text, Style.LABEL);
                return;
            }
        }
    }

    /** Draws the status, the media path and the round trip in one row. */
    static void drawLine(CallModel model, Canvas row) {
        boolean narrow = row.width() < WIDE_COLUMNS;
        SessionStatus session = model.session();
        SessionStatus.Outage outage = session.outage();
        Status status = status(model, row.glyphs(), narrow);
        History rttMs = model.relay().rttMs();
        String rtt = rttMs.size() == 0 ? "" : (narrow ? "" : "round trip ") + NumberText.ms(rttMs.latest(0));
        String end = outage != null && outage.retryAtMs() > model.nowMs()
                ? retry(outage, model.nowMs())
                : session.fellBack() ? "classic: in the clear" : String.join(", ", present(path(session), rtt));
        boolean warns = outage != null || session.fellBack() || session.path() == MediaPath.TUNNEL;
        int room = row.width() - Canvas.columnsOf(end) - 2;
        row.put(0, 0, status.sign(), status.style());
        row.part(2, 0, room - 2, 1).put(0, 0, status.text(), status.style());
        row.putRight(row.width(), 0, end, warns ? Style.WARN : Style.LABEL);
    }

    private static String path(SessionStatus session) {
        MediaPath path = session.path();
        return path == MediaPath.UDP ? "UDP" : path == MediaPath.TUNNEL ? "TLS tunnel" : "";
    }

    private static List<String> present(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).toList();
    }

    private static String retry(SessionStatus.Outage outage, long nowMs) {
        int attempt = outage.last().attempt();
        return "retrying in " + NumberText.countdown(outage.retryAtMs(), nowMs)
                + (attempt > 1 ? ", attempt " + attempt : "");
    }

    private static void drawReplies(CallModel model, Canvas row) {
        RelayReplies replies = model.relay().replies();
        CallEvent.RelayAnswered last = replies.last();
        SessionStatus.Outage outage = model.session().outage();
        if (outage != null) {
            boolean retries = outage.retryAtMs() > model.nowMs();
            row.put(
                    0,
                    0,
                    retries
                            ? retry(outage, model.nowMs())
                            : Printable.of(outage.last().problem()),
                    Style.WARN);
        } else if (!replies.problem().isEmpty()) {
            row.put(0, 0, Printable.of(replies.problem()), Style.WARN);
        } else if (last != null) {
            String ago = NumberText.ago(model.nowMs() - replies.lastMs());
            int failures = replies.failures();
            row.put(0, 0, "last reply " + ago + " ago", Style.LABEL);
            row.putRight(
                    row.width(),
                    0,
                    failures == 0 ? "no failures" : failures + (failures == 1 ? " failure" : " failures"),
                    Style.LABEL);
        }
    }
}
