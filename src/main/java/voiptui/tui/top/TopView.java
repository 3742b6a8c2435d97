package voiptui.tui.top;

import java.time.ZoneId;
import voiptui.event.RelayEvent;
import voiptui.event.RelayEvent.Status;
import voiptui.tui.key.Keymap;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.History;
import voiptui.tui.widget.LogLines;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.TooSmallNotice;

/** Draws the relay's screen. Pure drawing. */
final class TopView {

    /** Packets a second of one side of a call; the least that fills the height of the history. */
    private static final double MIN_FULL = 50;

    private static final int ROOMY = 76;

    private TopView() {}

    /** Draws the model on a blank canvas of any size, with times of day in {@code zone}. */
    static void draw(TopModel model, ZoneId zone, Keymap keys, Canvas screen) {
        if (!TooSmallNotice.fits(screen)) {
            TooSmallNotice.draw(screen);
            return;
        }
        TopLayout layout = TopLayout.of(screen.width(), screen.height(), CounterTable.rows(model.numbers()));
        drawBorders(model, layout, screen);
        int inner = layout.width() - 4;
        drawHeader(model, screen.part(2, 1, inner, TopLayout.HEADER_ROWS));
        ClientTable.draw(screen.part(2, layout.clientsLine() + 1, inner, layout.tableRows() + 1), model);
        if (layout.isCompact()) {
            CounterTable.drawSums(model.numbers(), screen.part(2, layout.dropsLine() + 1, inner, layout.dropRows()));
        } else {
            CounterTable.drawDrops(
                    model.numbers(),
                    screen.part(2, layout.dropsLine() + 1, layout.controlColumn() - 3, layout.dropRows()));
            CounterTable.drawControl(
                    model.numbers(),
                    screen.part(
                            layout.controlColumn() + 2,
                            layout.dropsLine() + 1,
                            layout.width() - layout.controlColumn() - 4,
                            layout.dropRows()));
        }
        drawLog(model.log(), zone, screen.part(2, layout.logLine() + 1, inner, layout.logRows()));
        if (model.overlay() == TopModel.Overlay.HELP) {
            TopOverlay.drawHelp(keys, screen.part(0, 0, layout.width(), layout.height() - 1));
        }
        TopOverlay.drawKeyBar(model, keys, screen.part(0, layout.height() - 1, layout.width(), 1));
    }

    private static void drawBorders(TopModel model, TopLayout layout, Canvas screen) {
        int right = layout.width() - 1;
        BoxGrid frame = new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottomLine())
                .horizontal(layout.clientsLine(), 0, right)
                .horizontal(layout.dropsLine(), 0, right)
                .horizontal(layout.logLine(), 0, right);
        if (!layout.isCompact()) {
            frame.vertical(layout.controlColumn(), layout.dropsLine(), layout.logLine());
        }
        frame.draw(screen);
        Status status = model.numbers().status();
        BoxGrid.title(
                screen,
                0,
                0,
                right,
                status == null ? "voiptui relay" : "voiptui relay" + relays(status),
                status == null ? "" : "up " + NumberText.duration(status.uptimeMs()));
        BoxGrid.title(screen, layout.clientsLine(), 0, right, "Clients", tableTitle(model, layout.tableRows()));
        if (layout.isCompact()) {
            BoxGrid.title(screen, layout.dropsLine(), 0, right, "Dropped and turned away", "");
        } else {
            BoxGrid.title(screen, layout.dropsLine(), 0, layout.controlColumn(), "Dropped", "");
            BoxGrid.title(screen, layout.dropsLine(), layout.controlColumn(), right, "Control", "");
        }
        BoxGrid.title(screen, layout.logLine(), 0, right, "Log", "");
    }

    /** Returns how many of the other relays of the cluster can be reached; empty if there are none. */
    private static String relays(Status status) {
        long reachable = status.relays().stream()
                .filter(RelayEvent.RelayStatus::reachable)
                .count();
        int all = status.relays().size();
        return all == 0 ? "" : ", " + reachable + " of " + all + (all == 1 ? " other relay" : " other relays");
    }

    private static String tableTitle(TopModel model, int shown) {
        int all = model.clients().rows().size();
        int first = ClientTable.firstRow(model, shown);
        String window = all <= shown ? "" : ", " + (first + 1) + "-" + (first + shown) + " of " + all;
        return "by " + model.clients().sort().label() + window;
    }

    private static void drawHeader(TopModel model, Canvas header) {
        if (model.started() != null) {
            int column = header.put(0, 0, "control ", Style.LABEL);
            column = header.put(column, 0, model.started().control(), Style.TEXT);
            column = header.put(column + 3, 0, "media ", Style.LABEL);
            header.put(column, 0, model.started().media(), Style.TEXT);
        }
        TopNumbers numbers = model.numbers();
        boolean roomy = header.width() >= ROOMY;
        int gap = roomy ? 4 : 2;
        boolean full = model.started() != null
                && numbers.clients().size() >= model.started().maxClients();
        int column = drawValue(
                header,
                0,
                1,
                5,
                Integer.toString(numbers.clients().size()),
                full ? Style.WARN : Style.TEXT,
                ofMax(model));
        column = header.put(Math.max(column, 17) + gap, 1, "CPU", Style.LABEL);
        column = drawValue(header, column, 1, 8, TopText.percent(numbers.cpuPercent()), Style.TEXT, "");
        column = drawValue(
                header,
                column + gap,
                1,
                8,
                TopText.bytes(numbers.status() == null ? -1 : numbers.status().residentBytes()),
                Style.TEXT,
                roomy ? "memory" : "");
        int end = drawValue(header, 0, 2, 7, TopText.rate(numbers.packetsPerS()), Style.TEXT, "packets/s in");
        end = drawValue(header, end + gap, 2, 7, TopText.rate(numbers.kbitPerS()), Style.TEXT, "kbit/s");
        drawHistory(numbers.history(), header, Math.max(column, end) + 3);
    }

    private static void drawHistory(History packetsPerS, Canvas header, int from) {
        Canvas history = header.part(from, 1, header.width() - from, 2);
        double full = Math.max(MIN_FULL, packetsPerS.max(history.width()));
        Bar.history(history, packetsPerS, full, value -> Style.ACCENT);
    }

    private static String ofMax(TopModel model) {
        return (model.started() == null ? "" : "of " + model.started().maxClients() + " ") + "clients";
    }

    /** Draws a number that ends after {@code width} columns, and its unit. Returns the column after it. */
    private static int drawValue(
            Canvas canvas, int column, int row, int width, String value, Style style, String unit) {
        canvas.putRight(column + width, row, value, style);
        return unit.isEmpty() ? column + width : canvas.put(column + width + 1, row, unit, Style.LABEL);
    }

    private static void drawLog(LogLines log, ZoneId zone, Canvas canvas) {
        int shown = Math.min(canvas.height(), log.lines().size());
        for (int i = 0; i < shown; i++) {
            LogLines.Line line = log.lines().get(log.lines().size() - shown + i);
            canvas.put(0, i, NumberText.timeOfDay(line.atMs(), zone), Style.LABEL);
            if (line.warning()) {
                canvas.put(9, i, canvas.glyphs().alert(), Style.WARN);
            }
            canvas.put(11, i, line.text(), line.warning() ? Style.WARN : Style.TEXT);
        }
    }
}
