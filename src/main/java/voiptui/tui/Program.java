package voiptui.tui;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.event.Event;
import voiptui.tui.terminal.Canvas;

/**
 * What a screen shows and how it answers keys: pure functions of an immutable model. Called on the ui thread.
 *
 * <p>Times are milliseconds since 1970 that never run backwards.
 *
 * @param <M> the model
 */
public interface Program<M> {

    /** Something happened. */
    Next<M> onEvent(M model, Event event, long nowMs);

    /** A key was pressed. */
    Next<M> onKey(M model, KeyStroke key, long nowMs);

    /** Time went on: called about ten times a second. Where that changes nothing, the same model draws nothing. */
    Next<M> onTick(M model, long nowMs);

    /** The terminal is gone: nobody sees this any more, and nobody can press a key. */
    Next<M> onTerminalGone(M model);

    /** Whether there is nothing more to show. */
    boolean isOver(M model);

    /** Draws the model on a blank canvas of any size. */
    void draw(M model, Canvas canvas);
}
