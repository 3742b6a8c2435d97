package voiptui.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * A UDP socket connected to one address: the kernel keeps out everybody else's datagrams, and tells when the other host
 * refuses ours.
 */
public final class UdpTransport implements DatagramTransport {

    /** Room for half a second of classic packets, so that a pause of the receiving thread loses none. */
    private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;
    /** Expedited Forwarding, the class of service for voice (RFC 3246), as the upper six bits of the traffic class. */
    private static final int TRAFFIC_CLASS_EF = 46 << 2;

    private final DatagramChannel channel;

    private UdpTransport(DatagramChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a socket on {@code localPort} (0: any free one) of {@code local} ({@code null}: any address) and connects it
     * to {@code remote}.
     *
     * @throws java.net.BindException when the port is taken or the address is not this machine's
     * @throws IOException when there is no socket to be had
     */
    public static UdpTransport open(InetAddress local, int localPort, InetSocketAddress remote) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                remote.getAddress() instanceof Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.IP_TOS, TRAFFIC_CLASS_EF);
            channel.bind(local == null ? new InetSocketAddress(localPort) : new InetSocketAddress(local, localPort));
            channel.connect(remote);
            return new UdpTransport(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
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
