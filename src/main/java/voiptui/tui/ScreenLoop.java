package voiptui.tui;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.event.Subscription;
import voiptui.tui.key.Keys;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.FrameBuffer;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;
import voiptui.tui.terminal.TerminalSession;
import voiptui.tui.terminal.Theme;
import voiptui.tui.terminal.input.KeyPhase;
import voiptui.tui.terminal.input.TerminalInput;

/**
 * The UI thread: events and keys in, update, model, view.
 *
 * <p>Draws when the model has changed, at most sixteen times a second, because levels are read ten times a second; at once after
 * a key. Sends the terminal only the cells that differ. When the program throws, the terminal is restored before the error is
 * reported.
 *
 * @param <M> the model, immutable
 */
public final class ScreenLoop<M> implements AutoCloseable {

    /** The name of the UI thread. */
    public static final String THREAD = "voiptui-ui";

    /** How far a notch of the wheel scrolls. */
    private static final int WHEEL_LINES = 3;

    private static final long WAIT_MS = 20;
    private static final long FRAME_NS = 60_000_000L;
    private static final long TICK_MS = 100;
    private static final long JOIN_MS = 3000;
    /** How long the rest of the program waits for the first picture. */
    private static final long FIRST_FRAME_MS = 500;

    private final TerminalSession terminal;
    private final Program<M> program;
    private final Glyphs glyphs;
    private final Subscription events;
    private final Consumer<Command> commands;
    private final LongSupplier nowMs;
    private final Consumer<Throwable> onCrash;
    private final Thread thread;
    private final CountDownLatch firstFrame = new CountDownLatch(1);

    private Theme theme;
    private @Nullable FrameBuffer frame;
    private M model;
    private @Nullable M drawn;
    private boolean drawAll = true;
    /** What the window's title says. */
    private String attention = "";

    /** Whether the terminal was away at the last look. */
    private boolean away;

    private boolean terminalGone;
    private long nextTickMs;
    private long nextFrameNs;
    private volatile boolean closed;
    private volatile M last;

    private ScreenLoop(ScreenContext context, Program<M> program, M first) {
        this.terminal = context.terminal();
        this.program = program;
        this.model = first;
        this.last = first;
        this.theme = context.theme();
        this.glyphs = context.glyphs();
        this.events = context.bus().subscribe();
        this.commands = context.commands();
        this.nowMs = context.nowMs();
        this.onCrash = context.onCrash();
        this.nextFrameNs = System.nanoTime();
        this.thread = new Thread(this::run, THREAD);
        thread.setDaemon(true);
    }

