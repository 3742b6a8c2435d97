package voiptui.relay.registrar;

import org.jspecify.annotations.Nullable;

/**
 * How a relay stops after its calls have ended.
 *
 * @param to another relay, {@code HOST:PORT}, that clients are told to use; null: none
 * @param withinMs the time after which it stops in any case, in milliseconds, 0 or more
 */
public record Drain(@Nullable String to, long withinMs) {

    /** Stands for no other relay in an operator's command. */
    public static final String NOWHERE = "-";
}
