package voiptui.tui;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.event.Event;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.input.KeyPhase;

/**
 * A screen: pure functions of an immutable model. Called on the UI thread.
 *
 * <p>Times are milliseconds since 1970 that never run backwards.
 *
 * @param <M> the model
 */
public interface Program<M> {

    /** Returns what follows from an event. */
    Next<M> onEvent(M model, Event event, long nowMs);

    /** Returns what follows from a key. */
    Next<M> onKey(M model, KeyStroke key, long nowMs);

    /**
     * Returns what follows from a key at a terminal that reports when keys are released; of the others, {@link #onKey} hears.
     * Unless this is overridden, a release does nothing.
     */
    default Next<M> onHeldKey(M model, KeyStroke key, KeyPhase phase, long nowMs) {
        return phase == KeyPhase.RELEASED ? Next.show(model) : onKey(model, key, nowMs);
    }

    /** Returns what follows when the terminal may no longer report that a key is released: the user is elsewhere. */
    default Next<M> onFocusLost(M model, long nowMs) {
        return Next.show(model);
    }

    /**
     * Returns what follows from a click on a row of a list: it is selected, or used if it is selected already.
     *
     * @param id the row, as the program has drawn it
     */
    default Next<M> onRow(M model, String id, long nowMs) {
        return Next.show(model);
    }

    /** Returns what follows from pasted text. Only a text field uses it: nobody pastes a command. */
    default Next<M> onPaste(M model, String text, long nowMs) {
        return Next.show(model);
    }

    /** Returns what follows from the passing of time; called ten times a second. The same model is not redrawn. */
    Next<M> onTick(M model, long nowMs);

    /** Returns what follows from the loss of the terminal: no more keys, nothing is seen. */
    Next<M> onTerminalGone(M model);

    /** Returns what the user should know who looks elsewhere, such as "ben is calling"; empty: nothing. */
    default String attention(M model) {
        return "";
    }

    /** Returns whether the screen can close. */
    boolean isOver(M model);

    /** Draws the model on a blank canvas of any size. */
    void draw(M model, Canvas canvas);
}
