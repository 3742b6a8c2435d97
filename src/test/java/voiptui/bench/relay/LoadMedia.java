package voiptui.bench.relay;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import voiptui.testkit.V2Bind;

/**
 * The UDP traffic of many clients: binds, and 50 RTP packets a second from each client in a call.
 *
 * <p>A thread sends, evenly over each 20 ms, and another one receives.
 */
final class LoadMedia implements AutoCloseable {

    private static final int TURNS = 20;
    private static final long TURN_NS = 1_000_000;
    private static final int PACKET_BYTES = 72;
    private static final int STAMP_AT = 12;
    private static final int TALKING_BIND_TURNS = 500;
    private static final int IDLE_BIND_TURNS = 15_000;

    /**
     * How often the pair of sockets speaks that has no relay in between: its packets show what this program and the
     * machine add.
     */
    private static final int DIRECT_TURNS = 5;

    private final List<Sender> senders = new CopyOnWriteArrayList<>();
    private final DelayHistogram delays = new DelayHistogram();
    private final DelayHistogram directDelays = new DelayHistogram();
    private final DatagramChannel directFrom = DatagramChannel.open(StandardProtocolFamily.INET);
    private final DatagramChannel directTo = DatagramChannel.open(StandardProtocolFamily.INET);
    private final Selector selector;
    private final Thread sending = new Thread(this::send, "load-send");
    private final Thread receiving = new Thread(this::receive, "load-receive");
    private final ByteBuffer out = ByteBuffer.allocateDirect(PACKET_BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(2_048);
    private volatile boolean talks;
    private volatile boolean inCalls;
    private volatile boolean closed;
    private volatile long sent;
    private volatile long received;

    LoadMedia() throws IOException {
        selector = Selector.open();
        directTo.bind(new InetSocketAddress("127.4.0.1", 0));
        directTo.configureBlocking(false);
        directTo.register(selector, SelectionKey.OP_READ);
        directFrom.bind(new InetSocketAddress("127.4.0.2", 0));
        directFrom.connect(directTo.getLocalAddress());
        sending.start();
        receiving.start();
    }

    /** Opens a client's socket and keeps it bound; a client in a call sends once all do. */
    void add(LoadClient client, InetSocketAddress relay, boolean isToTalk) throws IOException {
        JsonObject welcome = client.welcome.join();
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 256 * 1024);
        channel.bind(new InetSocketAddress(client.ip, 0));
        channel.connect(
                new InetSocketAddress(relay.getAddress(), welcome.get("udpPort").getAsInt()));
        channel.configureBlocking(false);
        Sender sender = new Sender(
                channel,
                welcome.get("udpSession").getAsString(),
                welcome.get("udpKey").getAsString(),
                isToTalk);
        selector.wakeup();
        channel.register(selector, SelectionKey.OP_READ, sender);
        senders.add(sender);
    }

    /** How many sockets the relay leads media to. */
    long bound() {
        return senders.stream().filter(sender -> sender.active).count();
    }

    /** Starts or stops sending media. */
    void talk(boolean on) {
        inCalls = true;
        talks = on;
    }

    /** Media packets sent so far. */
    long sent() {
        return sent;
    }

    /** Media packets received so far. */
    long received() {
        return received;
    }

    /** How long they were under way. */
    DelayHistogram delays() {
        return delays;
    }

    /** How long packets were under way that went past the relay: what of {@link #delays} is not the relay's. */
    DelayHistogram directDelays() {
        return directDelays;
    }

    /** Forgets all delays so far. */
    void clearDelays() {
        delays.clear();
        directDelays.clear();
    }

    private void send() {
        long turn = 0;
        long nextNs = System.nanoTime();
        while (!closed) {
            List<Sender> all = senders;
            int size = all.size();
            for (int i = (int) (turn % TURNS); i < size; i += TURNS) {
                sendFrom(all.get(i), turn);
            }
            if (talks && turn % DIRECT_TURNS == 0) {
                sendDirect();
            }
            turn++;
            nextNs += TURN_NS;
            while (nextNs - System.nanoTime() > 0 && !closed) {
                LockSupport.parkNanos(nextNs - System.nanoTime());
            }
        }
    }

    private void sendFrom(Sender sender, long turn) {
        try {
            if (turn >= sender.nextBindTurn
                    || inCalls && sender.isToTalk && (turn + sender.spread) % TALKING_BIND_TURNS < TURNS) {
                sender.nextBindTurn = turn + (sender.active ? IDLE_BIND_TURNS : 100 + sender.spread);
                sender.channel.write(
                        ByteBuffer.wrap(V2Bind.request(sender.session, ++sender.counter, sender.cookie, true)
                                .signed(sender.key)));
            }
            if (talks && sender.isToTalk) {
                sender.sequence++;
                out.clear();
                out.putShort((short) 0x806f).putShort((short) sender.sequence).putInt(sender.sequence * 960);
                out.putInt(sender.ssrc).putLong(System.nanoTime());
                out.position(PACKET_BYTES).flip();
                sender.channel.write(out);
                sent++;
            }
        } catch (IOException refused) {
            // counted as lost where it was a media packet
        }
    }

    private void sendDirect() {
        try {
            out.clear().putLong(STAMP_AT, System.nanoTime());
            directFrom.write(out);
        } catch (IOException lost) {
            // it is missing among the delays, which is no harm
        }
    }

    private void receive() {
        try {
            while (!closed) {
                // A socket that is added while this waits is noticed when it waits again.
                selector.select(this::onReadable, 100);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void onReadable(SelectionKey key) {
        if (key.attachment() instanceof Sender sender) {
            read(sender);
        } else {
            readDirect();
        }
    }

    private void readDirect() {
        try {
            while (directTo.receive(in.clear()) != null) {
                directDelays.add(System.nanoTime() - in.getLong(STAMP_AT));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void read(Sender sender) {
        try {
            while (sender.channel.read(in.clear()) > 0) {
                in.flip();
                if ((in.get(0) & 0xc0) == 0x80) {
                    received++;
                    delays.add(System.nanoTime() - in.getLong(STAMP_AT));
                } else if (in.limit() >= V2Bind.MIN_BYTES) {
                    sender.cookie = HexFormat.of().toHexDigits(in.getLong(20));
                    sender.active = in.get(28) == 1;
                }
            }
        } catch (IOException refused) {
            // nobody there: the packets are missing in the sum
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        selector.wakeup();
        sending.join();
        receiving.join();
        for (Sender sender : senders) {
            sender.channel.close();
        }
        directFrom.close();
        directTo.close();
        selector.close();
    }

    private static final class Sender {

        private static final AtomicInteger SSRCS = new AtomicInteger(1_000);

        private final DatagramChannel channel;
        private final String session;
        private final String key;
        private final boolean isToTalk;
        private final int ssrc = SSRCS.incrementAndGet();
        /** Keeps the clients from doing everything at the same moment. */
        private final int spread = ssrc * TURNS * 7 % TALKING_BIND_TURNS;

        private long counter;
        private long nextBindTurn;
        private int sequence;
        private volatile String cookie = V2Bind.NO_COOKIE;
        private volatile boolean active;

        Sender(DatagramChannel channel, String session, String key, boolean isToTalk) {
            this.channel = channel;
            this.session = session;
            this.key = key;
            this.isToTalk = isToTalk;
        }
    }
}
