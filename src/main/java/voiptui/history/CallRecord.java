package voiptui.history;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallOutcome;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Grade;

/**
 * A call that is over. Immutable.
 *
 * @param at when it began: when it was placed, or when it rang; with the time zone of that time
 * @param direction who called
 * @param peer the other side's name or address, as the relay showed it: not fit for a terminal
 * @param fingerprint the fingerprint of the other side's certificate; null: unknown
 * @param outcome what became of it
 * @param reason why it ended; null: it never left the other side's or this phone's bell
 * @param durationMs from the answer to the end, in milliseconds; 0 if it was not answered
 * @param quality the worst grade of either direction that held for at least a tenth of the call; null: it was not graded
 * @param encryption whether it was encrypted end to end; null: it was not connected
 * @param verified whether the user had verified the other side
 * @param relay the relay as the user named it
 */
public record CallRecord(
        OffsetDateTime at,
        Direction direction,
        String peer,
        @Nullable String fingerprint,
        CallOutcome outcome,
        @Nullable EndReason reason,
        long durationMs,
        @Nullable Grade quality,
        @Nullable Encryption encryption,
        boolean verified,
        String relay) {

    /** Who called. */
    public enum Direction {
        /** The other side. */
        INCOMING,
        /** This side. */
        OUTGOING
    }

    /** Returns whether the call came in and nobody answered it. */
    public boolean isMissed() {
        return outcome == CallOutcome.MISSED;
    }
}
