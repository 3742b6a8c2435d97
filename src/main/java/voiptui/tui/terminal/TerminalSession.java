package voiptui.tui.terminal;

import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal that is taken for a full screen, and given back as it was: on {@link #close}, and when the Java machine ends
 * before that.
 *
 * <p>The screen belongs to the ui thread; {@link #close} and {@link #windowChanged} may come from any.
 */
public final class TerminalSession implements AutoCloseable {

    /**
     * To the left upper corner, and everything from there on blank: of the alternate screen where there is one, and where
     * there is none (the Linux console, GNU screen by default) of what would be left of ours.
     */
    private static final byte[] BLANK = "\033[H\033[J".getBytes(StandardCharsets.US_ASCII);

    private static final long PATIENCE_MS = 1000;

    private final Tty tty;
    private final TtyTerminal terminal;
    private final TerminalScreen screen;
    private final OutputStream out;
    private final Thread restoreAtExit = new Thread(this::restore, "voiptui-terminal");
    private boolean restored;

    private TerminalSession(Tty tty, InputStream in, OutputStream out) throws IOException {
        this.tty = tty;
        this.out = out;
        this.terminal = new TtyTerminal(in, out, tty.columns(), tty.rows());
        this.screen = new TerminalScreen(terminal);
        screen.setCursorPosition(null);
    }

    /**
     * Takes the terminal on standard input.
     *
     * @param in standard input
     * @param out standard output, without a buffer
     * @throws IOException when it is none
     */
    public static TerminalSession open(InputStream in, OutputStream out) throws IOException {
        Tty tty = Tty.acquire();
        try {
            TerminalSession session = new TerminalSession(tty, in, out);
            Runtime.getRuntime().addShutdownHook(session.restoreAtExit);
            session.screen.startScreen();
            return session;
        } catch (IOException | RuntimeException | Error failed) {
            tty.restore();
            throw failed;
        }
    }

    /** The screen. */
    public Screen screen() {
        return screen;
    }

    /** Looks whether the window has another size by now. Returns whether it has. The ui thread's. */
    public boolean followWindow() throws IOException {
        if (terminal.isSizeChanged()) {
            terminal.getTerminalSize();
        }
        return screen.doResizeIfNecessary() != null;
    }

    /** Rings the bell (BEL, ECMA-48 8.3.3), or flashes, as the user has set his terminal. The ui thread's. */
    public void bell() throws IOException {
        terminal.bell();
    }

    /** The window's size changed. Any thread; returns at once. */
    public void windowChanged() {
        terminal.sizeChanged();
    }

    /** Gives the terminal back. Again: does nothing. */
    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(restoreAtExit);
        } catch (IllegalStateException endingAnyway) {
            // then the hook has nothing to do any more
        }
    }

    private synchronized void restore() {
        if (restored) {
            return;
        }
        restored = true;
        Thread writer = new Thread(this::leaveScreen, "voiptui-terminal-writer");
        writer.setDaemon(true);
        writer.start();
        try {
            // A terminal that takes nothing any more, such as one at the other end of a dead line, must keep nobody.
            writer.join(PATIENCE_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        try {
            tty.restore();
        } catch (IOException gone) {
            // a terminal that is gone needs no restoring
        }
    }

    private void leaveScreen() {
        try {
            out.write(BLANK);
            screen.stopScreen(false);
        } catch (IOException gone) {
            // likewise
        }
    }
}
