package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.EventBus;
import voiptui.event.SessionEvent;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramTransport;
import voiptui.net.IpText;
import voiptui.net.UdpChannels;
import voiptui.protocol.BindDatagram;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/**
 * Sends and receives a call's media through a UDP socket connected to the relay, or through the session's TLS connection.
 *
 * <p>Its thread, {@code voiptui-path}, reads the socket, keeps the path alive ({@link PathMachine}) and delivers datagrams
 * from either path. Any thread sends: directly to the socket, or to the connection's queue.
 */
final class MediaTransport implements MediaPath, PathEffects {

    /** What the path reports to its session. Called on the path thread; must not block. */
    interface Owner {

        /** The relay should send media through the connection; binds up to {@code after} are void. */
        void onTunnelRequested(long after);

        /** The machine's address differs from that of the connection. */
        void onAddressChanged();

        /** The local port that the user chose is not available. */
        void onPortUnavailable(String problem);
    }

    /** The path for outgoing media, replaced as a whole. */
    private record Route(
            SessionEvent.MediaPath way, @Nullable DatagramChannel channel) {}

    /** A datagram received through the TLS connection. */
    private record Tunnelled(ByteBuffer datagram, long arrivalNs) {}

    /** A little over a second of media with retransmissions and RTCP: 110 packets. */
    private static final int TUNNELLED_DATAGRAMS = 128;
    /** Datagrams read before timers and tasks run again. */
    private static final int READS_IN_A_ROW = 64;

    private static final int FIRST_DTLS = 20;
    private static final int LAST_DTLS = 63;
    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;

