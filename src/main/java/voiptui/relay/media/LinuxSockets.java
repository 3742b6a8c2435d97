package voiptui.relay.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.relay.media.linux.ErrorBatch;
import voiptui.relay.media.linux.LibC;
import voiptui.relay.media.linux.LinuxSocket;
import voiptui.relay.media.linux.ReceiveBatch;
import voiptui.relay.media.linux.SendBatch;
import voiptui.relay.media.linux.SocketPoll;
import voiptui.relay.media.socket.AddressTable;
import voiptui.relay.media.socket.LocalEnd;
import voiptui.relay.media.socket.PackedAddress;
import voiptui.time.NanoClock;

/**
 * Reads and writes up to {@value #BATCH} datagrams with one call of the system, through one socket for all clients of a media thread, or one
 * for each address to listen on. Finds a sender's flow by its address as numbers. Linux only.
 */
final class LinuxSockets implements DatagramBatch {

    /** The most datagrams read or sent by one call. */
    static final int BATCH = 64;

    /** The most batches read from one socket before the others, and requests, get their turn. */
    private static final int MAX_BATCHES = 4;
    /** The most relay addresses remembered that datagrams came to; a machine has few, but 127.0.0.0/8 has many. */
    private static final int MAX_ENDS = 256;

    /** One of the relay's addresses, and the number of the socket that serves it, which is the same for all media threads. */
    private static final class End extends LocalEnd {
        final int socket;
        final PackedAddress packed;

        End(int socket, InetAddress local) {
            super(local);
            this.socket = socket;
            this.packed = PackedAddress.of(local, 0);
        }
    }

    /** Where a flow's datagrams go to: what its addresses are as numbers. Any media thread may use it. */
    static final class Route {
        private final InetSocketAddress source;
        private final InetAddress local;
        private final PackedAddress to;
        private final PackedAddress from;
        private final int socket;

        private Route(InetSocketAddress source, InetAddress local, int socket) {
            this.source = source;
            this.local = local;
            this.to = PackedAddress.of(source);
            this.from = PackedAddress.of(local, 0);
            this.socket = socket;
        }
    }

    private final class Counting implements SendBatch.Results {
        @Override
        public void onSent(int datagrams, long bytes) {
            counters.add(Counter.FORWARDED, datagrams);
            counters.add(Counter.FORWARDED_BYTES, bytes);
        }

        @Override
        public void onFailed(boolean noRoom, boolean isAnswer) {
            counters.increment(noRoom && !isAnswer ? Counter.DROPPED_SEND_BUFFER_FULL : Counter.DROPPED_SEND_FAILED);
        }
    }

    private final LibC libC;
    private final List<LinuxSocket> sockets;
    private final List<End> boundEnds = new ArrayList<>();
    private final AddressTable<End> ends = new AddressTable<>();
    private final SocketPoll poll;
    private final ReceiveBatch received = new ReceiveBatch(BATCH, Forwarder.MAX_SEALED_BYTES + 1);
    private final SendBatch outgoing = new SendBatch(BATCH, new Counting());
    private final ErrorBatch errors = new ErrorBatch();
    private final ByteBuffer copy = ByteBuffer.allocateDirect(Forwarder.MAX_SEALED_BYTES + 1);
    /** The flows of this thread. */
    private final AddressTable<Flow> served = new AddressTable<>();
    /** All flows. */
    private final FlowTable flows;

    private final Counters counters;
    private final NanoClock clock;
    private final Owner owner;
    /** Created once: a method reference in the loop would allocate. */
    private final Supplier<InetSocketAddress> sender = this::senderOfCurrent;

    /** The datagrams of {@link #received} that have not been passed on begin here and end at {@link #end}. */
    private int next;

    private int end;
    /** When {@link #received} was read, or passed on. */
    private long readNs;

    private int current;
    private int currentSocket;

    /**
     * Takes over sockets.
     *
     * @param sockets the thread's, in the order of the addresses to listen on
     * @throws IOException if the system refuses
     */
    LinuxSockets(LibC libC, List<LinuxSocket> sockets, FlowTable flows, Counters counters, NanoClock clock, Owner owner)
            throws IOException {
        this.libC = libC;
        this.sockets = sockets;
        this.flows = flows;
        this.counters = counters;
        this.clock = clock;
        this.owner = owner;
        this.poll = new SocketPoll(libC, sockets);
        for (int i = 0; i < sockets.size(); i++) {
            InetAddress local = sockets.get(i).local();
            boundEnds.add(local == null ? null : new End(i, local));
        }
    }

    @Override
    public String text() {
        return "in batches of " + BATCH;
    }

    @Override
    public void onThreadStarted() {
        libC.hurryThisThread();
    }

    @Override
    public void onLocalAddresses(Collection<InetAddress> listed) {}

    @Override
    public void wakeup() {
        poll.wakeup();
    }

    @Override
    public void open(Flow flow) {}

    @Override
    public void serve(Flow flow, InetSocketAddress source) {
        served.put(PackedAddress.of(source), flow);
    }

    @Override
    public void forget(Flow flow, InetSocketAddress source) {
        served.remove(PackedAddress.of(source), flow);
    }

