package voiptui.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** Opens UDP sockets for voice, marked as Expedited Forwarding. Stateless; any thread. */
public final class UdpChannels {

    /** Room for half a second of classic packets, so that a pause of the receiving thread loses none. */
    private static final int CLIENT_RECEIVE_BUFFER_BYTES = 256 * 1024;
    /** Expedited Forwarding, the DSCP for voice (RFC 3246), as the upper six bits of the traffic class. */
    private static final int TRAFFIC_CLASS_EF = 46 << 2;

    private UdpChannels() {}

    /**
     * Opens an unbound socket.
     *
     * @param address any address of the family that the socket is for; null: both families
     * @throws IOException if the system grants no socket
     */
    public static DatagramChannel open(@Nullable InetAddress address) throws IOException {
        DatagramChannel channel = address == null
                ? DatagramChannel.open()
                : DatagramChannel.open(
                        address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.IP_TOS, TRAFFIC_CLASS_EF);
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * Opens a blocking socket connected to {@code remote}: the kernel drops datagrams from anybody else and reports ICMP
     * refusals.
     *
     * @param local the address to bind; null: all addresses
     * @param localPort the port to bind; 0: any free one
     * @throws java.net.BindException if the port is taken or the address is not this machine's
     * @throws IOException if the system grants no socket
     */
    public static DatagramChannel connect(@Nullable InetAddress local, int localPort, InetSocketAddress remote)
            throws IOException {
        DatagramChannel channel = open(remote.getAddress());
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, CLIENT_RECEIVE_BUFFER_BYTES);
            channel.bind(local == null ? new InetSocketAddress(localPort) : new InetSocketAddress(local, localPort));
            channel.connect(remote);
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }
}
