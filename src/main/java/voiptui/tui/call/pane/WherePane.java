package voiptui.tui.call.pane;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.VoiceEvent;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;

/** The way from here over the relay to the peer, with what each leg loses; the jitter buffer; the relay. */
public final class WherePane {

    private static final double NOTICEABLE_PERCENT = 1;
    private static final double BAD_PERCENT = 5;
    private static final int WIDE_COLUMNS = 70;
    private static final int BUFFER_LABEL_COLUMNS = 15;
    /** Where the text of a leg ends, after its middle. */
    private static final int HALF_LABEL_COLUMNS = 4;

    private WherePane() {}

    /** Draws the pane: 2 rows, or 3 with a bar for the jitter buffer. */
    public static void draw(CallModel model, Canvas canvas) {
        boolean bar = canvas.height() >= 3;
        String buffer = bar ? "" : buffer(model, canvas.width() >= WIDE_COLUMNS);
        canvas.putRight(canvas.width(), 0, buffer, Style.TEXT);
        int room = canvas.width() - (buffer.isEmpty() ? 0 : Canvas.columnsOf(buffer) + 3);
        drawWay(model, canvas.part(0, 0, room, 1));
        RelayPane.drawLine(model, canvas.part(0, 1, canvas.width(), 1));
        if (bar) {
            canvas.put(0, 2, "jitter buffer", Style.LABEL);
            int columns = canvas.width() - BUFFER_LABEL_COLUMNS;
            BufferPane.drawLine(model, canvas.part(BUFFER_LABEL_COLUMNS, 2, columns, 1));
        }
    }

    private static String buffer(CallModel model, boolean wide) {
        CallEvent.PlayoutDelay reading = model.quality().buffer().last();
        if (reading == null) {
            return "";
        }
        return wide
                ? "buffer " + wholeMs(reading.delayMs()) + " of " + wholeMs(reading.targetMs()) + " ms"
                : "buffer " + wholeMs(reading.delayMs()) + " ms";
    }

    private static String wholeMs(double ms) {
        return NumberText.right(Long.toString(Math.round(ms)), 3);
    }

    private static void drawWay(CallModel model, Canvas row) {
        String peer = PeerName.of(model, row.glyphs());
        VoiceEvent.Quality verdict = model.quality().verdict().last();
        VoiceEvent.LegLosses legs = verdict == null ? null : verdict.legs();
        int legColumns = (row.width() - "you  relay  ".length() - Canvas.columnsOf(peer)) / 2;
        int column = row.put(0, 0, "you", Style.TEXT) + 1;
        boolean lost = model.session().outage() != null || model.state().name() == CallState.RELAY_LOST;
        Double own = legs == null ? null : worse(legs.toRelay(), legs.fromRelay());
        Double theirs = legs == null ? null : worse(legs.peerToRelay(), legs.relayToPeer());
        drawLeg(row.part(column, 0, legColumns, 1), lost ? "lost" : null, own);
        column = row.put(column + legColumns + 1, 0, "relay", lost ? Style.BAD : Style.TEXT) + 1;
        drawLeg(row.part(column, 0, legColumns, 1), null, theirs);
        row.put(column + legColumns + 1, 0, peer, Style.TEXT);
    }

    private static double worse(double up, @Nullable Double down) {
        return down == null ? up : Math.max(up, down);
    }

    /**
     * Draws a leg as a line with a text in the middle, whose end stays in its column.
     *
     * @param problem what is wrong with it; null: nothing, or its loss
     * @param lossPercent what it loses; null: unknown
     */
    private static void drawLeg(Canvas leg, @Nullable String problem, @Nullable Double lossPercent) {
        boolean bad = problem != null || lossPercent != null && lossPercent >= BAD_PERCENT;
        boolean noticeable = lossPercent != null && lossPercent >= NOTICEABLE_PERCENT;
        Style style = bad ? Style.BAD : noticeable ? Style.WARN : Style.FAINT;
        char line = bad || noticeable ? leg.glyphs().doubleLine() : leg.glyphs().plainLine();
        for (int column = 0; column < leg.width(); column++) {
            leg.put(column, 0, line, style);
        }
        String text = problem != null ? problem : lossPercent == null ? "" : percent(lossPercent);
        if (text.isEmpty()) {
            return;
        }
        String sign = bad || noticeable ? leg.glyphs().alert() + " " : "";
        String label = " " + sign + text + " ";
        int columns = Canvas.columnsOf(label);
        int end = Math.min(leg.width(), leg.width() / 2 + HALF_LABEL_COLUMNS);
        Canvas middle = leg.part(Math.max(0, end - columns), 0, columns, 1);
        middle.put(0, 0, label, bad || noticeable ? style : Style.TEXT);
    }

    private static String percent(double percent) {
        return percent < 0.05
                ? "0 %"
                : percent < 9.95 ? NumberText.percent(percent).strip() : Math.round(percent) + " %";
    }
}
