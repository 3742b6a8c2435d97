package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import voiptui.net.DatagramTransport;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.time.NanoClock;

/**
 * A bad path for the media between one client and the relay, which are processes of their own: the client is told its port
 * as the relay's UDP port.
 *
 * <p>To the relay it is a NAT: it speaks from the client's address, but from another port than the client announced, and
 * the relay answers to where packets come from. So that client must be the only one registered from its address.
 *
 * <p>A thread of its own moves the datagrams.
 */
public final class ImpairingProxy implements AutoCloseable {

    /** How exactly a delay is kept. */
    private static final long TURN_MS = 2;

    private final Selector selector;
    private final Side clientSide;
    private final Side relaySide;
    private final ImpairedTransport up;
    private final ImpairedTransport down;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * A path that does nothing yet.
     *
     * @param relay where the relay hears media
     * @param clientHost the address that the client speaks from ({@code --bind})
     * @param seed the same one loses the same datagrams
     */
    public ImpairingProxy(InetSocketAddress relay, String clientHost, long seed) throws IOException {
        selector = Selector.open();
        clientSide = new Side(new InetSocketAddress(relay.getAddress(), 0), null, selector);
        relaySide = new Side(new InetSocketAddress(clientHost, 0), relay, selector);
        up = new ImpairedTransport(clientSide, Impairment.NONE, seed, NanoClock.SYSTEM);
        down = new ImpairedTransport(relaySide, Impairment.NONE, seed + 1, NanoClock.SYSTEM);
        thread = new Thread(this::run, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** The options of a call, given as for the relay itself, that lead its media through here. */
    public String[] lead(String... options) {
        String[] led = options.clone();
        led[Arrays.asList(led).indexOf("--relay-udp-port") + 1] = Integer.toString(clientSide.localPort());
        return led;
    }

    /** From now on both ways are as bad as that. */
    public void impair(Impairment impairment) {
        up.impair(impairment);
        down.impair(impairment);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        try {
            while (!closed) {
                selector.select(key -> { }, TURN_MS);
                move(up, relaySide, buffer);
                move(down, clientSide, buffer);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void move(ImpairedTransport from, Side to, ByteBuffer buffer) {
        while (from.receive(buffer.clear()) >= 0) {
            to.send(buffer.flip());
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        clientSide.close();
        relaySide.close();
        selector.close();
    }

    /** One socket; where its other end is not known before, the first to be heard is it. */
    private static final class Side implements DatagramTransport {

        private final DatagramChannel channel;
        private SocketAddress other;

        Side(InetSocketAddress local, SocketAddress other, Selector selector) throws IOException {
            this.channel = DatagramChannel.open(StandardProtocolFamily.INET);
            this.other = other;
            channel.bind(local);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }

        @Override
        public int send(ByteBuffer datagram) {
            try {
                return other == null ? UNAVAILABLE : channel.send(datagram, other);
            } catch (IOException lost) {
                return UNAVAILABLE;
            }
        }

        @Override
        public int receive(ByteBuffer buffer) {
            try {
                int before = buffer.position();
                SocketAddress sender = channel.receive(buffer);
                if (sender == null) {
                    return UNAVAILABLE;
                }
                other = other == null ? sender : other;
                return buffer.position() - before;
            } catch (IOException lost) {
                return UNAVAILABLE;
            }
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
}
