package voiptui.relay.registrar;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counters;
import voiptui.event.RelayEvent;
import voiptui.protocol.ClientMessage;
import voiptui.relay.call.ActiveCalls;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.call.ClientSession;
import voiptui.relay.call.OtherRelays;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.presence.RemotePresence;
import voiptui.relay.session.SessionChannel;

/** Handles what v2 clients send, whatever carries it; see {@link Registrar}. Owned by the control thread. */
public interface SessionHandler {

    /** Creates the handler of a relay that is starting. */
    @FunctionalInterface
    interface Factory {

        /**
         * Creates a handler.
         *
         * @param classic the relay's classic clients
         * @param media the media plane, which accepts calls already
         * @param udpPort the relay's media port
         * @param counters the relay's totals
         */
        SessionHandler create(ClassicRegistry classic, MediaPlane media, int udpPort, Counters counters);
    }

    /**
     * Signs a client in or resumes its session: sends {@code welcome}, or sends {@code error} and closes the connection.
     *
     * @param fingerprint the fingerprint of the client's certificate, as text
     * @return the session; empty: the client was refused
     */
    Optional<ClientSession> signIn(ClientMessage.Hello hello, String fingerprint, SessionChannel channel);

    /**
     * Returns whether the certificate with that fingerprint has a name or is signed in. Such clients get in where strangers
     * do not, because of what others do at their address.
     */
    default boolean isKnown(String fingerprint) {
        return false;
    }

    /** Handles a message other than {@code hello}. */
    void onMessage(ClientSession session, ClientMessage message);

    /** Handles a media datagram that came through the client's connection. The array passes to the handler. */
    void onTunnelled(ClientSession session, byte[] datagram);

    /** Notes that a connection is gone. Without effect if the client has reconnected already. */
    void onDisconnected(ClientSession session, SessionChannel channel);

    /**
     * Notes that a client proved its media address. Granted unless another client uses that address: a classic client
     * that was heard a moment ago, or such a v2 client with another certificate.
     */
    void onBound(long sessionId, InetSocketAddress source);

    /** Expires sessions and calls whose time is over. To be called about once a second. */
    void sweep();

    /** Returns the addresses of the connected clients by name, in alphabetical order. */
    Map<String, List<String>> online();

    /** Signs out all clients of a name on behalf of the operator, and tells them; returns how many there were. */
    int expel(String name);

    /** Returns the state of a name at this relay; null: nobody is signed in. */
    default RemotePresence.@Nullable State presence(String name) {
        return null;
    }

    /** Returns the clients and calls of this moment. */
    ActiveCalls.Load load();

    /** Returns the number of sessions, including those that wait for their clients to reconnect. */
    int size();

    /**
     * Takes over other limits; nobody is signed out.
     *
     * @param maxClients the greatest number of clients, classic and v2 together, at least 1
     * @param ringLimitMs how long a call may ring, in milliseconds, at least 1
     */
    default void use(int maxClients, int ringLimitMs) {
        // without limits
    }

    /** Begins to make calls with clients of other relays, and to report their presence; returns what is told what those say. */
    default ClusterCalls join(OtherRelays relays, RemotePresence presence) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes no new clients and no new calls from now on, ends the calls that wait for somebody, and tells the clients.
     *
     * @param how how long the other calls may take, and where clients are sent
     */
    void drain(Drain how);

    /** Returns whether new clients are refused, because the relay is about to stop. */
    default boolean isDraining() {
        return false;
    }

    /** Returns whether there are calls that ring or are connected. */
    boolean hasCalls();

    /** Writes what is not yet written, because the relay stops. */
    void stop();

    /** Returns the status of each session, in the order of sign-in. */
    List<RelayEvent.ClientStatus> statuses();
}
