package voiptui.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connected UDP socket: the kernel drops datagrams from other senders and reports refusals by the remote host.
 */
public final class UdpTransport implements DatagramTransport {

    private final DatagramChannel channel;

    private UdpTransport(DatagramChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a socket connected to {@code remote}; parameters and errors as in {@link UdpChannels#connect}.
     *
     * @param local the address to bind; null: all addresses
     * @param localPort the port to bind; 0: any free one
     */
    public static UdpTransport open(@Nullable InetAddress local, int localPort, InetSocketAddress remote)
            throws IOException {
        return new UdpTransport(UdpChannels.connect(local, localPort, remote));
    }

    @Override
    public int send(ByteBuffer datagram) {
        try {
            return channel.write(datagram);
        } catch (IOException problem) {
            return statusOf(problem);
        }
    }

    @Override
    public int receive(ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException problem) {
            return statusOf(problem);
        }
    }

    private static int statusOf(IOException problem) {
        if (problem instanceof PortUnreachableException) {
            return REFUSED;
        }
        return problem instanceof ClosedChannelException ? CLOSED : UNAVAILABLE;
    }

    @Override
    public int localPort() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
