package voiptui.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal for Lanterna that queries its size only after a change was reported.
 *
 * <p>Lanterna's own terminal moves the cursor and waits for a reply, on the signal's thread, in the middle of drawing, and
 * changes what Ctrl+C does. Owned by the UI thread, except for {@link #sizeChanged}.
 */
final class TtyTerminal extends ANSITerminal {

    /** Holds a whole screen, so that it goes out in one write. */
    private static final int OUTPUT_BYTES = 32_768;

    private TerminalSize size;
    private volatile boolean sizeChanged;

    TtyTerminal(InputStream in, OutputStream out, int columns, int rows) {
        super(in, new BufferedOutputStream(out, OUTPUT_BYTES), StandardCharsets.UTF_8);
        this.size = new TerminalSize(columns, rows);
    }

    /** Reports that the window's size changed. Any thread; does not block. */
    void sizeChanged() {
        sizeChanged = true;
    }

    /** Returns whether the size must be queried. */
    boolean isSizeChanged() {
        return sizeChanged;
    }

    @Override
    protected TerminalSize findTerminalSize() throws IOException {
        if (sizeChanged) {
            sizeChanged = false;
            int[] columnsAndRows = Tty.currentSize();
            size = new TerminalSize(columnsAndRows[0], columnsAndRows[1]);
        }
        return size;
    }
}
