package voiptui.relay.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import voiptui.relay.media.socket.RelaySocket;

/**
 * Sockets that serve one client each, where a {@link DatagramBatch} has them. The control thread opens them, and hands them over to the
 * media thread.
 */
interface ClientSockets {

    /** Makes sure that clients can reach the relay, and be answered, at one of its addresses. Control thread. */
    void reach(InetAddress local);

    /**
     * Opens a socket for one client. It is connected when this returns: a packet that arrives between bind and connect is lost, and a
     * client sends as soon as it is welcomed. Control thread.
     *
     * @param source where the client sends from; null: not known yet
     * @return null if a shared socket has to do
     */
    @Nullable
    RelaySocket connect(InetAddress local, @Nullable InetSocketAddress source);

    /** Gives a flow the socket that was opened for it. */
    void adopt(Flow flow, RelaySocket own);

    /** Closes a socket that is not needed after all, and passes on what it has received. */
    void discard(Flow flow, RelaySocket spare, Forwarder forwarder);
}
