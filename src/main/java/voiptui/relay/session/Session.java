package voiptui.relay.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.Flow;

/** A signed-in v2 client process, over all its connections, apart from its calls. Owned by the control thread. */
public interface Session {

    /**
     * A client process.
     *
     * @param name its name
     * @param fingerprint the fingerprint of its certificate, as text
     * @param instance distinguishes it from other processes with the same certificate
     */
    record Client(String name, String fingerprint, String instance) {}

    /** Returns who the client is. */
    Client client();

    /** Returns the id that its bind datagrams carry. */
    long id();

    /** Returns whether others can ring it. */
    boolean isPhone();

    /** Returns whether it has a connection. */
    boolean isConnected();

    /** Returns whether it is in a connected call. */
    boolean isInCall();

    /** Returns the host of its current or last connection. */
    InetAddress address();

    /** Returns where its media comes from; null: not bound. */
    @Nullable
    InetSocketAddress source();

    /** Returns its half of the media path. */
    Flow flow();

    /** Returns when it signed in, by the relay's clock. */
    long signedInNs();

    /** Returns when it last sent something, by the relay's clock. */
    long heardNs();

    /** Sends a message if there is a connection; else keeps it for the next one, if it is about a call. */
    void send(RelayMessage message);
}
