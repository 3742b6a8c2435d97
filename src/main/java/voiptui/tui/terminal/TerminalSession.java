package voiptui.tui.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voiptui.tui.terminal.input.KeyReader;
import voiptui.tui.terminal.input.TerminalInput;

/**
 * A terminal set up for a full screen and restored on {@link #close}, or when the JVM exits before that.
 *
 * <p>The screen belongs to the UI thread; {@link #close} and {@link #windowChanged} may be called on any thread.
 */
public final class TerminalSession implements AutoCloseable {

    /**
     * Moves the cursor home and clears the screen. Where there is no alternate screen (the Linux console, GNU screen by
     * default), this removes what is left of ours.
     */
    private static final byte[] BLANK = "\033[H\033[J".getBytes(StandardCharsets.US_ASCII);

    /**
     * Has the terminal mark pasted text, and no longer (DEC private mode 2004, XTerm Control Sequences). Terminals that cannot
     * do so ignore it.
     */
    private static final byte[] MARK_PASTES = "\033[?2004h".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] LEAVE_PASTES = "\033[?2004l".getBytes(StandardCharsets.US_ASCII);

    /** Has the terminal report clicks and the wheel, and no longer (XTerm Control Sequences, modes 1000 and 1006). */
    private static final String REPORT_MOUSE = "\033[?1000h\033[?1006h";

    private static final String LEAVE_MOUSE = "\033[?1006l\033[?1000l";

    private static final long PATIENCE_MS = 1000;
    /** How long after a question its answer may come; later it is left to the shell. */
    private static final long ANSWER_MS = 500;

    private static final long POLL_MS = 5;
    /** How often to look, while away, whether this job is in the foreground again. */
    private static final long LOOK_MS = 250;

    private final Tty tty;
    private final KeyReader keys;
    /** Whether the terminal is to report the mouse. */
    private volatile boolean mouse;

    private final KeyboardProtocol keyboard = new KeyboardProtocol();
    private final TtyTerminal terminal;
    private final OutputStream out;
    private final Map<String, String> environment;
    private final Thread restoreAtExit = new Thread(this::restore, "voiptui-terminal");
    private boolean restored;
    /** Whether the screen has been left and the terminal restored, for as long as this job is suspended or in the background. */
    private boolean left;
    /** Whether the terminal may belong to another job. UI thread; read when the terminal is restored. */
    private volatile boolean away;

    private volatile boolean continued;
    private volatile boolean stopAsked;
    private volatile StopSignal stopSignal = defaultAction -> {};
    private long nextLookMs;
    /** Whether the terminal has been asked for its background and has not answered. UI thread. */
    private boolean asked;
    /** Whether the window has a title of ours. */
    private volatile boolean titled;

    private long askedNs;

    private TerminalSession(Tty tty, InputStream in, OutputStream out, Map<String, String> environment)
            throws IOException {
        this.tty = tty;
        this.out = out;
        this.environment = environment;
        this.keys = new KeyReader(in);
        this.terminal =
                new TtyTerminal(in, out, tty.columns(), tty.rows(), OperatingSystemCommands.areTaken(environment));
    }

    /**
     * Opens the terminal on standard input.
     *
     * @param in standard input
     * @param out standard output, without a buffer
     * @param environment the environment variables, which say what the terminal understands
     * @throws IOException if standard input is not a terminal
     */
    public static TerminalSession open(InputStream in, OutputStream out, Map<String, String> environment)
            throws IOException {
        Tty tty = Tty.acquire();
        try {
            TerminalSession session = new TerminalSession(tty, in, out, environment);
            Runtime.getRuntime().addShutdownHook(session.restoreAtExit);
            session.enterScreen();
            return session;
        } catch (IOException | RuntimeException | Error failed) {
            tty.restore();
            throw failed;
        }
    }

    /** Returns the columns of the screen, as of the last {@link #followWindow}. UI thread. */
    public int columns() {
        return terminal.columns();
    }

    /** Returns the rows of the screen, as of the last {@link #followWindow}. UI thread. */
    public int rows() {
        return terminal.rows();
    }

    /**
     * Shows a frame of the size of the screen; nothing if the screen was left. UI thread.
     *
     * @param whole whether to clear the screen before
     */
    public void show(FrameBuffer frame, boolean whole) throws IOException {
        terminal.show(frame, whole);
    }

    /**
     * Returns the next key, pasted text or answer; null: there is none now. UI thread.
     *
     * @param nowMs the time in milliseconds; never runs backwards
     * @throws IOException when the terminal is gone
     */
    public @Nullable TerminalInput poll(long nowMs) throws IOException {
        TerminalInput next = keys.poll(nowMs);
        while (next instanceof TerminalInput.BackgroundColor && !asked
                || next instanceof TerminalInput.Mouse && !mouse
                || next instanceof TerminalInput.KeyboardFlags) {
            if (next instanceof TerminalInput.KeyboardFlags answer) {
                write(keyboard.onFlags(answer.flags()));
            }
            next = keys.poll(nowMs);
        }
        asked &= !(next instanceof TerminalInput.BackgroundColor);
        return next;
    }

    /** Has the terminal report the mouse. To be called before the UI thread starts. */
    public void useMouse() throws IOException {
        mouse = true;
        write(REPORT_MOUSE);
    }

    /** Asks the terminal to report when keys are released, if it can. To be called before the UI thread starts. */
    public void askForReleases() throws IOException {
        write(keyboard.ask());
        askedNs = System.nanoTime();
    }

    /** Returns whether the terminal reports when keys are released. UI thread. */
    public boolean reportsReleases() {
        return keyboard.reportsReleases();
    }

    /**
     * Asks the terminal for the color of its background. {@link #poll} returns the answer, if one comes. To be called before
     * the UI thread starts.
     */
    public void askForBackground() throws IOException {
        write(OperatingSystemCommands.ASK_BACKGROUND);
        asked = true;
        askedNs = System.nanoTime();
    }

    /**
     * Waits half a second at most after {@link #askForBackground} and {@link #askForReleases} for an answer that has not come, so that
     * the shell does not take it for keys. UI thread.
     */
    public void awaitAnswer() {
        try {
            while ((asked || keyboard.isAsked())
                    && System.nanoTime() - askedNs < TimeUnit.MILLISECONDS.toNanos(ANSWER_MS)) {
                if (poll(TimeUnit.NANOSECONDS.toMillis(System.nanoTime())) == null) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MS);
                }
            }
        } catch (IOException gone) {
            // a terminal that is gone answers nothing
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows the size of the window. Returns whether it changed. UI thread. */
    public boolean followWindow() throws IOException {
        return terminal.followSize();
    }

    /** Rings the bell (BEL, ECMA-48 8.3.3), or flashes, as the terminal is configured. UI thread. */
    public void bell() throws IOException {
        terminal.bell();
    }

    /**
     * Draws attention to this window, apart from the bell: sets its title until {@link #calm}. UI thread.
     *
     * @param text what happens, such as "ben is calling"
     */
    public void attract(String text) throws IOException {
        if (OperatingSystemCommands.areTaken(environment)) {
            write(titled ? OperatingSystemCommands.title(text) : OperatingSystemCommands.pushTitle(text));
            titled = true;
        }
    }

    /** Shows a notification on the desktop, if the terminal is known to do so. UI thread. */
    public void notifyDesktop(String text) throws IOException {
        write(OperatingSystemCommands.notification(environment, text));
    }

    /** Restores the window's title after {@link #attract}. UI thread, or while the terminal is restored. */
    public void calm() throws IOException {
        if (titled) {
            titled = false;
            write(OperatingSystemCommands.popTitle());
        }
    }

    private void write(String command) throws IOException {
        out.write(command.getBytes(StandardCharsets.UTF_8));
    }

    /** Reports that the window's size changed. Any thread; does not block. */
    public void windowChanged() {
        terminal.sizeChanged();
    }

    /** Restores the terminal. Does nothing the second time. */
    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(restoreAtExit);
        } catch (IllegalStateException exiting) {
            // the hook is running and has nothing left to do
        }
    }

    /** What happens at SIGTSTP: the default action, which stops this process, or {@link #askToStop}. */
    @FunctionalInterface
    public interface StopSignal {

        /** Chooses the default action, or {@link #askToStop}. */
        void setDefaultAction(boolean defaultAction);
    }

    /** Has this session steer what happens at SIGTSTP while it stops. */
    public void steer(StopSignal signal) {
        stopSignal = signal;
    }

    /** Asks this process to stop once the terminal is restored (SIGTSTP from another process). Any thread; does not block. */
    public void askToStop() {
        stopAsked = true;
    }

    /**
     * Restores the terminal and stops this job, as Ctrl+Z does elsewhere. Returns when it continues, in the foreground or in the
     * background. UI thread.
     */
    public void suspend() throws IOException {
        suspend(true);
    }

    private void suspend(boolean wholeJob) throws IOException {
        synchronized (this) {
            if (restored) {
                return;
            }
            if (!away) {
                away = true;
                left = true;
                leaveInTime();
                restoreSettings();
            }
        }
        continued = false;
        stopSignal.setDefaultAction(true);
        try {
            JobControl.suspend(wholeJob, () -> continued);
        } finally {
            stopSignal.setDefaultAction(false);
        }
        continued = true;
    }

    /** Reports that this process was stopped and continues (SIGCONT). Any thread; does not block. */
    public void continued() {
        continued = true;
    }

    /** Returns whether the terminal belongs to another job: nothing may be drawn, nothing read. UI thread. */
    public boolean isAway() {
        return away;
    }

    /**
     * Stops if asked to, and takes the terminal back after this job was stopped, once it is in the foreground. Returns whether
     * everything must be drawn anew. UI thread.
     *
     * @param nowMs the time in milliseconds; never runs backwards
     */
    public boolean comeBack(long nowMs) throws IOException {
        if (stopAsked) {
            stopAsked = false;
            suspend(false);
        }
        if (continued) {
            continued = false;
            away = true;
            nextLookMs = nowMs;
        }
        if (!away || nowMs < nextLookMs) {
            return false;
        }
        nextLookMs = nowMs + LOOK_MS;
        return JobControl.isForeground() && takeBack();
    }

    private synchronized boolean takeBack() throws IOException {
        if (restored) {
            return false;
        }
        if (!left) {
            terminal.leave();
        }
        tty.setUpAgain();
        enterScreen();
        terminal.sizeChanged();
        left = false;
        away = false;
        return true;
    }

    private synchronized void restore() {
        if (restored) {
            return;
        }
        restored = true;
        stopSignal.setDefaultAction(true);
        if (left) {
            return;
        }
        leaveInTime();
        // The settings of the terminal are those of the shell already if this job is in the background.
        if (!away || JobControl.isForeground()) {
            restoreSettings();
        }
    }

    private void leaveInTime() {
        Thread writer = new Thread(this::leaveScreen, "voiptui-terminal-writer");
        writer.setDaemon(true);
        writer.start();
        try {
            // A terminal that no longer reads, such as one behind a dead connection, must not block the exit.
            writer.join(PATIENCE_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void restoreSettings() {
        try {
            tty.restore();
        } catch (IOException gone) {
            // a terminal that is gone needs no restoring
        }
    }

    private void enterScreen() throws IOException {
        terminal.enter();
        out.write(MARK_PASTES);
        write(keyboard.enter() + (mouse ? REPORT_MOUSE : ""));
    }

    private void leaveScreen() {
        try {
            calm();
            write((mouse ? LEAVE_MOUSE : "") + keyboard.leave());
            out.write(LEAVE_PASTES);
            out.write(BLANK);
            terminal.leave();
        } catch (IOException gone) {
            // a terminal that is gone needs no restoring
        }
    }
}
