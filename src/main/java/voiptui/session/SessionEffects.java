package voiptui.session;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import voiptui.event.Event;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;

/** The actions of a {@link SessionMachine}. Called on the session thread; none waits for the network. */
interface SessionEffects {

    /** Starts a new connection; its outcome is reported to the machine. */
    void connect();

    /** Closes the connection, if any. The machine receives no further events from it. */
    void disconnect();

    /** Sends a message through the connection. */
    void say(ClientMessage message);

    /** Starts the media path of the session that {@code welcome} describes. */
    void startMedia(RelayMessage.Welcome welcome);

    /** Returns what the two ends of the call have lost; null: unknown. */
    default MediaPath.@Nullable Losses losses() {
        return null;
    }

    /** Tells the media path what the relay knows about the legs of the call. */
    void reportLegs(RelayMessage.Legs legs);

    /**
     * Pins the relay.
     *
     * @throws IOException if the file cannot be written
     */
    void pin(Fingerprint fingerprint) throws IOException;

    /**
     * Pins another fingerprint of the relay in place of the one that is pinned.
     *
     * @throws IOException if the file cannot be written
     */
    void movePin(Fingerprint from, Fingerprint to) throws IOException;

    /** Returns the time, in milliseconds since 1970. */
    long timeMs();

    /** Publishes an event. */
    void publish(Event event);
}
