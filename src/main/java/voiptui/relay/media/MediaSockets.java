package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import voiptui.net.UdpChannels;

/**
 * Opens the relay's UDP sockets: the shared one, and one for each client on the same port, connected to that client.
 *
 * <p>A connected socket saves the look-up of the sender (the kernel has done it), allocates nothing on reading, where
 * {@code receive} makes an address object for each packet when senders alternate, and hears of ICMP refusals.
 *
 * <p>{@link #openShared} belongs to the thread that starts the relay, {@link #openFor} to the control thread; the
 * sockets themselves then go to the media thread.
 */
public final class MediaSockets {

    /**
     * Room for half a second of a client's classic packets, and for less than two of Opus, for the kernel counts its own share.
     * More would not save sound but bring it when nobody waits for it any more: two seconds late, when the processor was short
     * (measured with 256 kB).
     */
    private static final int CLIENT_BUFFER_BYTES = 32 * 1024;
    /** Room for the packets of all who have no socket of their own. */
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
     * @param bind the address to listen on, or {@code null} for all
     * @param port the port, or 0 for any free one
     * @throws IOException when the port is taken or the address is not this machine's
     */
    public static MediaSockets openShared(InetAddress bind, int port) throws IOException {
        DatagramChannel channel = UdpChannels.open(bind);
        try {
            configure(channel, SHARED_BUFFER_BYTES);
            // Without SO_REUSEADDR here, so that a port in use is noticed.
            channel.bind(bind == null ? new InetSocketAddress(port) : new InetSocketAddress(bind, port));
            return new MediaSockets(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** The socket that takes everything no client's own socket takes; unconnected. */
    public DatagramChannel shared() {
        return shared;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Opens a socket of its own for one client.
     *
     * <p>Between bind and connect anybody's packet may come into it. The JDK throws away what is there after connecting,
     * which is allowed but not promised; so whoever reads from it first empties it with {@code receive}, which tells the
     * true sender.
     *
     * @param local the address of ours that the client knows
     * @param source where its packets come from
     * @throws IOException when there is no file descriptor left, or the system does not allow it
     */
    DatagramChannel openFor(InetAddress local, InetSocketAddress source) throws IOException {
        DatagramChannel channel = UdpChannels.open(local);
        try {
            configure(channel, CLIENT_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            // Only for this moment, so that no other program can share the port with us.
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
