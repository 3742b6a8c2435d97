package voiptui.tui.call.pane;

import java.util.ArrayList;
import java.util.List;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.widget.KeyHelp;

/** The keys of the call screen. */
public final class HelpBox {

    private static final int QUIT_ROW = 1;
    private static final String[][] KEYS = {
        {"m", "mute or unmute the microphone"},
        {"q", "quit; asks first during a call"},
        {"h", "hold: neither side hears the other"},
        {"d", "choose microphone and speaker"},
        {"+  -", "speaker volume up, down"},
        {"[  ]", "microphone gain down, up"},
        {"p", "voice processing: off, noise only, all"},
        {"r", "start or stop recording to a WAV file"},
        {"t", "play a test tone; only you hear it"},
        {"v", "compare words, to verify who it is"},
        {"l  s", "show the log at full height; statistics"},
        {"arrow keys", "scroll the log (or PgUp, PgDn, Home, End)"},
        {"Ctrl+L", "redraw the screen"},
        {"Ctrl+C", "hang up and quit at once"},
        {"?", "this help"},
    };

    private HelpBox() {}

    /** Draws the box over the panes. */
    public static void draw(CallModel model, Canvas canvas) {
        List<String[]> keys = new ArrayList<>(List.of(KEYS));
        if (model.setting().inPhone()) {
            keys.set(QUIT_ROW, new String[] {"q", "hang up; asks first"});
        }
        if (model.setting().controls().pushToTalk()) {
            keys.add(0, new String[] {"Space", "talk: hold it, or press it again to end"});
        }
        KeyHelp.draw(canvas, keys.toArray(String[][]::new));
    }
}
