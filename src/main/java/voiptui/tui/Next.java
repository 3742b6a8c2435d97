package voiptui.tui;

import java.util.List;
import voiptui.event.Command;

/**
 * What follows from a key or an event.
 *
 * @param model what is shown from now on
 * @param commands what is asked of the call
 */
public record Next<M>(M model, List<Command> commands) {

    /** Copies the list. */
    public Next {
        commands = List.copyOf(commands);
    }

    /** Shows {@code model} and asks for nothing. */
    public static <M> Next<M> show(M model) {
        return new Next<>(model, List.of());
    }

    /** Shows {@code model} and asks for something. */
    public static <M> Next<M> ask(M model, Command... commands) {
        return new Next<>(model, List.of(commands));
    }
}
