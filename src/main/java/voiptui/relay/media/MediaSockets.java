package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import voiptui.net.UdpChannels;

/**
 * Opens the relay's UDP sockets: the shared one, and one per client on the same port, connected to that client.
 *
 * <p>A connected socket saves the look-up of the sender, allocates nothing on reading ({@code receive} allocates an address
 * per packet if senders alternate), and reports ICMP refusals.
 *
 * <p>{@link #openShared} belongs to the thread that starts the relay, {@link #openFor} to the control thread; the
 * sockets themselves then go to the media thread.
 */
public final class MediaSockets {

    /**
     * Room for half a second of classic packets, or less than two seconds of Opus, since the kernel counts its overhead. A
     * larger buffer would only deliver audio too late to play: two seconds late on a busy processor (measured with 256 kB).
     */
    private static final int CLIENT_BUFFER_BYTES = 32 * 1024;
    /** Room for the packets of all clients without a socket of their own. */
    private static final int SHARED_BUFFER_BYTES = 1024 * 1024;

    private final DatagramChannel shared;
    private final InetSocketAddress address;

    private MediaSockets(DatagramChannel shared) throws IOException {
        this.shared = shared;
        this.address = (InetSocketAddress) shared.getLocalAddress();
    }

    /**
     * Opens the shared socket.
     *
     * @param bind the address to listen on; null: all addresses
     * @param port the port; 0: any free one
     * @throws IOException if the port is taken or the address is not this machine's
     */
    public static MediaSockets openShared(@Nullable InetAddress bind, int port) throws IOException {
        DatagramChannel channel = UdpChannels.open(bind);
        try {
            configure(channel, SHARED_BUFFER_BYTES);
            // No SO_REUSEADDR here, so that a port in use is an error.
            channel.bind(bind == null ? new InetSocketAddress(port) : new InetSocketAddress(bind, port));
            return new MediaSockets(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Returns the unconnected socket for all packets that no client's own socket receives. */
    public DatagramChannel shared() {
        return shared;
    }

    /** Returns the address of the shared socket. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Opens a socket for one client.
     *
     * <p>Between bind and connect it may receive packets from any sender. The JDK discards them on connecting, but does not
     * promise to; so the first reader empties it with {@code receive}, which returns the actual sender.
     *
     * @param local the relay address that the client uses
     * @param source the address that its packets come from
     * @throws IOException if no file descriptor is left or the system refuses
     */
    DatagramChannel openFor(InetAddress local, InetSocketAddress source) throws IOException {
        DatagramChannel channel = UdpChannels.open(local);
        try {
            configure(channel, CLIENT_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            // Only briefly, so that no other program can share the port.
            shared.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                channel.bind(new InetSocketAddress(local, address.getPort()));
            } finally {
                shared.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            }
            channel.connect(source);
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void configure(DatagramChannel channel, int bufferBytes) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
    }
}
