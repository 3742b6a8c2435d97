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
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import voiptui.event.EventBus;
import voiptui.event.SessionEvent;
import voiptui.net.UdpChannels;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramTransport;
import voiptui.net.IpText;
import voiptui.protocol.BindDatagram;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/**
 * The way of a call's media: a UDP socket connected to the relay, or the line's TLS connection.
 *
 * <p>A thread of its own, {@code voiptui-path}, reads the socket, keeps the path alive ({@link PathMachine}) and hands over
 * what comes, through whichever way. Any thread sends: straight into the socket, or into the connection's queue.
 */
final class MediaTransport implements MediaPath, PathEffects {

    /** What a path asks of the line. Called on the path's thread; must not wait. */
    interface Owner {

        /** Say that media should come through the connection. */
        void onTunnelWanted(long after);

        /** This machine speaks from another address than the connection does. */
        void onAddressChanged();

        /** The port that the user wants cannot be had. */
        void onNoPort(String problem);
    }

    /** What is sent by, all of it at one moment. */
    private record Route(SessionEvent.MediaPath way, DatagramChannel channel) {}

    /** A datagram that came through the connection. */
    private record Tunnelled(ByteBuffer datagram, long arrivalNs) {}

    /** A little over a second of media; who takes longer to look has lost the call anyway. */
    private static final int TUNNELLED_DATAGRAMS = 64;
    /** Then time and tasks have their turn again, whoever sends however much. */
    private static final int READS_IN_A_ROW = 64;

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
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BindDatagram.MIN_BYTES);
    private final Consumer<SelectionKey> onReadable = key -> readAll();

    private volatile DatagramHandler handler;
    private volatile Route route = new Route(SessionEvent.MediaPath.NONE, null);
    private volatile TlsConnection connection;
    private volatile boolean closed;

    // Of the path's thread alone.
    private DatagramChannel channel;
    private InetSocketAddress relay;
    private long session;
    private BindDatagram.Key key;
    private InetAddress lineAddress;
    private InetAddress lastAddress;

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

    /** The relay took us, through {@code line}. Any thread. */
    void onLineUp(RelayMessage.Welcome welcome, TlsConnection line) {
        connection = line;
        post(() -> {
            relay = new InetSocketAddress(
                    config.relay().getAddress(), config.relayUdpPort() > 0 ? config.relayUdpPort() : welcome.udpPort());
            session = Long.parseUnsignedLong(welcome.udpSession(), 16);
            key = new BindDatagram.Key(BindDatagram.bytes(welcome.udpKey()));
            lineAddress = line.localAddress();
            machine.onLineUp(
                    session,
                    lastAddress != null && lineAddress != null && !lastAddress.equals(lineAddress),
                    clock.nanoTime());
        });
    }

    /** The connection is gone. Any thread. */
    void onLineDown() {
        connection = null;
        post(() -> machine.onLineDown(clock.nanoTime()));
    }

    /** A datagram came through {@code line}; dropped when nobody takes them, or it is not the one that we are signed in by. */
    void onTunnelled(TlsConnection line, byte[] datagram) {
        if (line == connection && tunnelled.offer(new Tunnelled(ByteBuffer.wrap(datagram), clock.nanoTime()))) {
            selector.wakeup();
        }
    }

    @Override
    public void deliverTo(DatagramHandler newHandler) {
        handler = newHandler;
    }

    @Override
    public void setInCall(boolean inCall) {
        post(() -> machine.setInCall(inCall, clock.nanoTime()));
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
        if (now.way() == SessionEvent.MediaPath.TUNNEL) {
            TlsConnection line = connection;
            return line == null ? DatagramTransport.UNAVAILABLE : line.sendMedia(datagram);
        }
        if (now.way() == SessionEvent.MediaPath.NONE || now.channel() == null) {
            return DatagramTransport.UNAVAILABLE;
        }
        try {
            int sent = now.channel().write(datagram);
            return sent > 0 ? sent : DatagramTransport.UNAVAILABLE;
        } catch (IOException notNow) {
            // Refused, or replaced meanwhile: either way the machine finds out, and mends it.
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
                // "Nobody listens there" answers one of ours, and counts as no answer.
                continue;
            }
            incoming.flip();
            long arrivalNs = clock.nanoTime();
            if (BindDatagram.isAnswer(incoming)) {
                onAnswer(arrivalNs);
            } else {
                machine.onMedia(arrivalNs);
                deliver(incoming, arrivalNs);
            }
        }
    }

    private void onAnswer(long arrivalNs) {
        if (BindDatagram.session(incoming) == session
                && incoming.remaining() == BindDatagram.MIN_BYTES
                && key.verifies(incoming)) {
            machine.onAnswer(
                    BindDatagram.counter(incoming),
                    BindDatagram.cookie(incoming),
                    BindDatagram.isActive(incoming),
                    IpText.of(BindDatagram.seenAs(incoming)),
                    arrivalNs);
        }
    }

    private void deliver(ByteBuffer datagram, long arrivalNs) {
        DatagramHandler taker = handler;
        if (taker != null) {
            taker.onDatagram(datagram, arrivalNs);
        }
    }

    @Override
    public void bind(long counter, long cookie) {
        if (channel == null) {
            return;
        }
        outgoing.clear();
        BindDatagram.putRequest(outgoing, BindDatagram.MIN_BYTES, session, counter, cookie, true, key);
        try {
            channel.write(outgoing);
        } catch (IOException notNow) {
            // counts as no answer
        }
    }

    @Override
    public void reopen() {
        DatagramChannel before = channel;
        channel = null;
        try {
            if (config.localPort() > 0 && before != null) {
                before.close();
                // The selector lets go of the port only when it looks at its sockets again.
                selector.selectNow(key -> {});
            }
            channel = open();
            InetAddress address = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
            boolean moved = lastAddress != null && !lastAddress.equals(address);
            lastAddress = address;
            if (moved && lineAddress != null && !lineAddress.equals(address)) {
                owner.onAddressChanged();
            }
        } catch (BindException taken) {
            if (lastAddress == null && config.localPort() > 0) {
                owner.onNoPort("UDP port " + config.localPort()
                        + " is taken: choose another --port, or leave it out for any free one");
            }
        } catch (IOException noNetwork) {
            // tried again soon
        }
        route = new Route(route.way(), channel);
        close(before);
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel opened = UdpChannels.connect(config.bind(), config.localPort(), relay);
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
        owner.onTunnelWanted(after);
    }

    @Override
    public void route(SessionEvent.MediaPath way) {
        route = new Route(way, channel);
    }

    @Override
    public void publish(SessionEvent event) {
        bus.publish(event);
    }

    /** Ends the thread and closes the socket. Any thread; does not wait. */
    void close() {
        closed = true;
        selector.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            closeSelector();
        }
    }

    /** Waits for the thread to end, {@code timeoutMs} at the most. */
    void join(long timeoutMs) throws InterruptedException {
        thread.join(timeoutMs);
    }

    private void closeChannel() {
        close(channel);
        channel = null;
    }

    private static void close(DatagramChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            // it is closed either way
        }
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException gone) {
            // it is closed either way
        }
    }
}
