package voiptui.relay.media.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** One of the relay's UDP sockets. Created by the control thread, then owned by the media thread. */
public final class RelaySocket extends LocalEnd {

    /** The socket. */
    public final DatagramChannel channel;
    /** The address of the one client that it is connected to; null: it is not connected. */
    public final @Nullable InetSocketAddress peer;
    /** The open flows that send through it; kept for unconnected ones only. */
    public int users;
    /** The refreshes in a row at which nobody needed it; kept for unconnected ones only. */
    int spareRefreshes;
    /**
     * What may be left of other senders' datagrams, received between bind and connect, in datagrams: that many are read with
     * their senders. Kept for connected ones only.
     */
    public int strays;

    /**
     * Describes an open socket.
     *
     * @param local the relay address that it is bound to; null: all addresses
     * @param peer the address of the one client that it is connected to; null: it is not connected
     */
    public RelaySocket(DatagramChannel channel, @Nullable InetAddress local, @Nullable InetSocketAddress peer) {
        super(local);
        this.channel = channel;
        this.peer = peer;
    }
}
