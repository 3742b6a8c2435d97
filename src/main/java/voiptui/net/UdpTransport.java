package voiptui.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A connected UDP socket: the kernel drops datagrams from other senders and reports refusals by the remote host. Sending never waits:
 * what the system has no room for is dropped, like all audio that would come too late.
 */
public final class UdpTransport implements DatagramTransport {

    private final @Nullable InetAddress local;
    private final int localPort;
    private final int remotePort;
    private volatile Link link;
    /** Guarded by this. */
    private InetAddress remote;

    private volatile boolean closed;

    /** A socket that never blocks, and what waits for its datagrams. */
    private record Link(DatagramChannel channel, Selector selector) {

        static Link open(@Nullable InetAddress local, int localPort, InetSocketAddress remote) throws IOException {
            DatagramChannel channel = UdpChannels.connect(local, localPort, remote);
            try {
                channel.configureBlocking(false);
                Selector selector = Selector.open();
                channel.register(selector, SelectionKey.OP_READ);
                return new Link(channel, selector);
            } catch (IOException | RuntimeException failed) {
                channel.close();
                throw failed;
            }
        }

        /** Also wakes the receiver. */
        void close() throws IOException {
            channel.close();
            selector.close();
        }
    }

    private UdpTransport(Link link, @Nullable InetAddress local, InetSocketAddress remote) {
        this.link = link;
        this.local = local;
        this.localPort = link.channel().socket().getLocalPort();
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
        return new UdpTransport(Link.open(local, localPort, remote), local, remote);
    }

    @Override
    public int send(ByteBuffer datagram) {
        try {
            int bytes = datagram.remaining();
            return outcome(link.channel().write(datagram), bytes);
        } catch (IOException problem) {
            return statusOf(problem);
        }
    }

    /** Returns what {@link #send} returns after the system took {@code sent} of {@code bytes} bytes: none if it has no room now. */
    static int outcome(int sent, int bytes) {
        return sent == 0 && bytes > 0 ? UNAVAILABLE : sent;
    }

    /** Returns whether sending and receiving may wait for the system. */
    boolean isBlocking() {
        return link.channel().isBlocking();
    }

    @Override
    public int receive(ByteBuffer buffer) {
        Link reading = link;
        try {
            int received = reading.channel().read(buffer);
            while (received == 0) {
                reading.selector().select(key -> {});
                received = reading.channel().read(buffer);
            }
            // The JDK takes an empty datagram for an end.
            return Math.max(0, received);
        } catch (ClosedSelectorException replacedOrClosed) {
            return closed ? CLOSED : UNAVAILABLE;
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
            link.close();
            link = Link.open(local, localPort, new InetSocketAddress(address, remotePort));
            remote = address;
        } catch (IOException none) {
            reopen(before);
        }
    }

    private void reopen(InetAddress address) {
        try {
            link = Link.open(local, localPort, new InetSocketAddress(address, remotePort));
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
        link.close();
    }
}
