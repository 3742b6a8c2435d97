package voiptui.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a call ended, as the relay reports it. */
public enum CallEnding {
    /** The other side hung up. */
    HUNG_UP,
    /** The other side rejected the call. */
    REJECTED,
    /** The other side is on another call. */
    BUSY,
    /** The caller hung up before an answer. */
    CANCELLED,
    /** Another phone of the same name answered. */
    ELSEWHERE,
    /** The other side lost its connection for too long. */
    PEER_LOST,
    /** Nobody answered within the relay's ring limit. */
    NO_ANSWER,
    /** The two have no codec in common. */
    NO_CODEC,
    /** The caller called its own name. */
    OWN_NAME,
    /** The relay is about to stop, and takes no new calls. */
    DRAINING,
    /** The relay knows no such call. */
    UNKNOWN;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the reason as on the wire and in JSON. */
    public String wire() {
        return wire;
    }

    /** Returns the reason with that name on the wire. */
    public static Optional<CallEnding> of(String wire) {
        return Arrays.stream(values())
                .filter(reason -> reason.wire.equals(wire))
                .findFirst();
    }
}
