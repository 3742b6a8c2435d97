package voiptui.relay.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.MediaTunnel;

/** The connection of a v2 client. Owned by the control thread. */
public interface SessionChannel {

    /** Sends a message; never blocks. If there is no room for it, the message is lost and the connection is closed. */
    void send(RelayMessage message);

    /** Closes the connection once everything sent before is written. */
    void close();

    /** Returns the client's address. */
    InetSocketAddress remote();

    /** Returns the relay's address that the client connected to. */
    InetAddress local();

    /** Returns the media path through this connection. */
    MediaTunnel tunnel();
}
