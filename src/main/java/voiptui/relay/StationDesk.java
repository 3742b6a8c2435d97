package voiptui.relay;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import voiptui.event.Counters;
import voiptui.event.RelayEvent;
import voiptui.signal.ClientMessage;

/**
 * What the sockets know of the {@link Switchboard}: where they take what stations say. Owned by the control thread.
 */
interface StationDesk {

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
        StationDesk make(ClientRegistry classic, MediaPlane media, int udpPort, Counters counters);
    }

    /** See {@link Switchboard#signIn}. */
    Optional<Station> signIn(ClientMessage.Hello hello, String fingerprint, StationPort port);

    /** See {@link Switchboard#onMessage}. */
    void onMessage(Station station, ClientMessage message);

    /** See {@link Switchboard#onTunnelled}. */
    void onTunnelled(Station station, byte[] datagram);

    /** See {@link Switchboard#onDisconnected}. */
    void onDisconnected(Station station, StationPort port);

    /** See {@link Switchboard#onBound}. */
    void onBound(long session, InetSocketAddress source);

    /** See {@link Switchboard#sweep}. */
    void sweep();

    /** See {@link Switchboard#size}. */
    int size();

    /** See {@link Switchboard#stop}. */
    void stop();

    /** How each station is at this moment, in the order in which they came. */
    List<RelayEvent.ClientStatus> statuses();
}
