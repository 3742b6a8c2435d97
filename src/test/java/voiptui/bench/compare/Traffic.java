package voiptui.bench.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The packets of all calls through one server. One thread sends, another receives. */
final class Traffic implements AutoCloseable {

    // Offsets in an RTP header (RFC 3550, 5.1), in bytes.
    private static final int SEQUENCE_AT = 2;
    private static final int TIMESTAMP_AT = 4;
    private static final int SSRC_AT = 8;

    private static final int RTP_VERSION_2 = 0x80;
    private static final int TIMESTAMP_STEP = 160;
    private static final long PAUSE_NS = 50_000;
    private static final int MAX_BYTES = 2_048;

    /** One direction of a call: its sockets, and the next packet. */
    private static final class Flow {
        private final Call.End from;
        private final ByteBuffer packet;
        private int sequence;

        private Flow(Call.End from, int ssrc) {
            this.from = from;
            packet = ByteBuffer.allocateDirect(from.prefix.length + CompareLoad.PACKET_BYTES);
            packet.put(from.prefix).put((byte) RTP_VERSION_2).putInt(from.prefix.length + SSRC_AT, ssrc);
        }

        private void send() throws IOException {
            int start = from.prefix.length;
            packet.clear();
            packet.putShort(start + SEQUENCE_AT, (short) ++sequence)
                    .putInt(start + TIMESTAMP_AT, sequence * TIMESTAMP_STEP);
            from.send(packet);
        }
    }

    private final List<Flow> flows = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final AtomicLong received = new AtomicLong();
    private final Thread receiver = new Thread(this::receive, "bench-receive");

    /** Starts to receive; the calls are set up. */
    Traffic(List<Call> calls) throws IOException {
        for (Call call : calls) {
            for (Call.End end : List.of(call.caller, call.callee)) {
                flows.add(new Flow(end, 1 + flows.size()));
                end.channel.configureBlocking(false);
                end.channel.register(selector, SelectionKey.OP_READ);
            }
        }
        receiver.start();
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_BYTES);
        try {
            while (selector.isOpen()) {
                selector.select(key -> drain((DatagramChannel) key.channel(), buffer));
            }
        } catch (IOException | ClosedSelectorException closed) {
            // the end
        }
    }

    private void drain(DatagramChannel channel, ByteBuffer buffer) {
        try {
            while (channel.read(buffer.clear()) > 0) {
                received.incrementAndGet();
            }
        } catch (IOException refused) {
            // what is missing shows in the sum
        }
    }

    /** Sends for a time, each packet at its own moment; returns how many were sent. */
    long send(int perSecond, long forNs) throws IOException {
        long startNs = System.nanoTime();
        long sent = 0;
        for (long passedNs = 0; passedNs < forNs; passedNs = System.nanoTime() - startNs) {
            long due = passedNs * perSecond / 1_000_000_000L;
            for (; sent < due; sent++) {
                flows.get((int) (sent % flows.size())).send();
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return sent;
    }

    /** Returns the number of packets that have arrived since the start. */
    long received() {
        return received.get();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        selector.close();
        receiver.join();
    }
}
