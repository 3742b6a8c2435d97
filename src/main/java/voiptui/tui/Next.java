package voiptui.tui;

import java.util.List;
import voiptui.event.Command;

/**
 * The result of an event, a key or a tick.
 *
 * @param model the next model
 * @param commands the commands to issue
 * @param bell whether the terminal's bell rings, once
 */
public record Next<M>(M model, List<Command> commands, boolean bell) {

    /** Copies the list. */
    public Next {
        commands = List.copyOf(commands);
    }

    /** Returns a result without commands. */
    public static <M> Next<M> show(M model) {
        return new Next<>(model, List.of(), false);
    }

    /** Returns a result with commands. */
    public static <M> Next<M> ask(M model, Command... commands) {
        return new Next<>(model, List.of(commands), false);
    }

    /** Returns a result that rings the terminal's bell. */
    public static <M> Next<M> ring(M model) {
        return new Next<>(model, List.of(), true);
    }
}
