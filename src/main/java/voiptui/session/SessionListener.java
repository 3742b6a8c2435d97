package voiptui.session;

import voiptui.event.EndReason;
import voiptui.protocol.RelayMessage;

/** What a {@link RelaySession} tells its owner. Called on the line's thread; must not wait. */
public interface SessionListener {

    /** Signed in: for the first time, or again after the connection was gone. */
    void onSignedIn(RelayMessage.Welcome welcome);

    /** The relay said something that is not the line's own business. */
    void onMessage(RelayMessage message);

    /**
     * The connection is gone, or was not to be had; the line tries again by itself.
     *
     * @param problem what went wrong, for people
     * @param attempt how many tries have failed in a row
     * @param retryInMs time until the next one
     */
    void onLost(String problem, int attempt, long retryInMs);

    /**
     * The line is over, and nothing more comes: not trusted, the name refused, the relay full, never reached in as many
     * tries as were wanted.
     *
     * @param detail what else a person would want to know, or an empty string
     */
    void onRefused(EndReason reason, String detail);

    /** The relay is a classic one, and may be talked with as such: nothing was ever pinned for it. The line is over. */
    void onClassicRelay();
}
