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

    private final @Nullable InetAddress local;
    private final int localPort;
    private final int remotePort;
    private volatile DatagramChannel channel;
    /** Guarded by this. */
    private InetAddress remote;

    private volatile boolean closed;

    private UdpTransport(DatagramChannel channel, @Nullable InetAddress local, InetSocketAddress remote) {
        this.channel = channel;
        this.local = local;
        this.localPort = channel.socket().getLocalPort();
        this.remote = remote.getAddress();
        this.remotePort = remote.getPort();
    }

    /**
     * Opens a socket connected to {@code remote}; parameters and errors as in {@link UdpChannels#connect}.
     *
     * @param local the address to bind; null: all addresses
     * @param localPort the port to bind; 0: any free one
     */
    public static UdpTransport open(@Nullable InetAddress local, int localPort, InetSocketAddress remote)
            throws IOException {
        return new UdpTransport(UdpChannels.connect(local, localPort, remote), local, remote);
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
        DatagramChannel reading = channel;
        try {
            return reading.read(buffer);
        } catch (IOException problem) {
            return statusOf(problem);
        }
    }

    private int statusOf(IOException problem) {
        if (problem instanceof PortUnreachableException) {
            return REFUSED;
        }
        // A socket that was replaced is closed, too.
        return problem instanceof ClosedChannelException && closed ? CLOSED : UNAVAILABLE;
    }

    @Override
    public synchronized void follow(InetAddress address) {
        if (closed || address.equals(remote)) {
            return;
        }
        InetAddress before = remote;
        try {
            // The relay knows the local port, so it must be free first.
            channel.close();
            channel = UdpChannels.connect(local, localPort, new InetSocketAddress(address, remotePort));
            remote = address;
        } catch (IOException none) {
            reopen(before);
        }
    }

    private void reopen(InetAddress address) {
        try {
            channel = UdpChannels.connect(local, localPort, new InetSocketAddress(address, remotePort));
        } catch (IOException none) {
            // Nothing is sent until the next call of follow() for another address.
            remote = InetAddress.getLoopbackAddress();
        }
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
