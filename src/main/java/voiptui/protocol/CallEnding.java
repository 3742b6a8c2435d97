package voiptui.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why the relay says that a call is over. */
public enum CallEnding {
    /** The other side hung up. */
    HUNG_UP,
    /** The other side did not take it. */
    REJECTED,
    /** The other side talks to somebody else. */
    BUSY,
    /** The caller gave up before anybody answered. */
    CANCELLED,
    /** Another phone of the same name took it. */
    ELSEWHERE,
    /** The other side has been gone for too long. */
    PEER_LOST,
    /** The two have no codec in common. */
    NO_CODEC,
    /** The relay knows no such call. */
    UNKNOWN;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The reason on the wire and in JSON. */
    public String wire() {
        return wire;
    }

    /** The reason of that name. */
    public static Optional<CallEnding> of(String wire) {
        return Arrays.stream(values())
                .filter(reason -> reason.wire.equals(wire))
                .findFirst();
    }
}