    @Override
    public void release(Flow flow) {}

    @Override
    public void close(Flow flow) {}

    @Override
    public int await(boolean mayWait, Forwarder forwarder) {
        poll.await(mayWait);
        int taken = 0;
        for (int i = 0; i < sockets.size(); i++) {
            if (poll.hasErrors(i)) {
                takeErrors(sockets.get(i));
            }
            if (poll.isReadable(i)) {
                taken += take(i, MAX_BATCHES * BATCH, forwarder);
            }
        }
        return taken;
    }

    /** Passes on up to {@code limit} datagrams from a socket; returns how many. */
    private int take(int socket, int limit, Forwarder forwarder) {
        int taken = 0;
        int count;
        do {
            count = received.read(sockets.get(socket), Math.min(BATCH, limit - taken));
            currentSocket = socket;
            next = 0;
            end = count;
            // Requested before these datagrams came: a client may send as soon as it is welcomed.
            owner.doRequests();
            passOn(forwarder);
            outgoing.flush();
            forwarder.onSent(readNs, count);
            taken += count;
        } while (count == BATCH && taken < limit);
        return taken;
    }

    /** Passes on what has been read. A request may do that, too, before it changes the flows. */
    private void passOn(Forwarder forwarder) {
        long nowNs = clock.nanoTime();
        readNs = nowNs;
        while (next < end) {
            current = next++;
            Flow flow =
                    served.get(received.senderHigh(current), received.senderLow(current), received.senderPort(current));
            forwarder.onArrival(flow, sender, endOfCurrent(), received.datagram(current), nowNs);
        }
    }

    private InetSocketAddress senderOfCurrent() {
        return received.sender(current).unpacked();
    }

    private End endOfCurrent() {
        End bound = boundEnds.get(currentSocket);
        if (bound != null) {
            return bound;
        }
        long high = received.destinationHigh(current);
        long low = received.destinationLow(current);
        End known = ends.get(high, low, 0);
        return known == null ? newEnd(new PackedAddress(high, low, 0, 0)) : known;
    }

    private End newEnd(PackedAddress address) {
        if (ends.size() == MAX_ENDS) {
            ends.clear();
        }
        End created = new End(currentSocket, address.address());
        ends.put(address, created);
        return created;
    }

    private void takeErrors(LinuxSocket socket) {
        int count = errors.read(socket);
        counters.add(Counter.DROPPED_UNREACHABLE, count);
        for (int i = 0; i < count; i++) {
            if (errors.isRefused(i)) {
                Flow flow = receiver(errors.receiverHigh(i), errors.receiverLow(i), errors.receiverPort(i));
                if (flow != null) {
                    flow.status.onUnreachable();
                }
            }
        }
    }

    /** Returns the flow at an address, whichever thread has it: the system chooses a socket for errors by another rule. */
    private @Nullable Flow receiver(long high, long low, int port) {
        Flow own = served.get(high, low, port);
        return own == null ? flows.find(new PackedAddress(high, low, port, 0).unpacked()) : own;
    }

    @Override
    public void takeArrived(Flow flow, InetAddress local, Forwarder forwarder) {
        passOn(forwarder);
        outgoing.flush();
        int socket = socketAt(local);
        for (int taken = 0, count = BATCH; count == BATCH && taken < MAX_DRAINED; taken += count) {
            count = received.read(sockets.get(socket), BATCH);
            currentSocket = socket;
            next = 0;
            end = count;
            passOn(forwarder);
            outgoing.flush();
        }
    }

    @Override
    public void takeTunnelled(Flow flow, byte[] datagram, Forwarder forwarder) {
        forwarder.onTunnelled(flow, DatagramBatch.copy(datagram, copy), clock.nanoTime());
        outgoing.flush();
    }

    @Override
    public void takePassedOn(
            BindSessions.Session session,
            byte[] datagram,
            InetSocketAddress from,
            LocalEnd arrivedAt,
            Forwarder forwarder) {
        forwarder.onPassedOn(session, DatagramBatch.copy(datagram, copy), from, arrivedAt, clock.nanoTime());
        outgoing.flush();
    }

    @Override
    public int send(Flow receiver, ByteBuffer datagram) {
        InetSocketAddress source = receiver.source;
        if (source == null) {
            return FAILED;
        }
        InetAddress local = receiver.local;
        Route route = receiver.route;
        if (route == null || route.source != source || route.local != local) {
            route = new Route(source, local, socketAt(local));
            receiver.route = route;
        }
        outgoing.add(sockets.get(route.socket), route.to, route.from, datagram, false);
        return QUEUED;
    }

    private int socketAt(InetAddress local) {
        for (int i = 0; i < sockets.size(); i++) {
            if (local.equals(sockets.get(i).local())) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public int answer(LocalEnd arrivedAt, InetSocketAddress to, ByteBuffer datagram) {
        End at = (End) arrivedAt;
        outgoing.add(sockets.get(at.socket), PackedAddress.of(to), at.packed, datagram, true);
        return QUEUED;
    }

    @Override
    public void close() {
        poll.close();
        sockets.forEach(LinuxSocket::close);
        received.free();
        outgoing.free();
        errors.free();
    }
}
