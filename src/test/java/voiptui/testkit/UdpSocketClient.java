package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client's UDP socket that sends to one relay and receives from any address; shares no code with the product.
 *
 * <p>One thread at a time.
 */
final class UdpSocketClient implements AutoCloseable {

    private static final int MAX_DATAGRAM_BYTES = 65_536;

    /** A datagram and who sent it. */
    record Received(InetSocketAddress sender, byte[] bytes) {}

    private final InetSocketAddress relay;
    private final DatagramChannel udp;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);

    /** A socket on a free port of {@code ip}. */
    UdpSocketClient(InetAddress ip, InetSocketAddress relay) {
        this.relay = relay;
        try {
            udp = DatagramChannel.open(
                    ip instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            udp.bind(new InetSocketAddress(ip, 0));
            udp.configureBlocking(false);
            selector = Selector.open();
            udp.register(selector, SelectionKey.OP_READ);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** From now on receives only what comes from the address that it sends to, as behind a NAT. */
    void receiveFromRelayOnly() {
        try {
            udp.connect(relay);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where it sends from. */
    InetSocketAddress address() {
        try {
            return (InetSocketAddress) udp.getLocalAddress();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends one datagram to the relay. */
    void send(byte[] datagram) {
        try {
            udp.send(ByteBuffer.wrap(datagram), relay);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next datagram, waiting for it at most {@code timeoutMs}; 0 looks only. */
    Optional<Received> receive(long timeoutMs) {
        buffer.clear();
        try {
            long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
            SocketAddress sender = udp.receive(buffer);
            while (sender == null) {
                long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000L;
                if (leftMs <= 0) {
                    return Optional.empty();
                }
                selector.selectedKeys().clear();
                selector.select(leftMs);
                sender = udp.receive(buffer);
            }
            return Optional.of(
                    new Received((InetSocketAddress) sender, Arrays.copyOf(buffer.array(), buffer.position())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Closes the socket: its host then refuses datagrams sent there. */
    @Override
    public void close() {
        try {
            selector.close();
            udp.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
