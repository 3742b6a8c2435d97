package voiptui.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.time.NanoClock;

/**
 * The thread {@code relay-media}: waits for packets, does in between what the control thread asks, and owns every UDP
 * socket and every {@link Flow}.
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
    private final EventLimit warnings;
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    /** Made once: a method reference in the loop would be a new object for each round. */
    private final Consumer<SelectionKey> onReady = this::onReady;
    private final Thread thread = new Thread(this::run, "relay-media");
    private volatile boolean closing;
    private boolean roundHasTime;
    private long roundNs;
    private int roundPackets;
    private int clientSockets;

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
        this.warnings = new EventLimit(1, WARNING_INTERVAL_NS, clock);
        this.selector = Selector.open();
        sockets.shared().register(selector, SelectionKey.OP_READ);
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    @Override
    public void open(Flow flow) {
        ask(() -> onOpen(flow));
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
        ask(() -> onMove(flow, source));
    }

    @Override
    public void close(Flow flow) {
        ask(() -> onClose(flow));
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
                    warn("the media thread survived an internal error: " + unexpected);
                }
            }
        } finally {
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

    private void onOpen(Flow flow) {
        flows.add(flow, clock.nanoTime());
        openChannel(flow);
    }

    private void onMove(Flow flow, InetSocketAddress source) {
        closeChannel(flow);
        flows.move(flow, source);
        openChannel(flow);
    }

    private void onClose(Flow flow) {
        closeChannel(flow);
        flows.remove(flow);
    }

    private void openChannel(Flow flow) {
        if (clientSockets >= maxClientSockets || flow.source == null) {
            return;
        }
        DatagramChannel channel = null;
        try {
            channel = sockets.openFor(flow.local, flow.source);
            forwarder.takeStrays(channel, clock.nanoTime());
            channel.register(selector, SelectionKey.OP_READ, flow);
            flow.channel = channel;
            clientSockets++;
        } catch (IOException | RuntimeException none) {
            closeQuietly(channel);
            warn("a client shares a socket with others, which is slower: " + none.getMessage());
        }
    }

    private void closeChannel(Flow flow) {
        if (flow.channel != null) {
            closeQuietly(flow.channel);
            flow.channel = null;
            clientSockets--;
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

    private void warn(String text) {
        if (warnings.allows()) {
            events.publish(new RelayEvent.Warning(text));
        }
    }
}
