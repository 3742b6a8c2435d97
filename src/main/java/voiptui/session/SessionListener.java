package voiptui.session;

import org.jspecify.annotations.Nullable;
import voiptui.event.EndReason;
import voiptui.protocol.RelayMessage;

/** Receives the events of a {@link RelaySession}. Called on the session thread; must not block. */
public interface SessionListener {

    /** The client signed in, for the first time or after a lost connection. */
    void onSignedIn(RelayMessage.Welcome welcome);

    /** A message arrived that does not concern the session itself. */
    void onMessage(RelayMessage message);

    /**
     * The relay is about to stop.
     *
     * @param to the relay that it names instead, {@code HOST:PORT}, not trusted; null: none
     */
    default void onDraining(@Nullable String to) {
        // The session goes on as long as the relay does, and reconnects after that.
    }

    /**
     * The connection was lost or could not be established; the session retries.
     *
     * @param problem what went wrong, for users
     * @param attempt number of consecutive failed attempts
     * @param retryInMs time until the next attempt, in milliseconds
     */
    void onLost(String problem, int attempt, long retryInMs);

    /**
     * The session ended for good: the relay is not trusted, full, or was not reached within the allowed attempts, or the name
     * was refused. No further calls follow.
     *
     * @param detail further information for users; may be empty
     */
    void onRefused(EndReason reason, String detail);

    /** The relay speaks only the classic protocol, and none was pinned for it. The session ended. */
    void onClassicRelay();
}
