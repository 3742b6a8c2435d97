package voiptui.session;

import java.io.IOException;
import voiptui.event.Event;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientMessage;

/** What a {@link SessionMachine} has done for it. Called on the line's thread; nothing here waits for the network. */
interface SessionEffects {

    /** Begins a new connection; what becomes of it is told to the machine. */
    void connect();

    /** Gives up the connection, if there is one. Nothing of it is told any more. */
    void disconnect();

    /** Says something through the connection. */
    void say(ClientMessage message);

    /**
     * Remembers the relay.
     *
     * @throws IOException when that is not possible
     */
    void pin(Fingerprint fingerprint) throws IOException;

    /** Tells those who watch. */
    void publish(Event event);
}
