package voiptui.relay.call;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import voiptui.event.Counters;
import voiptui.event.RelayEvent;
import voiptui.protocol.ClientMessage;
import voiptui.relay.media.MediaPlane;

/**
 * What the sockets know of the {@link Registrar}: where they take what stations say. Owned by the control thread.
 */
public interface SessionHandler {

    /** Makes the desk of a relay that is starting. */
    interface Maker {

        /**
         * Makes it.
         *
         * @param classic the relay's other clients
         * @param media the media path, ready to be asked
         * @param udpPort where the relay takes media
         * @param counters the relay's
         */
        SessionHandler make(ClassicRegistry classic, MediaPlane media, int udpPort, Counters counters);
    }

    /** See {@link Registrar#signIn}. */
    Optional<ClientSession> signIn(ClientMessage.Hello hello, String fingerprint, SessionChannel port);

    /** See {@link Registrar#onMessage}. */
    void onMessage(ClientSession station, ClientMessage message);

    /** See {@link Registrar#onTunnelled}. */
    void onTunnelled(ClientSession station, byte[] datagram);

    /** See {@link Registrar#onDisconnected}. */
    void onDisconnected(ClientSession station, SessionChannel port);

    /** See {@link Registrar#onBound}. */
    void onBound(long session, InetSocketAddress source);

    /** See {@link Registrar#sweep}. */
    void sweep();

    /** See {@link Registrar#size}. */
    int size();

    /** See {@link Registrar#stop}. */
    void stop();

    /** How each station is at this moment, in the order in which they came. */
    List<RelayEvent.ClientStatus> statuses();
}
