package voiptui.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal as Lanterna sees it, whose size is asked for when somebody said that it changed, and not otherwise.
 *
 * <p>Lanterna's own terminal asks by moving the cursor and waiting for an answer, on the thread of the signal, in the middle
 * of what is being drawn; and puts Ctrl+C back to a key of its own choice. Owned by the ui thread, but for {@link
 * #sizeChanged}.
 */
final class TtyTerminal extends ANSITerminal {

    /** A whole screen in one write. */
    private static final int OUTPUT_BYTES = 32_768;

    private TerminalSize size;
    private volatile boolean sizeChanged;

    TtyTerminal(InputStream in, OutputStream out, int columns, int rows) {
        super(in, new BufferedOutputStream(out, OUTPUT_BYTES), StandardCharsets.UTF_8);
        this.size = new TerminalSize(columns, rows);
    }

    /** The window has another size by now. Any thread; returns at once. */
    void sizeChanged() {
        sizeChanged = true;
    }

    /** Whether the size has to be asked for. */
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
