package voiptui.tui.phone;

import org.jspecify.annotations.Nullable;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.event.SpeechLevel;
import voiptui.report.Printable;
import voiptui.tui.device.Headset;
import voiptui.tui.device.LevelBar;
import voiptui.tui.key.Keymap;
import voiptui.tui.key.PhoneAction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** The devices of the next call, and the level while the user hears themselves. Pure drawing. */
final class HeadsetPane {

    /** Rows of the pane. */
    static final int ROWS = 2;

    private static final int LABEL_COLUMNS = 5;
    private static final int MAX_NAME_COLUMNS = 32;
    private static final int VERDICT_COLUMNS = 11;
    private static final int KEY_COLUMNS = 15;
    private static final int MAX_BAR_COLUMNS = 40;
    private static final int GAP = 2;

    private HeadsetPane() {}

    static void draw(Headset headset, Keymap keys, Canvas canvas) {
        Canvas microphone = canvas.part(0, 0, canvas.width(), 1);
        Canvas speaker = canvas.part(0, 1, canvas.width(), 1);
        Headset.Test test = headset.test();
        int nameColumns = test == null ? canvas.width() - LABEL_COLUMNS - KEY_COLUMNS - 1 : nameColumns(canvas);
        drawDevice("mic", headset.microphone(), microphone.part(0, 0, LABEL_COLUMNS + nameColumns, 1));
        drawDevice("ear", headset.speaker(), speaker.part(0, 0, LABEL_COLUMNS + nameColumns, 1));
        drawKey(keys.shown(PhoneAction.ECHO_TEST), headset.isTesting() ? "stop" : "hear yourself", microphone);
        drawKey(keys.shown(PhoneAction.DEVICES), "choose", speaker);
        if (test == null) {
            return;
        }
        switch (test.state()) {
            case OPENING -> drawTest(test, false, "opening ...", Style.LABEL, microphone);
            case RECORDING -> drawTest(test, true, said(test, "speak now"), styleOf(test.level()), microphone);
            case PLAYING -> {
                drawTest(test, false, said(test, ""), styleOf(test.level()), microphone);
                drawTest(test, true, "playing", Style.ACCENT, speaker);
            }
            case ENDED ->
                drawTest(
                        test,
                        false,
                        test.problem().isEmpty() ? said(test, "") : "failed",
                        test.problem().isEmpty() ? styleOf(test.level()) : Style.BAD,
                        microphone);
        }
    }

    private static int nameColumns(Canvas row) {
        return Math.min(MAX_NAME_COLUMNS, row.width() / 4);
    }

    private static void drawDevice(String label, String device, Canvas row) {
        row.put(0, 0, label, Style.LABEL);
        String name = device.equals("default") ? "system default" : Printable.of(device);
        row.put(LABEL_COLUMNS, 0, name, Style.TEXT);
    }

    private static void drawKey(String key, String does, Canvas row) {
        int column = row.width() - Canvas.columnsOf(key) - 1 - Canvas.columnsOf(does);
        row.put(row.put(column, 0, key, Style.ACCENT) + 1, 0, does, Style.LABEL);
    }

    private static String said(Headset.Test test, String unknown) {
        return test.level() == null ? unknown : test.level().text();
    }

    private static Style styleOf(@Nullable SpeechLevel level) {
        if (level == null) {
            return Style.ACCENT;
        }
        return switch (level) {
            case GOOD -> Style.GOOD;
            case TOO_QUIET -> Style.WARN;
            case NO_SOUND, TOO_LOUD -> Style.BAD;
        };
    }

    private static void drawTest(Headset.Test test, boolean bar, String text, Style style, Canvas row) {
        int column = LABEL_COLUMNS + nameColumns(row) + 1;
        int room = row.width() - column - GAP - VERDICT_COLUMNS - GAP - KEY_COLUMNS;
        int columns = Math.min(MAX_BAR_COLUMNS, room);
        if (columns > 0 && test.state() != EchoTestState.ENDED) {
            if (bar) {
                LevelBar.draw(row.part(column, 0, columns, 1), test.meter(), false);
            }
            column += columns + GAP;
        }
        row.part(column, 0, row.width() - column - KEY_COLUMNS - 1, 1).put(0, 0, text, style);
    }
}
