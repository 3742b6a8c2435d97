package voiptui.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the relay's operator did to a client that is refused for it. */
public enum OperatorAction {
    /** Signed it out; it may sign in again. */
    SIGNED_OUT,
    /** Blocked its certificate or address. */
    BLOCKED;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the name on the wire. */
    public String wire() {
        return wire;
    }

    /** Returns the action with that name; empty if it is of a later version. */
    public static Optional<OperatorAction> of(String wire) {
        return Arrays.stream(values())
                .filter(action -> action.wire.equals(wire))
                .findFirst();
    }
}
