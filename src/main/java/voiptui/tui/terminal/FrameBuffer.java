package voiptui.tui.terminal;

import com.googlecode.lanterna.TextCharacter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a frame; only those that changed since the last frame go to the
 * terminal. Lanterna's own screen compares its cells again in each frame, which took half of the UI thread's time. Owned by the UI thread.
 */
public final class FrameBuffer implements Canvas.Cells {

    private record Region(int column, int row, int width, Target target) {

        boolean contains(int otherColumn, int otherRow) {
            return row == otherRow && otherColumn >= column && otherColumn < column + width;
        }
    }

    private final List<Region> targets = new ArrayList<>();
    private final int width;
    private final TextCharacter blank;
    private final TextCharacter[] drawn;
    /** What the terminal shows; null: the right half of a wide character, or not known. */
    private final @Nullable TextCharacter[] shown;

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
        targets.clear();
    }

    @Override
    public void target(int column, int row, int columns, Target target) {
        targets.add(new Region(column, row, columns, target));
    }

    @Override
    public void forgetTargets() {
        targets.clear();
    }

    /** Returns what the mouse means in a cell, which need not be one of the screen; null: nothing. */
    public @Nullable Target targetAt(int column, int row) {
        for (int i = targets.size() - 1; i >= 0; i--) {
            if (targets.get(i).contains(column, row)) {
                return targets.get(i).target();
            }
        }
        return null;
    }

    @Override
    public void set(int column, int row, TextCharacter character) {
        drawn[row * width + column] = character;
    }

    /** Returns the cell drawn there. */
    TextCharacter at(int column, int row) {
        return drawn[row * width + column];
    }

    /** Passes the cells that the terminal does not show yet, row by row. */
    void showOn(CellWriter writer) throws IOException {
        for (int i = 0; i < drawn.length; i++) {
            TextCharacter cell = drawn[i];
            if (cell != shown[i]) {
                writer.put(i % width, i / width, cell);
                shown[i] = cell;
            }
            if (cell.isDoubleWidth() && i % width + 1 < width) {
                i++;
                shown[i] = null;
            }
        }
    }

    /** Follows a terminal that was cleared. */
    void blanked() {
        Arrays.fill(shown, blank);
    }
}