    private final SessionConfig config;
    private final EventBus bus;
    private final NanoClock clock;
    private final Owner owner;
    private final PathMachine machine = new PathMachine(this);
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "voiptui-path");
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Tunnelled> tunnelled = new ArrayBlockingQueue<>(TUNNELLED_DATAGRAMS);
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(BindDatagram.MAX_BYTES + 1);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BindDatagram.MAX_BYTES);
    private final Consumer<SelectionKey> onReadable = key -> readAll();

    private volatile @Nullable DatagramHandler handler;
    private volatile Route route = new Route(SessionEvent.MediaPath.NONE, null);
    private volatile @Nullable Supplier<Losses> lossSource;
    private volatile @Nullable TlsConnection connection;
    private volatile boolean closed;
    /** The longest datagram sent or received in this call, in bytes; racing threads may lose a value, but not for long. */
    private volatile int longestBytes;
    /** Datagrams of the calls that went out through the socket. */
    private final LongAdder sentByUdp = new LongAdder();

    // Owned by the path thread.
    private @Nullable DatagramChannel channel;
    /** Where the relay takes media; the first is the one in use. */
    private final List<InetSocketAddress> relays = new ArrayList<>();
    /** Whether the relay's address in use has answered since it is. */
    private boolean answered = true;
    /** Datagrams of media that came through the socket, without RTCP and DTLS. */
    private long receivedByUdp;

    private long session;
    private BindDatagram.@Nullable Key key;
    private @Nullable InetAddress sessionAddress;
    private @Nullable InetAddress lastAddress;

    MediaTransport(
            SessionConfig config, EventBus bus, NanoClock clock, Owner owner, Thread.UncaughtExceptionHandler onBug) {
        this.config = config;
        this.bus = bus;
        this.clock = clock;
        this.owner = owner;
        try {
            this.selector = Selector.open();
        } catch (IOException noDescriptors) {
            throw new UncheckedIOException(noDescriptors);
        }
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(onBug);
    }

    void start() {
        thread.start();
    }

    private void post(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /**
     * The client signed in through {@code source}. Any thread.
     *
     * @param addresses where the relay takes media, in the order in which to try them; none: unknown, only through the connection
     */
    void onSessionUp(RelayMessage.Welcome welcome, TlsConnection source, List<InetSocketAddress> addresses) {
        connection = source;
        post(() -> {
            boolean relayMoved = !relays.isEmpty() && !addresses.contains(relays.get(0));
            relays.clear();
            relays.addAll(addresses);
            answered = true;
            session = Long.parseUnsignedLong(welcome.udpSession(), 16);
            key = new BindDatagram.Key(BindDatagram.bytes(welcome.udpKey()));
            sessionAddress = source.localAddress();
            machine.onSessionUp(
                    session,
                    relayMoved || lastAddress != null && sessionAddress != null && !lastAddress.equals(sessionAddress),
                    clock.nanoTime());
        });
    }

    /** The connection was lost. Any thread. */
    void onSessionDown() {
        connection = null;
        post(() -> machine.onSessionDown(clock.nanoTime()));
    }

    /** A datagram arrived through {@code source}; dropped if the queue is full or the connection is not the current one. */
    void onTunnelled(TlsConnection source, byte[] datagram) {
        if (source == connection && tunnelled.offer(new Tunnelled(ByteBuffer.wrap(datagram), clock.nanoTime()))) {
            selector.wakeup();
        }
    }

    @Override
    public void deliverTo(@Nullable DatagramHandler newHandler) {
        handler = newHandler;
    }

    @Override
    public void askForLosses(@Nullable Supplier<Losses> source) {
        lossSource = source;
    }

    /** Returns what the two ends of the call have lost; null: unknown. Any thread. */
    @Nullable
    Losses losses() {
        Supplier<Losses> source = lossSource;
        return source == null ? null : source.get();
    }

    @Override
    public void setInCall(boolean inCall) {
        post(() -> {
            machine.setInCall(inCall, clock.nanoTime());
            longestBytes = 0;
        });
    }

    @Override
    public void onPeerReport(boolean hearsUs) {
        post(() -> machine.onPeerReport(hearsUs, sentByUdp.sum(), clock.nanoTime()));
    }

    /** The relay reported what arrives of the call's media. Any thread. */
    void onLegs(RelayMessage.Legs legs) {
        RelayMessage.Leg own = legs.own();
        RelayMessage.Leg peer = legs.peer();
        post(() -> machine.onLegs(
                new PathMachine.Flow(sentByUdp.sum(), own.expected() - own.lost()),
                new PathMachine.Flow(peer.expected() - peer.lost(), receivedByUdp),
                clock.nanoTime()));
    }

    @Override
    public int localPort() {
        DatagramChannel open = route.channel();
        return open == null ? 0 : Math.max(0, open.socket().getLocalPort());
    }

    @Override
    public int send(ByteBuffer datagram) {
        Route now = route;
        if (closed) {
            return DatagramTransport.CLOSED;
        }
        if (datagram.remaining() > longestBytes) {
            longestBytes = datagram.remaining();
            selector.wakeup();
        }
        if (now.way() == SessionEvent.MediaPath.TUNNEL) {
            TlsConnection tunnel = connection;
            return tunnel == null ? DatagramTransport.UNAVAILABLE : tunnel.sendMedia(datagram);
        }
        if (now.way() == SessionEvent.MediaPath.NONE || now.channel() == null) {
            return DatagramTransport.UNAVAILABLE;
        }
        try {
            int sent = now.channel().write(datagram);
            if (sent <= 0) {
                return DatagramTransport.UNAVAILABLE;
            }
            sentByUdp.increment();
            return sent;
        } catch (IOException notNow) {
            // Refused, or the channel was replaced: the machine notices and recovers.
            return DatagramTransport.UNAVAILABLE;
        }
    }

    private void run() {
        try {
            while (!closed) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (Tunnelled came = tunnelled.poll(); came != null; came = tunnelled.poll()) {
                    deliver(came.datagram(), came.arrivalNs());
                }
                machine.onMediaLength(longestBytes, clock.nanoTime());
                machine.onTick(clock.nanoTime());
                await(machine.idleNs(clock.nanoTime()));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            closed = true;
            closeChannel();
            closeSelector();
        }
    }

    private void await(long idleNs) throws IOException {
        if (idleNs <= 0) {
            selector.selectNow(onReadable);
        } else if (idleNs == Long.MAX_VALUE) {
            selector.select(onReadable);
        } else {
            selector.select(onReadable, idleNs / NS_PER_MS + 1);
        }
    }

    private void readAll() {
        for (int i = 0; i < READS_IN_A_ROW; i++) {
            incoming.clear();
            try {
                if (channel == null || channel.read(incoming) <= 0) {
                    return;
                }
            } catch (IOException refused) {
                // ICMP port unreachable counts as no answer.
                continue;
            }
            incoming.flip();
            long arrivalNs = clock.nanoTime();
            if (BindDatagram.isAnswer(incoming)) {
                onAnswer(arrivalNs);
            } else {
                machine.onMedia(arrivalNs);
                receivedByUdp += isMedia(incoming) ? 1 : 0;
                deliver(incoming, arrivalNs);
            }
        }
    }

    /** Returns whether the relay counts a datagram: neither RTCP, by version and packet type (RFC 5761, 4), nor DTLS (RFC 7983, 7). */
    static boolean isMedia(ByteBuffer datagram) {
        int at = datagram.position();
        if (datagram.remaining() < 2) {
            return true;
        }
        int first = datagram.get(at) & 0xff;
        if (first >= FIRST_DTLS && first <= LAST_DTLS) {
            return false;
        }
        int type = datagram.get(at + 1) & 0xff;
        return (first & 0xc0) != 0x80 || type < FIRST_RTCP_TYPE || type > LAST_RTCP_TYPE;
    }

    private void onAnswer(long arrivalNs) {
        if (key != null && BindDatagram.session(incoming) == session && key.verifies(incoming)) {
            answered = true;
            machine.onAnswer(
                    BindDatagram.counter(incoming),
                    incoming.remaining(),
                    BindDatagram.cookie(incoming),
                    BindDatagram.isActive(incoming),
                    IpText.of(BindDatagram.seenAs(incoming)),
                    arrivalNs);
        }
    }

    private void deliver(ByteBuffer datagram, long arrivalNs) {
        if (datagram.remaining() > longestBytes) {
            longestBytes = datagram.remaining();
        }
        DatagramHandler taker = handler;
        if (taker != null) {
            taker.onDatagram(datagram, arrivalNs);
        }
    }

    @Override
    public void bind(long counter, long cookie, int bytes) {
        request(counter, cookie, bytes, true);
    }

    @Override
    public void probe(long counter, int bytes) {
        request(counter, BindDatagram.NO_COOKIE, bytes, false);
    }

    private void request(long counter, long cookie, int bytes, boolean wantsMedia) {
        if (channel == null || key == null) {
            return;
        }
        outgoing.clear();
        BindDatagram.putRequest(outgoing, bytes, session, counter, cookie, wantsMedia, key);
        try {
            channel.write(outgoing);
        } catch (IOException notNow) {
            // Counts as no answer.
        }
    }

    @Override
    public void reopen() {
        DatagramChannel before = channel;
        channel = null;
        if (!answered) {
            Collections.rotate(relays, -1);
        }
        answered = false;
        try {
            if (config.endpoint().localPort() > 0 && before != null) {
                before.close();
                // The selector releases the port only on its next selection.
                selector.selectNow(key -> {});
            }
            DatagramChannel opened = open();
            channel = opened;
            InetAddress address = ((InetSocketAddress) opened.getLocalAddress()).getAddress();
            boolean moved = lastAddress != null && !lastAddress.equals(address);
            lastAddress = address;
            // Through ssh, nobody knows the address of the connection; it was the former one.
            boolean sessionMoved =
                    sessionAddress == null ? config.endpoint().ssh() != null : !sessionAddress.equals(address);
            if (moved && sessionMoved) {
                owner.onAddressChanged();
            }
        } catch (BindException taken) {
            if (lastAddress == null && config.endpoint().localPort() > 0) {
                owner.onPortUnavailable("UDP port " + config.endpoint().localPort()
                        + " is in use: choose another --port, or omit it for any free one");
            }
        } catch (IOException noNetwork) {
            // The machine retries.
        }
        route = new Route(route.way(), channel);
        close(before);
    }

    private DatagramChannel open() throws IOException {
        if (relays.isEmpty()) {
            throw new IOException("the relay's address is unknown");
        }
        DatagramChannel opened =
                UdpChannels.connect(config.bind(), config.endpoint().localPort(), relays.get(0));
        try {
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_READ);
            return opened;
        } catch (IOException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    @Override
    public void tunnel(long after) {
        owner.onTunnelRequested(after);
    }

    @Override
    public void route(SessionEvent.MediaPath way) {
        route = new Route(way, channel);
    }

    @Override
    public void publish(SessionEvent event) {
        bus.publish(event);
    }

    /** Stops the thread and closes the socket. Any thread; does not block. */
    void close() {
        closed = true;
        selector.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            closeSelector();
        }
    }

    /** Waits for the thread to end, for at most {@code timeoutMs}. */
    void join(long timeoutMs) throws InterruptedException {
        thread.join(timeoutMs);
    }

    private void closeChannel() {
        close(channel);
        channel = null;
    }

    private static void close(@Nullable DatagramChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            // It is closed either way.
        }
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }
}
