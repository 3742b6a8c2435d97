package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The UDP half of a {@link V2Peer}: bind datagrams and media. Sends nothing on its own.
 *
 * <p>One thread at a time.
 */
public final class V2Media implements AutoCloseable {

    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private final String session;
    private final String key;
    private final InetSocketAddress relay;
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private final Deque<V2Bind> answers = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
    private DatagramChannel udp;
    private Selector selector;
    private String cookie = V2Bind.NO_COOKIE;
    private long counter;

    /** The session that a {@code welcome} gave, from a free port of {@code ip} to {@code relay}. */
    public V2Media(InetAddress ip, InetSocketAddress relay, String session, String key) {
        this.session = session;
        this.key = key;
        this.relay = relay;
        open(new InetSocketAddress(ip, 0));
    }

    private void open(InetSocketAddress local) {
        try {
            udp = DatagramChannel.open(
                    local.getAddress() instanceof Inet6Address
                            ? StandardProtocolFamily.INET6
                            : StandardProtocolFamily.INET);
            udp.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            udp.bind(local);
            udp.configureBlocking(false);
            selector = Selector.open();
            udp.register(selector, SelectionKey.OP_READ);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The counter of the last bind. */
    public long counter() {
        return counter;
    }

    /** The session, 16 hexadecimal digits. */
    public String session() {
        return session;
    }

    /** The session's key, 64 hexadecimal digits. */
    public String key() {
        return key;
    }

    /** The cookie for the address that is spoken from; zeros when there is none yet. */
    public String cookie() {
        return cookie;
    }

    /** The address and port that it speaks from, as this machine knows them. */
    public InetSocketAddress local() {
        return (InetSocketAddress) udp.socket().getLocalSocketAddress();
    }

    /** Goes on from another port of {@code ip}, as after a change of networks: nothing is bound there yet. */
    public void move(String ip) {
        try {
            selector.close();
            udp.close();
            open(new InetSocketAddress(InetAddress.getByName(ip), 0));
            cookie = V2Bind.NO_COOKIE;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // --- binds ------------------------------------------------------------------------------------------------------

    /** The next bind with the cookie there is, not yet sent: for tests that send it twice, late, or from elsewhere. */
    public byte[] nextBind(boolean activate) {
        return V2Bind.request(session, ++counter, cookie, activate).signed(key);
    }

    /** Sends the next bind, and returns its counter. */
    public long bind(boolean activate) {
        send(nextBind(activate));
        return counter;
    }

    /** Waits for the answer to the bind with this counter, and keeps its cookie. Empty when there was none. */
    public Optional<V2Bind> answer(long toCounter, long timeoutMs) {
        Optional<V2Bind> found = pump(
                timeoutMs,
                () -> answers.stream()
                        .filter(answer -> answer.counter() == toCounter)
                        .findFirst());
        found.ifPresent(answer -> {
            answers.remove(answer);
            cookie = answer.cookie();
        });
        return found;
    }

    /** Binds until the relay confirms this address for media. Returns the confirming answer. */
    public V2Bind activate() {
        V2Bind[] last = {null};
        Deadline.require(
                V2Peer.PATIENCE_MS, () -> "media that goes to " + local() + "; last answer: " + last[0], () -> {
                    answer(bind(true), 500).ifPresent(answer -> last[0] = answer);
                    return last[0] != null && last[0].flags() == 1;
                });
        return last[0];
    }

    // --- media ------------------------------------------------------------------------------------------------------

    /** Sends one datagram to the relay. */
    public void send(byte[] datagram) {
        try {
            udp.send(ByteBuffer.wrap(datagram), relay);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next datagram that is no answer to a bind, waiting for it at most {@code timeoutMs}; 0 looks only. */
    public Optional<byte[]> receive(long timeoutMs) {
        Optional<byte[]> datagram = pump(timeoutMs, () -> Optional.ofNullable(arrived.peek()));
        arrived.poll();
        return datagram;
    }

    /** The next RTP packet that {@code wanted} accepts; discards others. Fails if none arrives in time. */
    public RtpPacket awaitRtp(long timeoutMs, Predicate<RtpPacket> wanted) {
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
        while (true) {
            long leftMs = Math.max(0, (deadlineNs - System.nanoTime()) / 1_000_000L);
            byte[] datagram = receive(leftMs)
                    .orElseThrow(() -> new AssertionError("no such RTP packet in " + timeoutMs + " ms at " + local()));
            if (RtpPacket.isRtp(datagram) && wanted.test(RtpPacket.parse(datagram))) {
                return RtpPacket.parse(datagram);
            }
        }
    }

    private <T> Optional<T> pump(long timeoutMs, Supplier<Optional<T>> found) {
        try {
            long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
            while (true) {
                drain();
                Optional<T> result = found.get();
                long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000L;
                if (result.isPresent() || leftMs <= 0) {
                    return result;
                }
                selector.selectedKeys().clear();
                selector.select(leftMs);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void drain() throws IOException {
        for (SocketAddress sender = udp.receive(buffer.clear()); sender != null; sender = udp.receive(buffer.clear())) {
            byte[] datagram = Arrays.copyOf(buffer.array(), buffer.position());
            if (V2Bind.isAnswer(datagram)) {
                answers.add(V2Bind.parse(datagram, key));
            } else {
                arrived.add(datagram);
            }
        }
    }

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
