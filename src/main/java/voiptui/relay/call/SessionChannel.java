package voiptui.relay.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.MediaTunnel;

/**
 * The connection that a station (a signed-in process of the second protocol) is reached through. Owned by the control
 * thread.
 */
public interface SessionChannel {

    /** Says something; what finds no room is lost with the connection, which is closed then. Never waits. */
    void say(RelayMessage message);

    /** Closes the connection when what was said is out. */
    void close();

    /** Where it comes from. */
    InetSocketAddress remote();

    /** The address of ours that it came to. */
    InetAddress local();

    /** The way of media through this connection. */
    MediaTunnel tunnel();
}
