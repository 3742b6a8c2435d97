package voiptui.tui.call;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Encryption;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallUi.Page;
import voiptui.tui.call.pane.BufferPane;
import voiptui.tui.call.pane.CallPane;
import voiptui.tui.call.pane.DevicesBox;
import voiptui.tui.call.pane.HelpBox;
import voiptui.tui.call.pane.LevelPane;
import voiptui.tui.call.pane.NetworkPane;
import voiptui.tui.call.pane.RelayPane;
import voiptui.tui.call.pane.StatisticsPane;
import voiptui.tui.call.pane.WordsBox;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.LogPane;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.TooSmallNotice;

/** Draws the call screen: borders, panes, boxes over them, and the key bar. Pure drawing. */
final class CallView {

    private CallView() {}

    static void draw(CallModel model, Canvas canvas) {
        if (!TooSmallNotice.fits(canvas)) {
            TooSmallNotice.draw(canvas);
            return;
        }
        CallLayout layout = CallLayout.of(
                canvas.width(),
                canvas.height(),
                model.session().isKnown() || model.progress().connected() != null);
        switch (model.ui().page()) {
            case LOG ->
                drawWhole(
                        model,
                        canvas,
                        layout,
                        "Log",
                        inside -> LogPane.drawWrapped(
                                model.ui().log(), model.setting().zone(), inside));
            case STATISTICS ->
                drawWhole(model, canvas, layout, "Statistics", inside -> StatisticsPane.draw(model, inside));
            case PANES, HELP, DEVICES, VERIFY -> drawPanes(model, canvas, layout);
        }
        Canvas aboveKeys = canvas.part(0, 0, layout.width(), layout.height() - 1);
        if (model.ui().page() == Page.HELP) {
            HelpBox.draw(model, aboveKeys);
        } else if (model.ui().page() == Page.DEVICES) {
            DevicesBox.draw(model, aboveKeys);
        } else if (model.ui().page() == Page.VERIFY) {
            WordsBox.draw(model, aboveKeys);
        }
        drawQuestion(model, aboveKeys);
        drawKeys(model, canvas.part(0, layout.height() - 1, layout.width(), 1));
    }

    private static void drawQuestion(CallModel model, Canvas canvas) {
        CallEvent.PeerChanged question = model.progress().security().question();
        if (question != null) {
            CallProgram.drawQuestion(question, canvas);
        }
    }

    /** Draws the title of the call's own pane, with whether the call is encrypted. */
    private static void drawTitle(CallModel model, Canvas canvas, int right) {
        CallEvent.EncryptionChanged state = model.progress().security().state();
        if (state == null) {
            BoxGrid.title(canvas, 0, 0, right, "Call", "");
            return;
        }
        boolean verified = state.encryption() == Encryption.END_TO_END && state.verified();
        String text = state.encryption().text(state.verified());
        BoxGrid.title(
                canvas,
                0,
                0,
                right,
                "Call",
                verified ? canvas.glyphs().check() + " " + text : text,
                verified ? Style.GOOD : state.encryption().isEncrypted() ? Style.ACCENT : Style.BAD);
    }

    private static void drawPanes(CallModel model, Canvas canvas, CallLayout layout) {
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
        drawTitle(model, canvas, right);
        BoxGrid.title(
                canvas,
                layout.callEnd(),
                0,
                middle,
                "Microphone",
                deviceOf(model.audio().microphone()));
        BoxGrid.title(
                canvas,
                layout.microphoneEnd(),
                0,
                middle,
                "Speaker",
                deviceOf(model.audio().speaker()));
        BoxGrid.title(
                canvas, layout.speakerEnd(), 0, middle, "Relay", model.setting().relay());
        BoxGrid.title(canvas, layout.callEnd(), middle, right, "Network", roundTrip(model, right - middle));
        BoxGrid.title(canvas, layout.networkEnd(), middle, right, "Jitter buffer", "");
        BoxGrid.title(
                canvas,
                layout.panesEnd(),
                0,
                right,
                "Log",
                LogPane.place(model.ui().log()));

        CallPane.draw(model, BoxGrid.inside(canvas, 0, 0, right, layout.callEnd()));
        LevelPane.draw(
                model,
                AudioDirection.INPUT,
                BoxGrid.inside(canvas, 0, layout.callEnd(), middle, layout.microphoneEnd()));
        LevelPane.draw(
                model,
                AudioDirection.OUTPUT,
                BoxGrid.inside(canvas, 0, layout.microphoneEnd(), middle, layout.speakerEnd()));
        RelayPane.draw(model, BoxGrid.inside(canvas, 0, layout.speakerEnd(), middle, layout.panesEnd()));
        NetworkPane.draw(model, BoxGrid.inside(canvas, middle, layout.callEnd(), right, layout.networkEnd()));
        BufferPane.draw(model, BoxGrid.inside(canvas, middle, layout.networkEnd(), right, layout.panesEnd()));
        LogPane.draw(
                model.ui().log(),
                model.setting().zone(),
                BoxGrid.inside(canvas, 0, layout.panesEnd(), right, layout.bottom()));
    }

