package voiptui.relay.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.MediaTunnel;

/** The connection of a v2 client. Owned by the control thread. */
public interface SessionChannel {

    /** Sends a message; never blocks. If there is no room for it, the message is lost and the connection is closed. */
    void send(RelayMessage message);

    /** Sends messages like {@link #send}, in one write. The same list is encoded once if it goes to several clients in turn. */
    default void sendAll(List<RelayMessage> messages) {
        messages.forEach(this::send);
    }

    /**
     * Sends messages one by one, each once the one before is written, so that any number fits. The iterator is asked for a
     * message when there is room for it, and no more if the connection is lost.
     */
    default void sendPages(Iterator<RelayMessage> pages) {
        pages.forEachRemaining(this::send);
    }

    /** Closes the connection once everything sent before is written. */
    void close();

    /** Returns the client's address. */
    InetSocketAddress remote();

    /** Returns the relay's address that the client connected to. */
    InetAddress local();

    /** Returns the media path through this connection. */
    MediaTunnel tunnel();
}
