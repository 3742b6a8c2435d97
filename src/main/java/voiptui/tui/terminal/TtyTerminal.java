package voiptui.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A terminal of Lanterna that queries its size only after a change was reported, and shows frames.
 *
 * <p>Lanterna's own terminal moves the cursor and waits for a reply, on the signal's thread, in the middle of drawing, and
 * changes what Ctrl+C does. Owned by the UI thread, except for {@link #sizeChanged} and {@link #leave}.
 */
final class TtyTerminal extends ANSITerminal {

    /** Holds a whole screen, so that it goes out in one write. */
    private static final int OUTPUT_BYTES = 32_768;

    private final Object painting = new Object();
    /** Whether there may be links. */
    private final boolean links;

    private TerminalSize size;
    /** Whether this program owns the screen. Guarded by {@link #painting}. */
    private boolean entered;

    private volatile boolean sizeChanged;

    /**
     * Creates a terminal; nothing is written.
     *
     * @param links whether it takes hyperlinks, or ignores them
     */
    TtyTerminal(InputStream in, OutputStream out, int columns, int rows, boolean links) {
        super(in, new BufferedOutputStream(out, OUTPUT_BYTES), StandardCharsets.UTF_8);
        this.size = new TerminalSize(columns, rows);
        this.links = links;
    }

    /** Takes the whole screen, without the cursor. What it shows is not known until a frame is shown whole. */
    void enter() throws IOException {
        synchronized (painting) {
            entered = true;
            enterPrivateMode();
            setCursorVisible(false);
            flush();
        }
    }

    /** Leaves the screen as it was before. Any thread; does nothing if it was not entered. */
    void leave() throws IOException {
        synchronized (painting) {
            if (entered) {
                entered = false;
                exitPrivateMode();
            }
        }
    }

    /**
     * Shows a frame, unless the screen was left.
     *
     * @param whole whether to clear the screen before, whatever it shows
     */
    void show(FrameBuffer frame, boolean whole) throws IOException {
        synchronized (painting) {
            if (!entered) {
                return;
            }
            if (whole) {
                resetColorAndSGR();
                clearScreen();
                frame.blanked();
            }
            CellWriter writer = new CellWriter(this, this::link);
            frame.showOn(writer);
            writer.finish();
        }
    }

    private void link(@Nullable Hyperlink link) throws IOException {
        if (links) {
            String command = link == null ? Hyperlink.end() : link.begin();
            writeToTerminal(command.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Reports that the window's size changed. Any thread; does not block. */
    void sizeChanged() {
        sizeChanged = true;
    }

    /** Queries the size if a change was reported. Returns whether it is another one. */
    boolean followSize() throws IOException {
        TerminalSize before = size;
        return sizeChanged && !getTerminalSize().equals(before);
    }

    /** Returns the columns. */
    int columns() {
        return size.getColumns();
    }

    /** Returns the rows. */
    int rows() {
        return size.getRows();
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
