package voiptui.tui.call;

import voiptui.tui.terminal.Canvas;
import voiptui.tui.widget.KeyHelp;

/** Every key and what it does. */
final class HelpBox {

    private static final int KEY_COLUMNS = 14;
    private static final String[][] KEYS = {
        {"m", "mute the microphone, or be heard again"},
        {"q", "quit; in a call q again or Enter"},
        {"d", "choose microphone and speaker"},
        {"+  -", "speaker louder, quieter"},
        {"[  ]", "microphone quieter, louder"},
        {"r", "record both sides to a WAV file here"},
        {"t", "test tone, for your ears only"},
        {"l", "log, full height"},
        {"s", "statistics, full screen"},
        {"arrows, pages", "scroll the log"},
        {"Ctrl+L", "draw the screen anew"},
        {"Ctrl+C", "hang up and leave at once"},
        {"?", "this help"},
    };

    private HelpBox() {}

    static void draw(Canvas canvas) {
        KeyHelp.draw(canvas, KEYS, KEY_COLUMNS, 54);
    }
}
