package voiptui.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.relay.media.linux.LibC;
import voiptui.relay.media.linux.LinuxSocket;
import voiptui.relay.media.linux.ReceiveBatch;
import voiptui.relay.media.linux.SendBatch;
import voiptui.relay.media.linux.SocketPoll;
import voiptui.relay.media.socket.PackedAddress;
import voiptui.rtp.ClassicPacket;

/**
 * One socket for all phones, which differ by their addresses in 127.0.0.0/8 and share a port: 64 datagrams with one call of the system,
 * so that the bench leaves the processors to the relay. The system notes when each arrives, so that it does not count how long this
 * program takes to read it. Linux, with a relay on this machine.
 */
final class BatchPhoneSockets implements PhoneSockets {

    private static final int BATCH = 64;
    /** Each is stamped when it is written; the last of these leaves some 40 µs later. */
    private static final int SEND_BATCH = 16;

    /** How long datagrams gather while many come; they wait in the system, which has noted when each arrived. */
    private static final long PAUSE_NS = 1_000_000;

    private static final int MANY = 8;
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;
    /** With less room, packets would be lost here rather than in the relay. */
    private static final int MIN_BUFFER_BYTES = 1024 * 1024;

    /** What a phone's datagrams need on their way. */
    private record Route(PackedAddress to, PackedAddress from) {}

    private static final class Ignoring implements SendBatch.Results {
        @Override
        public void onSent(int datagrams, long bytes) {}

        @Override
        public void onFailed(boolean noRoom, boolean isAnswer) {}
    }

    private final LinuxSocket socket;
    private final SocketPoll poll;
    private final int port;
    private final SendBatch outgoing = new SendBatch(SEND_BATCH, new Ignoring());
    private final ReceiveBatch arrived = new ReceiveBatch(BATCH, ClassicPacket.MAX_DATAGRAM_BYTES);
    private final ByteBuffer[] buffers = new ByteBuffer[SEND_BATCH];
    private int waiting;
    /** By the index of their address. Replaced when one is added. */
    private volatile @Nullable MediaPhone[] phones = new MediaPhone[0];

    private BatchPhoneSockets(LibC libC, LinuxSocket socket, int port) throws IOException {
        this.port = port;
        this.socket = socket;
        this.poll = new SocketPoll(libC, List.of(socket));
        Arrays.setAll(buffers, i -> ByteBuffer.allocateDirect(ClassicPacket.MAX_DATAGRAM_BYTES));
    }

    /**
     * Opens the socket.
     *
     * @param port the port of all phones, free
     * @throws IOException if the system refuses, or grants too small a buffer
     * @throws UnsatisfiedLinkError if this is not Linux, or the libraries are missing
     */
    static BatchPhoneSockets onPort(int port) throws IOException {
        // First of all: it finds the libraries.
        LibC libC = LibC.load();
        LinuxSocket socket = LinuxSocket.open(libC, new InetSocketAddress("0.0.0.0", port), BUFFER_BYTES);
        try {
            if (socket.receiveBufferBytes() / 2 < MIN_BUFFER_BYTES) {
                throw new IOException("the system grants too small a buffer");
            }
            socket.stampArrivals();
            socket.sendWhole();
            return new BatchPhoneSockets(libC, socket, port);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    @Override
    public synchronized int open(MediaPhone phone) {
        PackedAddress from = PackedAddress.of(Objects.requireNonNull(phone.from), 0);
        phone.route = new Route(PackedAddress.of(phone.relay), from);
        int index = LoopbackAddresses.indexOf((int) from.low());
        @Nullable MediaPhone[] more = Arrays.copyOf(phones, Math.max(phones.length, index + 1));
        more[index] = phone;
        phones = more;
        return port;
    }

    @Override
    public ByteBuffer buffer() {
        if (waiting == SEND_BATCH) {
            flush();
        }
        return buffers[waiting].clear();
    }

    @Override
    public void send(MediaPhone phone) {
        Route route = (Route) Objects.requireNonNull(phone.route);
        outgoing.add(socket, route.to, route.from, buffers[waiting++], false);
    }

    @Override
    public void flush() {
        outgoing.flush();
        waiting = 0;
    }

    @Override
    public void receive(Receiver receiver) {
        poll.await(true);
        int taken = 0;
        int count;
        do {
            count = arrived.read(socket, BATCH);
            @Nullable MediaPhone[] known = phones;
            for (int i = 0; i < count; i++) {
                int index = LoopbackAddresses.indexOf((int) arrived.destinationLow(i));
                MediaPhone phone = index >= 0 && index < known.length ? known[index] : null;
                if (phone != null) {
                    receiver.onDatagram(phone, arrived.datagram(i), arrived.arrivedNs(i));
                }
            }
            taken += count;
        } while (count == BATCH);
        if (taken >= MANY) {
            // Otherwise the relay would have to wake this thread for each of its own batches.
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void wakeup() {
        poll.wakeup();
    }

    @Override
    public void close() {
        poll.close();
        socket.close();
        outgoing.free();
        arrived.free();
    }
}
