package voiptui.tui;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.screen.Screen;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import voiptui.event.Command;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.FrameCells;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.TerminalSession;
import voiptui.tui.terminal.Theme;

/**
 * The ui thread: bus and keys, update, model, view.
 *
 * <p>Draws when the model is another, thirty times a second at most, and sends the terminal what is different. When a
 * program of ours throws, the terminal is given back before anybody hears of it.
 *
 * @param <M> the model
 */
public final class ScreenLoop<M> implements AutoCloseable {

    /** The name of the thread. */
    public static final String THREAD = "voiptui-ui";

    private static final long WAIT_MS = 20;
    private static final long FRAME_NS = 33_000_000L;
    private static final long TICK_MS = 100;
    private static final long JOIN_MS = 3000;

    private final TerminalSession terminal;
    private final Screen screen;
    private final Program<M> program;
    private final Theme theme;
    private final Glyphs glyphs;
    private final Subscription events;
    private final Consumer<Command> commands;
    private final LongSupplier nowMs;
    private final Consumer<Throwable> onCrash;
    private final Thread thread;

    private FrameCells frame;
    private M model;
    private M drawn;
    private boolean drawAll = true;
    private boolean deaf;
    private long nextTickMs;
    private long nextFrameNs;
    private volatile boolean closed;
    private volatile M last;
    private volatile Throwable crash;

    private ScreenLoop(
            TerminalSession terminal,
            Program<M> program,
            M first,
            Theme theme,
            Glyphs glyphs,
            EventBus bus,
            Consumer<Command> commands,
            LongSupplier nowMs,
            Consumer<Throwable> onCrash) {
        this.terminal = terminal;
        this.screen = terminal.screen();
        this.program = program;
        this.model = first;
        this.last = first;
        this.theme = theme;
        this.glyphs = glyphs;
        this.events = bus.subscribe();
        this.commands = commands;
        this.nowMs = nowMs;
        this.onCrash = onCrash;
        this.nextFrameNs = System.nanoTime();
        this.thread = new Thread(this::run, THREAD);
        thread.setDaemon(true);
    }

    /**
     * Subscribes and begins to draw.
     *
     * @param terminal where; this owns it from now on
     * @param first what is shown first
     * @param commands takes what the user asks for; must not wait
     * @param nowMs milliseconds since 1970 that never run backwards
     * @param onCrash told of a fault of the program, after the terminal was given back
     */
    public static <M> ScreenLoop<M> start(
            TerminalSession terminal,
            Program<M> program,
            M first,
            Theme theme,
            Glyphs glyphs,
            EventBus bus,
            Consumer<Command> commands,
            LongSupplier nowMs,
            Consumer<Throwable> onCrash) {
        ScreenLoop<M> loop = new ScreenLoop<>(terminal, program, first, theme, glyphs, bus, commands, nowMs, onCrash);
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            draw();
            while (!closed && !program.isOver(model)) {
                takeEvents();
                takeKeys();
                tick();
                draw();
            }
        } catch (IOException gone) {
            loseTerminal();
        } catch (RuntimeException | Error bug) {
            crash = bug;
        }
        events.close();
        terminal.close();
        if (crash != null) {
            onCrash.accept(crash);
        }
    }

    private void takeEvents() throws IOException {
        for (Event event = events.poll(WAIT_MS); event != null; event = events.poll()) {
            follow(program.onEvent(model, event, nowMs.getAsLong()));
        }
    }

    private void takeKeys() throws IOException {
        for (KeyStroke key = deaf ? null : screen.pollInput(); key != null; key = deaf ? null : screen.pollInput()) {
            if (key.getKeyType() == KeyType.EOF) {
                loseTerminal();
            } else if (isCtrl(key, 'l')) {
                drawAll = true;
            } else {
                follow(program.onKey(model, key, nowMs.getAsLong()));
            }
        }
    }

    private void loseTerminal() {
        if (!deaf) {
            deaf = true;
            show(program.onTerminalGone(model));
        }
    }

    /** Whether the key is Ctrl and that letter. */
    public static boolean isCtrl(KeyStroke key, char letter) {
        return key.isCtrlDown() && key.getCharacter() != null && Character.toLowerCase(key.getCharacter()) == letter;
    }

    /** Whether the key is that letter, neither with Ctrl nor with Alt. */
    public static boolean isPlain(KeyStroke key, char letter) {
        return key.getKeyType() == KeyType.Character
                && !key.isCtrlDown()
                && !key.isAltDown()
                && key.getCharacter() == letter;
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
        if (next.bell()) {
            terminal.bell();
        }
    }

    private void show(Next<M> next) {
        model = next.model();
        last = model;
        next.commands().forEach(commands);
    }

    private void draw() throws IOException {
        boolean resized = terminal.followWindow();
        long nowNs = System.nanoTime();
        boolean due = nowNs - nextFrameNs >= 0 && model != drawn;
        if (!due && !resized && !drawAll) {
            return;
        }
        TerminalSize size = screen.getTerminalSize();
        if (resized || frame == null) {
            frame = new FrameCells(size.getColumns(), size.getRows(), theme.character(' ', Style.TEXT));
        }
        frame.clear();
        program.draw(model, new Canvas(frame, theme, glyphs, size.getColumns(), size.getRows()));
        frame.showOn(screen);
        screen.refresh(resized || drawAll ? Screen.RefreshType.COMPLETE : Screen.RefreshType.DELTA);
        drawAll = false;
        drawn = model;
        nextFrameNs = nowNs + FRAME_NS;
    }

    /** What was shown last. Any thread. */
    public M last() {
        return last;
    }

    /** What the program died of, or {@code null}. Any thread, after {@link #awaitEnd}. */
    public Throwable crash() {
        return crash;
    }

    /** Waits until there is nothing more to show and the terminal is given back; at most three seconds. */
    public void awaitEnd() throws InterruptedException {
        thread.join(JOIN_MS);
    }

    /** Ends, and waits for that; a terminal that takes nothing any more keeps nobody from leaving. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        terminal.close();
    }
}
