package voiptui.tui.call;

import java.util.List;
import java.util.function.Consumer;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.LogPane;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.TooSmall;

/** Draws the model: the frame that everything stands in, the panes, and what lies over them. Pure. */
final class CallView {

    private CallView() {}

    static void draw(CallModel model, Canvas canvas) {
        if (!Layout.fits(canvas.width(), canvas.height())) {
            TooSmall.draw(canvas, Layout.LEAST_WIDTH, Layout.LEAST_HEIGHT);
            return;
        }
        Layout layout = Layout.of(canvas.width(), canvas.height(), model.line().isKnown() || model.connected() != null);
        switch (model.page()) {
            case LOG ->
                drawWhole(
                        model,
                        canvas,
                        layout,
                        "Log",
                        inside ->
                                LogPane.drawWrapped(model.log(), model.setting().zone(), inside));
            case STATISTICS ->
                drawWhole(model, canvas, layout, "Statistics", inside -> StatisticsPage.draw(model, inside));
            case PANES, HELP, DEVICES -> drawPanes(model, canvas, layout);
        }
        Canvas aboveKeys = canvas.part(0, 0, layout.width(), layout.height() - 1);
        if (model.page() == CallModel.Page.HELP) {
            HelpBox.draw(aboveKeys);
        } else if (model.page() == CallModel.Page.DEVICES) {
            DevicesBox.draw(model, aboveKeys);
        }
        drawKeys(model, canvas.part(0, layout.height() - 1, layout.width(), 1));
    }

    private static void drawPanes(CallModel model, Canvas canvas, Layout layout) {
        int right = layout.right();
        int middle = layout.middle();
        new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.callEnd(), 0, right)
                .horizontal(layout.microphoneEnd(), 0, middle)
                .horizontal(layout.speakerEnd(), 0, middle)
                .horizontal(layout.networkEnd(), middle, right)
                .horizontal(layout.panesEnd(), 0, right)
                .vertical(middle, layout.callEnd(), layout.panesEnd())
                .draw(canvas);
        BoxGrid.title(canvas, 0, 0, right, "Call", "");
        BoxGrid.title(canvas, layout.callEnd(), 0, middle, "Microphone", deviceOf(model.microphone()));
        BoxGrid.title(canvas, layout.microphoneEnd(), 0, middle, "Speaker", deviceOf(model.speaker()));
        BoxGrid.title(
                canvas, layout.speakerEnd(), 0, middle, "Relay", model.setting().relay());
        BoxGrid.title(canvas, layout.callEnd(), middle, right, "Network", roundTrip(model, right - middle));
        BoxGrid.title(canvas, layout.networkEnd(), middle, right, "Jitter buffer", "");
        BoxGrid.title(canvas, layout.panesEnd(), 0, right, "Log", LogPane.place(model.log()));

        CallPane.draw(model, inside(canvas, 0, 0, right, layout.callEnd()));
        LevelPane.draw(
                model, AudioDirection.INPUT, inside(canvas, 0, layout.callEnd(), middle, layout.microphoneEnd()));
        LevelPane.draw(
                model, AudioDirection.OUTPUT, inside(canvas, 0, layout.microphoneEnd(), middle, layout.speakerEnd()));
        RelayPane.draw(model, inside(canvas, 0, layout.speakerEnd(), middle, layout.panesEnd()));
        NetworkPane.draw(model, inside(canvas, middle, layout.callEnd(), right, layout.networkEnd()));
        BufferPane.draw(model.buffer(), inside(canvas, middle, layout.networkEnd(), right, layout.panesEnd()));
        LogPane.draw(model.log(), model.setting().zone(), inside(canvas, 0, layout.panesEnd(), right, layout.bottom()));
    }

    /** From one side to the other and back, once it is known. */
    private static String roundTrip(CallModel model, int columns) {
        CallEvent.PeerReport report = model.there().last();
        return report == null || report.rttMs() == null
                ? ""
                : (columns < 36 ? "rtt " : "round trip ")
                        + NumberText.ms(report.rttMs()).strip();
    }

    private static String deviceOf(CallModel.Level level) {
        return level.problem() != null ? "none" : level.device();
    }

    private static void drawWhole(
            CallModel model, Canvas canvas, Layout layout, String name, Consumer<Canvas> content) {
        int right = layout.right();
        new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.callEnd(), 0, right)
                .draw(canvas);
        BoxGrid.title(canvas, 0, 0, right, "Call", "");
        BoxGrid.title(
                canvas,
                layout.callEnd(),
                0,
                right,
                name,
                model.page() == CallModel.Page.LOG ? model.setting().logFile() : "");
        CallPane.draw(model, inside(canvas, 0, 0, right, layout.callEnd()));
        content.accept(inside(canvas, 0, layout.callEnd(), right, layout.bottom()));
    }

    /** What is between four lines, with a blank column at each side. */
    private static Canvas inside(Canvas canvas, int left, int top, int right, int bottom) {
        return canvas.part(left + 2, top + 1, right - left - 3, bottom - top - 1);
    }

    private static void drawKeys(CallModel model, Canvas row) {
        if (model.quitAsked()) {
            KeyBar.ask(row, "Hang up?   q or Enter: yes   any other key: no");
            return;
        }
        KeyBar.Key help = new KeyBar.Key("?", "help", 1);
        KeyBar.Key quit = new KeyBar.Key("q", model.setting().inPhone() ? "hang up" : "quit", 0);
        String arrows = row.glyphs().arrows();
        KeyBar.draw(
                row,
                switch (model.page()) {
                    case HELP -> List.of(new KeyBar.Key("any key", "close", 0));
                    case DEVICES ->
                        List.of(
                                new KeyBar.Key(arrows, "mark", 1),
                                new KeyBar.Key("Tab", "other list", 2),
                                new KeyBar.Key("Enter", "use", 0),
                                new KeyBar.Key("t", "tone", 3),
                                new KeyBar.Key("Esc", "close", 0));
                    case LOG ->
                        List.of(
                                new KeyBar.Key("l", "back", 0),
                                new KeyBar.Key(arrows, "scroll", 1),
                                new KeyBar.Key("Home End", "oldest, newest", 2),
                                help,
                                quit);
                    case STATISTICS ->
                        List.of(new KeyBar.Key("s", "back", 0), new KeyBar.Key("l", "log", 2), help, quit);
                    case PANES ->
                        List.of(
                                new KeyBar.Key("m", model.muting().on() ? "unmute" : "mute", 2),
                                quit,
                                new KeyBar.Key("d", "audio", 3),
                                new KeyBar.Key("+-", "vol", 5),
                                new KeyBar.Key("[]", "gain", 6),
                                new KeyBar.Key("r", model.recording() == null ? "rec" : "stop", 4),
                                new KeyBar.Key("t", "tone", 9),
                                new KeyBar.Key("l", "log", 7),
                                new KeyBar.Key("s", "stats", 8),
                                help);
                });
    }
}
