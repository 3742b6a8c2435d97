package voiptui.tui;

import java.util.List;
import voiptui.event.Command;

/**
 * What follows from a key, an event or the time.
 *
 * @param model what is shown from now on
 * @param commands what is asked of the call
 * @param bell whether the terminal is to ring its bell, once
 */
public record Next<M>(M model, List<Command> commands, boolean bell) {

    /** Copies the list. */
    public Next {
        commands = List.copyOf(commands);
    }

    /** Shows {@code model} and asks for nothing. */
    public static <M> Next<M> show(M model) {
        return new Next<>(model, List.of(), false);
    }

    /** Shows {@code model} and asks for something. */
    public static <M> Next<M> ask(M model, Command... commands) {
        return new Next<>(model, List.of(commands), false);
    }

    /** Shows {@code model} and rings the terminal's bell. */
    public static <M> Next<M> ring(M model) {
        return new Next<>(model, List.of(), true);
    }
}
