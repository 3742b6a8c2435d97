package voiptui.relay.presence;

import java.util.Iterator;
import java.util.List;
import voiptui.protocol.RelayMessage;

/** A signed-in client as presence sees it: what others may learn of it, and how it learns of others. Owned by the control thread. */
public interface PresenceClient {

    /** Returns the client's name. */
    String name();

    /** Returns whether it has signed out or was signed out. */
    boolean hasEnded();

    /** Returns whether it has a connection. */
    boolean isConnected();

    /** Returns whether it is a phone that is not in use. */
    boolean isIdle();

    /** Sends messages in one write. They are lost if there is no connection. */
    void sendAll(List<RelayMessage> messages);

    /** Sends messages one by one, asking for each when there is room for it. They are lost if there is no connection. */
    void sendPages(Iterator<RelayMessage> pages);
}
