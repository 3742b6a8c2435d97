package voiptui.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one side of a call objects to; it travels with {@code reject}, {@code hangup} and {@code ended}. */
public enum CallObjection {
    /** The call would not be encrypted end to end. */
    NOT_ENCRYPTED,
    /** The other side's fingerprint is not the one that is known. */
    PEER_CHANGED,
    /** The encryption could not be set up. */
    ENCRYPTION_FAILED;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the objection as on the wire. */
    public String wire() {
        return wire;
    }

    /** Returns the objection with that name on the wire; empty for null, and for one of a later version. */
    public static Optional<CallObjection> of(@Nullable String wire) {
        return Arrays.stream(values())
                .filter(objection -> objection.wire.equals(wire))
                .findFirst();
    }
}