    /** Returns the round trip to the peer, for the pane's title; empty if unknown. */
    private static String roundTrip(CallModel model, int columns) {
        CallEvent.PeerReport report = model.quality().peer().last();
        return report == null || report.rttMs() == null
                ? ""
                : (columns < 36 ? "rtt " : "round trip ")
                        + NumberText.ms(report.rttMs()).strip();
    }

    private static String deviceOf(AudioLevel level) {
        return level.device().problem() != null ? "none" : level.device().name();
    }

    private static void drawWhole(
            CallModel model, Canvas canvas, CallLayout layout, String name, Consumer<Canvas> content) {
        int right = layout.right();
        new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.callEnd(), 0, right)
                .draw(canvas);
        drawTitle(model, canvas, right);
        BoxGrid.title(
                canvas,
                layout.callEnd(),
                0,
                right,
                name,
                model.ui().page() == Page.LOG ? model.setting().logFile() : "");
        CallPane.draw(model, BoxGrid.inside(canvas, 0, 0, right, layout.callEnd()));
        content.accept(BoxGrid.inside(canvas, 0, layout.callEnd(), right, layout.bottom()));
    }

    private static void drawKeys(CallModel model, Canvas row) {
        CallEvent.PeerChanged question = model.progress().security().question();
        if (question != null) {
            String what = question.fingerprint() == null ? "NOT ENCRYPTED" : "Fingerprint changed";
            KeyBar.ask(row, what + ". Connect?   y: yes   q: hang up");
            return;
        }
        if (model.ui().quitAsked()) {
            KeyBar.ask(row, "Hang up?   q or Enter: yes   any other key: no");
            return;
        }
        KeyBar.Key quit = new KeyBar.Key("q", model.setting().inPhone() ? "hang up" : "quit", 0);
        String arrows = row.glyphs().arrows();
        KeyBar.draw(
                row,
                switch (model.ui().page()) {
                    case HELP -> KeyBar.CLOSE_HELP;
                    case DEVICES ->
                        List.of(
                                new KeyBar.Key(arrows, "select", 1),
                                new KeyBar.Key("Tab", "other list", 2),
                                new KeyBar.Key("Enter", "use", 0),
                                new KeyBar.Key("t", "tone", 3),
                                new KeyBar.Key("Esc", "close", 0));
                    case VERIFY ->
                        model.progress().security().hasWords()
                                ? List.of(
                                        new KeyBar.Key("y", "yes, verified", 0),
                                        new KeyBar.Key("any other key", "close", 0))
                                : KeyBar.CLOSE_HELP;
                    case LOG -> KeyBar.forLog(arrows, quit);
                    case STATISTICS ->
                        List.of(new KeyBar.Key("s", "back", 0), new KeyBar.Key("l", "log", 2), KeyBar.HELP, quit);
                    case PANES -> panesKeys(model, quit);
                });
    }

    private static List<KeyBar.Key> panesKeys(CallModel model, KeyBar.Key quit) {
        List<KeyBar.Key> keys = new ArrayList<>();
        keys.add(new KeyBar.Key("m", model.audio().mute().on() ? "unmute" : "mute", 2));
        keys.add(quit);
        keys.add(new KeyBar.Key("d", "audio", 3));
        if (model.progress().security().hasWords()) {
            keys.add(new KeyBar.Key("v", "verify", model.progress().security().isVerified() ? 11 : 3));
        }
        keys.add(new KeyBar.Key("+-", "vol", 5));
        keys.add(new KeyBar.Key("[]", "gain", 6));
        keys.add(new KeyBar.Key("r", model.audio().recording() == null ? "rec" : "stop", 4));
        keys.add(new KeyBar.Key("p", "proc", 9));
        keys.add(new KeyBar.Key("t", "tone", 10));
        keys.add(new KeyBar.Key("l", "log", 7));
        keys.add(new KeyBar.Key("s", "stats", 8));
        keys.add(KeyBar.HELP);
        return keys;
    }
}
