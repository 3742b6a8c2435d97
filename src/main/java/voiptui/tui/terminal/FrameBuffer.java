package voiptui.tui.terminal;

import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.screen.Screen;
import java.util.Arrays;

/**
 * The cells of a frame; only those that changed since the last frame go to the screen. Owned by the UI thread.
 */
public final class FrameBuffer implements Canvas.Cells {

    private final int width;
    private final TextCharacter blank;
    private final TextCharacter[] drawn;
    private final TextCharacter[] shown;

    /** Creates the cells for a screen of that size. */
    public FrameBuffer(int width, int height, TextCharacter blank) {
        this.width = width;
        this.blank = blank;
        this.drawn = new TextCharacter[width * height];
        this.shown = new TextCharacter[width * height];
    }

    /** Starts a frame with blank cells. */
    public void clear() {
        Arrays.fill(drawn, blank);
    }

    @Override
    public void set(int column, int row, TextCharacter character) {
        drawn[row * width + column] = character;
    }

    /** Passes the changed cells to the screen. */
    public void showOn(Screen screen) {
        for (int i = 0; i < drawn.length; i++) {
            if (drawn[i] != shown[i]) {
                screen.setCharacter(i % width, i / width, drawn[i]);
                shown[i] = drawn[i];
            }
        }
    }
}