    /**
     * Subscribes to the bus and starts drawing. Returns when {@code first} has been drawn, so that nothing else takes the processor
     * before the user sees something; after half a second at most, if the terminal does not take it.
     */
    public static <M> ScreenLoop<M> start(ScreenContext context, Program<M> program, M first) {
        ScreenLoop<M> loop = new ScreenLoop<>(context, program, first);
        loop.thread.start();
        try {
            loop.firstFrame.await(FIRST_FRAME_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return loop;
    }

    private void run() {
        Throwable crash = null;
        try {
            draw();
            firstFrame.countDown();
            while (!closed && !program.isOver(model)) {
                pollEvents();
                comeBack();
                pollKeys();
                tick();
                draw();
            }
        } catch (IOException gone) {
            loseTerminal();
        } catch (RuntimeException | Error bug) {
            crash = bug;
        }
        firstFrame.countDown();
        events.close();
        terminal.awaitAnswer();
        terminal.close();
        if (crash != null) {
            onCrash.accept(crash);
        }
    }

    private void comeBack() throws IOException {
        boolean back = terminal.comeBack(nowMs.getAsLong());
        if (back || terminal.isAway() && !away) {
            follow(program.onFocusLost(model, nowMs.getAsLong()));
        }
        away = terminal.isAway();
        if (back) {
            drawAll = true;
            attention = "";
        }
    }

    private void pollEvents() throws IOException {
        for (Event event = events.poll(WAIT_MS); event != null; event = events.poll()) {
            follow(program.onEvent(model, event, nowMs.getAsLong()));
        }
    }

    private void pollKeys() throws IOException {
        for (TerminalInput input = poll(); input != null; input = poll()) {
            nextFrameNs = System.nanoTime();
            if (input instanceof TerminalInput.Paste paste) {
                follow(program.onPaste(model, paste.text(), nowMs.getAsLong()));
            } else if (input instanceof TerminalInput.Key pressed) {
                onKey(pressed.key(), pressed.phase());
            } else if (input instanceof TerminalInput.Mouse mouse && frame != null) {
                onMouse(mouse.does(), frame.targetAt(mouse.column(), mouse.row()));
            } else if (input instanceof TerminalInput.Focus focus && !focus.gained()) {
                follow(program.onFocusLost(model, nowMs.getAsLong()));
            } else if (input instanceof TerminalInput.BackgroundColor reported) {
                suit(Background.of(reported));
            }
        }
    }

    private @Nullable TerminalInput poll() throws IOException {
        return terminalGone || terminal.isAway() ? null : terminal.poll(nowMs.getAsLong());
    }

    private void onKey(KeyStroke key, KeyPhase phase) throws IOException {
        boolean general = Keys.isCtrl(key, 'l') || Keys.isCtrl(key, 'z');
        if (terminal.reportsReleases() && !general) {
            follow(program.onHeldKey(model, key, phase, nowMs.getAsLong()));
        } else if (phase != KeyPhase.RELEASED) {
            press(key);
        }
    }

    /** Follows a key that is not held down: its release will not be reported. */
    private void press(KeyStroke key) throws IOException {
        if (Keys.isCtrl(key, 'l')) {
            drawAll = true;
        } else if (Keys.isCtrl(key, 'z')) {
            follow(program.onFocusLost(model, nowMs.getAsLong()));
            terminal.suspend();
        } else {
            follow(program.onKey(model, key, nowMs.getAsLong()));
        }
    }

    private void onMouse(TerminalInput.Mouse.Does does, @Nullable Target target) throws IOException {
        if (does == TerminalInput.Mouse.Does.CLICK) {
            if (target instanceof Target.Key pressed) {
                press(pressed.key());
            } else if (target instanceof Target.Row row) {
                follow(program.onRow(model, row.id(), nowMs.getAsLong()));
            }
        } else if (target instanceof Target.Row || target instanceof Target.Scrolled) {
            boolean up = does == TerminalInput.Mouse.Does.WHEEL_UP;
            for (int line = 0; line < WHEEL_LINES; line++) {
                press(new KeyStroke(up ? KeyType.ArrowUp : KeyType.ArrowDown));
            }
        }
    }

    /** Draws everything anew if the theme does not suit the background. */
    private void suit(Background background) {
        Theme suitable = theme.on(background);
        if (suitable != theme) {
            theme = suitable;
            frame = null;
            drawAll = true;
        }
    }

    private void loseTerminal() {
        if (!terminalGone) {
            terminalGone = true;
            show(program.onTerminalGone(model));
        }
    }

    private void tick() throws IOException {
        long now = nowMs.getAsLong();
        if (now >= nextTickMs) {
            nextTickMs = now + TICK_MS;
            follow(program.onTick(model, now));
        }
    }

    private void follow(Next<M> next) throws IOException {
        show(next);
        String before = attention;
        attract(program.attention(model));
        if (next.bell()) {
            terminal.bell();
            if (!attention.equals(before)) {
                terminal.notifyDesktop(attention);
            }
        }
    }

    private void attract(String text) throws IOException {
        if (!text.equals(attention) && !terminalGone && !terminal.isAway()) {
            attention = text;
            if (text.isEmpty()) {
                terminal.calm();
            } else {
                terminal.attract(glyphs.alert() + " " + text);
            }
        }
    }

    private void show(Next<M> next) {
        model = next.model();
        last = model;
        next.commands().forEach(commands);
    }

    private void draw() throws IOException {
        if (terminal.isAway()) {
            return;
        }
        boolean resized = terminal.followWindow();
        long nowNs = System.nanoTime();
        boolean due = nowNs - nextFrameNs >= 0 && model != drawn;
        if (!due && !resized && !drawAll) {
            return;
        }
        int columns = terminal.columns();
        int rows = terminal.rows();
        if (resized || frame == null) {
            frame = new FrameBuffer(columns, rows, theme.character(' ', Style.TEXT));
        }
        frame.clear();
        program.draw(model, new Canvas(frame, theme, glyphs, columns, rows));
        terminal.show(frame, resized || drawAll);
        drawAll = false;
        drawn = model;
        nextFrameNs = nowNs + FRAME_NS;
    }

    /** Returns the last model. Any thread. */
    public M last() {
        return last;
    }

    /** Waits until the program is over and the terminal is restored, at most three seconds. */
    public void awaitEnd() throws InterruptedException {
        thread.join(JOIN_MS);
    }

    /** Stops the loop and restores the terminal; waits at most three seconds for a terminal that no longer reads. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        terminal.close();
    }
}
