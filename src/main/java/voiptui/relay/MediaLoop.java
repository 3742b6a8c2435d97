package voiptui.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.time.NanoClock;

/**
 * The thread {@code relay-media}: waits for packets, does in between what the control thread asks, and owns every
 * {@link Flow} and, once it is handed over, every UDP socket.
 *
 * <p>A client has a socket of its own while there are file descriptors to spare; after that its packets come through the
 * shared socket, a little more slowly but no differently.
 */
final class MediaLoop implements MediaPlane, AutoCloseable {

    private static final long WARNING_INTERVAL_NS = 60_000_000_000L;

    private final MediaSockets sockets;
    private final int maxClientSockets;
    private final EventBus events;
    private final NanoClock clock;
    private final Selector selector;
    private final FlowTable flows = new FlowTable();
    private final Forwarder forwarder;
    private final WakeUpPacer pacer;
    /** The media thread's. */
    private final EventLimit failureWarnings;
    /** The control thread's. */
    private final EventLimit socketWarnings;
    /** The control thread adds, the media thread takes away. */
    private final AtomicInteger clientSockets = new AtomicInteger();
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    /** Made once: a method reference in the loop would be a new object for each round. */
    private final Consumer<SelectionKey> onReady = this::onReady;
    private final Thread thread = new Thread(this::run, "relay-media");
    private volatile boolean closing;
    private boolean roundHasTime;
    private long roundNs;
    private int roundPackets;

    /**
     * Prepares the thread; {@link #start} lets it run.
     *
     * @param sockets the UDP sockets; this owns them from now on
     * @param maxClientSockets how many clients get a socket of their own
     * @param unknownSource told on the media thread of senders that a client behind a NAT may be
     * @throws IOException when there is no selector to be had; the sockets are then still the caller's
     */
    MediaLoop(MediaSockets sockets, int maxClientSockets, Counters counters, EventBus events, NanoClock clock,
            Consumer<InetSocketAddress> unknownSource) throws IOException {
        this.sockets = sockets;
        this.maxClientSockets = maxClientSockets;
        this.events = events;
        this.clock = clock;
        this.forwarder = new Forwarder(sockets.shared(), flows, counters, unknownSource);
        this.pacer = new WakeUpPacer(clock);
        this.failureWarnings = new EventLimit(1, WARNING_INTERVAL_NS, clock);
        this.socketWarnings = new EventLimit(1, WARNING_INTERVAL_NS, clock);
        this.selector = Selector.open();
        sockets.shared().register(selector, SelectionKey.OP_READ);
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Connects the client's socket before it returns: a packet that comes between bind and connect is lost, and the
     * client sends as soon as it is welcome.
     */
    @Override
    public void open(Flow flow) {
        DatagramChannel channel = connectTo(flow.local, flow.source);
        ask(() -> onOpen(flow, channel));
    }

    @Override
    public void pair(Flow one, Flow other) {
        ask(() -> {
            one.peer = other;
            other.peer = one;
        });
    }

    @Override
    public void unpair(Flow one, Flow other) {
        ask(() -> {
            one.peer = null;
            other.peer = null;
        });
    }

    @Override
    public void renew(Flow flow, MediaStatus status) {
        ask(() -> flow.status = status);
    }

    @Override
    public void move(Flow flow, InetSocketAddress source) {
        DatagramChannel channel = connectTo(flow.local, source);
        ask(() -> onMove(flow, source, channel));
    }

    @Override
    public void close(Flow flow) {
        ask(() -> onClose(flow));
    }

    @Override
    public void useTunnel(Flow flow, Tunnel tunnel, long afterCounter) {
        throw new UnsupportedOperationException("later");
    }

    @Override
    public void inject(Flow flow, byte[] datagram) {
        throw new UnsupportedOperationException("later");
    }

    private void ask(Runnable request) {
        requests.add(request);
        selector.wakeup();
    }

    /** Stops the thread, waits for its end, and closes all sockets. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread that packets go through. */
    Thread thread() {
        return thread;
    }

    private void run() {
        try {
            while (!closing) {
                try {
                    doRound();
                } catch (IOException | RuntimeException | LinkageError unexpected) {
                    if (failureWarnings.allows()) {
                        tell("the media thread survived an internal error: " + unexpected);
                    }
                }
            }
        } finally {
            // Some may still bring a socket, to be closed with the others.
            doRequests();
            flows.flows().forEach(this::closeChannel);
            closeQuietly(sockets.shared());
            closeQuietly(selector);
        }
    }

    private void doRound() throws IOException {
        doRequests();
        roundHasTime = false;
        roundPackets = 0;
        selector.select(onReady);
        long pauseNs = pacer.pauseNsAfter(roundPackets);
        if (pauseNs > 0) {
            LockSupport.parkNanos(pauseNs);
        }
    }

    private void onReady(SelectionKey key) {
        if (!requests.isEmpty()) {
            // Asked for before this packet came: a client may send as soon as it is welcome.
            doRequests();
        }
        if (!roundHasTime) {
            roundNs = clock.nanoTime();
            roundHasTime = true;
        }
        Flow flow = (Flow) key.attachment();
        if (flow == null) {
            roundPackets += forwarder.takeFromShared(roundNs);
        } else if (flow.channel == key.channel()) {
            roundPackets += forwarder.takeFrom(flow, roundNs);
        }
    }

    private void doRequests() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }

    private void onOpen(Flow flow, DatagramChannel channel) {
        flows.add(flow, clock.nanoTime());
        adopt(channel, flow);
    }

    private void onMove(Flow flow, InetSocketAddress source, DatagramChannel channel) {
        closeChannel(flow);
        flows.move(flow, source);
        adopt(channel, flow);
    }

    private void onClose(Flow flow) {
        closeChannel(flow);
        flows.remove(flow);
    }

    /** A socket for one client, or {@code null} where the shared one has to do. On the control thread. */
    private DatagramChannel connectTo(InetAddress local, InetSocketAddress source) {
        if (source == null || clientSockets.get() >= maxClientSockets) {
            return null;
        }
        try {
            DatagramChannel channel = sockets.openFor(local, source);
            clientSockets.incrementAndGet();
            return channel;
        } catch (IOException | RuntimeException none) {
            if (socketWarnings.allows()) {
                tell("a client shares a socket with others, which is slower: " + none.getMessage());
            }
            return null;
        }
    }

    private void adopt(DatagramChannel channel, Flow flow) {
        if (channel == null) {
            return;
        }
        flow.channel = channel;
        forwarder.takeStrays(channel, clock.nanoTime());
        try {
            channel.register(selector, SelectionKey.OP_READ, flow);
        } catch (IOException | RuntimeException refused) {
            closeChannel(flow);
            throw new IllegalStateException("a client's socket cannot be watched", refused);
        }
    }

    private void closeChannel(Flow flow) {
        if (flow.channel != null) {
            closeQuietly(flow.channel);
            flow.channel = null;
            clientSockets.decrementAndGet();
        }
    }

    private void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception gone) {
            // what is to be closed is closed
        }
    }

    private void tell(String warning) {
        events.publish(new RelayEvent.Warning(warning));
    }
}
