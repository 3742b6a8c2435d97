package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.event.Subscription;
import voiptui.protocol.BindDatagram;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.time.NanoClock;

/** Requests are queued before the thread starts, so that their order against the packets does not depend on timing. */
class MediaThreadsTest {

    private static final int RECEIVE_TIMEOUT_MS = 20_000;
    private static final long SESSION = 0x0102_0304_0506_0708L;
    private static final byte[] DATAGRAM = {9, 8, 7, 6, 5, 4, 3, 2, 1};

    /** How datagrams are read and written. */
    private enum Way {
        ONE_BY_ONE(UdpBatch.OFF, 3, 1),
        ONE_BY_ONE_THROUGH_ONE_SOCKET(UdpBatch.OFF, 0, 1),
        BATCHES(UdpBatch.ON, 0, 1),
        FOUR_THREADS(UdpBatch.ON, 0, 4);

        private final UdpBatch batch;
        private final int clientSockets;

        private final int threads;

        Way(UdpBatch batch, int clientSockets, int threads) {
            this.threads = threads;
            this.batch = batch;
            this.clientSockets = clientSockets;
        }
    }

    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @EnumSource
    void shouldForwardWhatArrivedBeforeTheCallEnded(Way way) throws IOException {
        assertForwarded(way, (loop, relay, speaker, from, to) -> {
            send(speaker, relay);
            loop.drain(from);
            loop.unpair(from, to);
            loop.close(from);
        });
    }

    /** A client's end of transmission is the last of what waits in a socket when its DISCONNECT has come. */
    @ParameterizedTest
    @EnumSource
    void shouldForwardAllThatArrivedBeforeAClientLeft(Way way) throws IOException {
        byte[] filler = {1, 2, 3, 4, 5, 6, 7, 8};
        int fillers = 60;
        assertForwarded(fillers, way, (loop, relay, speaker, from, to) -> {
            for (int i = 0; i < fillers; i++) {
                speaker.send(new DatagramPacket(filler, filler.length, relay));
            }
            send(speaker, relay);
            loop.drain(from);
            loop.unpair(from, to);
            loop.close(from);
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldForwardWhatArrivedBeforeAClientMoved(Way way) throws IOException {
        assertForwarded(way, (loop, relay, speaker, from, to) -> {
            send(speaker, relay);
            loop.move(from, new InetSocketAddress(loopback, 40_000));
        });
    }

    /**
     * The control thread announces a move before the media thread has carried it out. With several threads, what the next one
     * reads before the former has let go of the flow is a stranger's.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOUR_THREADS")
    void shouldForwardWhatArrivedFromTheNewAddressBeforeTheMove(Way way) throws IOException {
        try (DatagramSocket elsewhere = new DatagramSocket(0, loopback)) {
            assertForwarded(way, (loop, relay, speaker, from, to) -> {
                loop.move(from, addressOf(elsewhere));
                send(elsewhere, relay);
            });
        }
    }

    /** A new client's socket is emptied in turns, however much has gathered there. */
    @Test
    void shouldServeOthersBeforeANewClientsSocketIsEmpty() throws IOException {
        byte[] flood = {1, 2, 3, 4, 5, 6, 7, 8};
        // More than a turn, and fewer than the smallest buffer of a client's socket holds.
        int flooded = NioSockets.MIN_BATCH + 8;
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        try (DatagramSocket flooder = new DatagramSocket(0, loopback);
                DatagramSocket speaker = new DatagramSocket(0, loopback);
                DatagramSocket listener = new DatagramSocket(0, loopback);
                MediaThreads loop = loop(sockets, Way.ONE_BY_ONE)) {
            Flow first = new Flow(loopback, loopback, addressOf(flooder), new FlowStats());
            Flow second = new Flow(loopback, loopback, addressOf(speaker), new FlowStats());
            Flow to = new Flow(loopback, loopback, addressOf(listener), new FlowStats());
            loop.open(first);
            loop.open(second);
            loop.open(to);
            loop.route(first, List.of(to));
            loop.route(second, List.of(to));
            for (int i = 0; i < flooded; i++) {
                flooder.send(new DatagramPacket(flood, flood.length, sockets.address()));
            }
            send(speaker, sockets.address());
            loop.start();

            listener.setSoTimeout(RECEIVE_TIMEOUT_MS);
            DatagramPacket received = new DatagramPacket(new byte[100], 100);
            int before = 0;
            int after = 0;
            for (boolean spoken = false; !spoken || before + after < flooded; ) {
                received.setLength(100);
                listener.receive(received);
                boolean isFlood = received.getLength() == flood.length;
                spoken |= !isFlood;
                before += isFlood && !spoken ? 1 : 0;
                after += isFlood && spoken ? 1 : 0;
            }
            assertThat(before).isLessThanOrEqualTo(NioSockets.MIN_BATCH);
        }
    }

    /** Each address is read by a thread that chance chooses, so nearly every move is a hand-over. */
    @ParameterizedTest
    @EnumSource
    void shouldForwardEverythingInOrderWhileAClientMoves(Way way) throws Exception {
        int packets = 40;
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        try (DatagramSocket listener = new DatagramSocket(0, loopback);
                MediaThreads loop = loop(sockets, way)) {
            Flow from = new Flow(loopback, loopback, null, new FlowStats());
            Flow to = new Flow(loopback, loopback, addressOf(listener), new FlowStats());
            loop.start();
            loop.open(from);
            loop.open(to);
            loop.pair(from, to);
            listener.setSoTimeout(RECEIVE_TIMEOUT_MS);
            int sequence = 0;
            for (int move = 0; move < 10; move++) {
                try (DatagramSocket speaker = new DatagramSocket(0, loopback)) {
                    loop.move(from, addressOf(speaker));
                    awaitHandOver(loop);
                    for (int i = 0; i < packets; i++) {
                        byte[] packet = {0, 0, 0, (byte) sequence++, 1, 2, 3};
                        speaker.send(new DatagramPacket(packet, packet.length, sockets.address()));
                    }
                    DatagramPacket received = new DatagramPacket(new byte[100], 100);
                    for (int i = sequence - packets; i < sequence; i++) {
                        listener.receive(received);
                        assertThat(received.getData()[3]).isEqualTo((byte) i);
                    }
                }
            }
            awaitHandOver(loop);
            assertThat(from.status.packets()).isEqualTo(sequence);
        }
    }

    /** A client that roams: its binds, and then its media, come from addresses that other threads read. */
    @ParameterizedTest
    @EnumSource
    void shouldFollowAClientThatProvesItsAddresses(Way way) throws Exception {
        AtomicLong nowNs = new AtomicLong();
        BlockingQueue<InetSocketAddress> bound = new LinkedBlockingQueue<>();
        Counters counters = new Counters();
        byte[] key = new byte[32];
        List<DatagramSocket> speakers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            speakers.add(new DatagramSocket(0, loopback));
        }
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        try (DatagramSocket listener = new DatagramSocket(0, loopback);
                MediaThreads loop = loop(sockets, way, counters, nowNs::get, bound::add)) {
            Flow from = new Flow(loopback, loopback, new FlowStats(), new Binding(SESSION, key));
            Flow to = new Flow(loopback, loopback, addressOf(listener), new FlowStats());
            loop.start();
            loop.open(from);
            loop.open(to);
            loop.pair(from, to);
            listener.setSoTimeout(RECEIVE_TIMEOUT_MS);
            DatagramPacket received = new DatagramPacket(new byte[100], 100);
            long counter = 0;
            for (int move = 0; move < 8; move++) {
                nowNs.addAndGet(1_000_000_000L);
                // A round that has begun goes by the time before.
                awaitHandOver(loop);
                // Open until the end, so that none has the port of another.
                DatagramSocket speaker = speakers.get(move);
                speaker.setSoTimeout(RECEIVE_TIMEOUT_MS);
                byte[] first = request(++counter, BindDatagram.NO_COOKIE, false, key);
                speaker.send(new DatagramPacket(first, first.length, sockets.address()));
                received.setLength(100);
                speaker.receive(received);
                long cookie = BindDatagram.cookie(ByteBuffer.wrap(received.getData()));
                byte[] second = request(++counter, cookie, true, key);
                speaker.send(new DatagramPacket(second, second.length, sockets.address()));
                assertThat(bound.poll(RECEIVE_TIMEOUT_MS, TimeUnit.MILLISECONDS))
                        .isEqualTo(addressOf(speaker));
                loop.move(from, addressOf(speaker));
                // A used counter is not taken again, whichever thread has the flow.
                speaker.send(new DatagramPacket(second, second.length, sockets.address()));
                awaitHandOver(loop);
                send(speaker, sockets.address());
                received.setLength(100);
                listener.receive(received);
                assertThat(Arrays.copyOf(received.getData(), received.getLength()))
                        .isEqualTo(DATAGRAM);
            }
            awaitHandOver(loop);
            assertThat(counters.get(Counter.BINDS_ANSWERED)).isEqualTo(16);
            assertThat(counters.get(Counter.BINDS_REFUSED)).isEqualTo(8);
            assertThat(counters.get(Counter.ARRIVED)).isEqualTo(32);
            assertThat(counters.get(Counter.FORWARDED)).isEqualTo(8);
            assertThat(from.status.packets()).isEqualTo(8);
        } finally {
            speakers.forEach(DatagramSocket::close);
        }
    }

    /** A client that leaves its tunnel for UDP, at an address that another thread reads. */
    @ParameterizedTest
    @EnumSource
    void shouldSendThroughATunnelUntilItsClientHasAnAddress(Way way) throws Exception {
        BlockingQueue<Integer> tunnelled = new LinkedBlockingQueue<>();
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        try (DatagramSocket listener = new DatagramSocket(0, loopback);
                DatagramSocket speaker = new DatagramSocket(0, loopback);
                MediaThreads loop = loop(sockets, way)) {
            Flow from = new Flow(loopback, loopback, addressOf(speaker), new FlowStats());
            Flow to = new Flow(loopback, loopback, new FlowStats(), new Binding(SESSION, new byte[32]));
            loop.start();
            loop.open(from);
            loop.open(to);
            loop.pair(from, to);
            loop.useTunnel(to, datagram -> tunnelled.add(datagram.remaining()), 0);
            awaitHandOver(loop);
            send(speaker, sockets.address());
            assertThat(tunnelled.poll(RECEIVE_TIMEOUT_MS, TimeUnit.MILLISECONDS))
                    .isEqualTo(DATAGRAM.length);

            loop.move(to, addressOf(listener));
            awaitHandOver(loop);
            send(speaker, sockets.address());
            listener.setSoTimeout(RECEIVE_TIMEOUT_MS);
            listener.receive(new DatagramPacket(new byte[100], 100));
            assertThat(tunnelled).isEmpty();

            loop.useTunnel(to, datagram -> tunnelled.add(datagram.remaining()), 0);
            loop.move(to, addressOf(listener));
            awaitHandOver(loop);
            send(speaker, sockets.address());
            listener.receive(new DatagramPacket(new byte[100], 100));
            assertThat(tunnelled).isEmpty();
        }
    }

    @Test
    void shouldSayWhyThereIsOneThreadOnly() throws IOException {
        EventBus events = new EventBus();
        Subscription published = events.subscribe();
        for (ThreadCount wanted : List.of(ThreadCount.of(1), new ThreadCount(2, false), ThreadCount.of(2))) {
            MediaThreads loop = new MediaThreads(
                    MediaSockets.openShared(loopback, 0),
                    new MediaLimits(0, SenderRate.DEFAULT, UdpBatch.OFF, wanted),
                    new Counters(),
                    events,
                    NanoClock.SYSTEM,
                    new IgnoringMediaListener());
            loop.start();
            loop.close();
            assertThat(loop.threads()).hasSize(1);
        }
        assertThat(published.poll())
                .isEqualTo(new RelayEvent.Warning("one media thread instead of 2: datagrams are read one by one"));
        assertThat(published.poll()).isNull();
    }

    private static byte[] request(long counter, long cookie, boolean active, byte[] key) {
        ByteBuffer request = ByteBuffer.allocate(BindDatagram.MIN_BYTES);
        BindDatagram.putRequest(
                request, BindDatagram.MIN_BYTES, SESSION, counter, cookie, active, new BindDatagram.Key(key));
        return request.array();
    }

    /** Returns when a move is over: first the former thread lets go of the flow, then the next takes it. */
    private static void awaitHandOver(MediaThreads loop) throws Exception {
        for (int i = 0; i < 2; i++) {
            loop.heartbeat().get(RECEIVE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private static MediaThreads loop(
            MediaSockets sockets, Way way, Counters counters, NanoClock clock, Consumer<InetSocketAddress> bound)
            throws IOException {
        return new MediaThreads(
                sockets,
                new MediaLimits(way.clientSockets, SenderRate.DEFAULT, way.batch, ThreadCount.of(way.threads)),
                counters,
                new EventBus(),
                clock,
                new MediaListener() {
                    @Override
                    public void onBound(long session, InetSocketAddress source) {
                        bound.accept(source);
                    }

                    @Override
                    public void onUnknownSource(InetSocketAddress sender) {
                        // nobody is behind a NAT
                    }
                });
    }

    private static MediaThreads loop(MediaSockets sockets, Way way) throws IOException {
        return new MediaThreads(
                sockets,
                new MediaLimits(way.clientSockets, SenderRate.DEFAULT, way.batch, ThreadCount.of(way.threads)),
                new Counters(),
                new EventBus(),
                NanoClock.SYSTEM,
                new IgnoringMediaListener());
    }

    private interface Script {
        void run(MediaThreads loop, InetSocketAddress relay, DatagramSocket speaker, Flow from, Flow to)
                throws IOException;
    }

    private void assertForwarded(Way way, Script script) throws IOException {
        assertForwarded(0, way, script);
    }

    private void assertForwarded(int others, Way way, Script script) throws IOException {
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        try (DatagramSocket speaker = new DatagramSocket(0, loopback);
                DatagramSocket listener = new DatagramSocket(0, loopback);
                MediaThreads loop = loop(sockets, way)) {
            Flow from = new Flow(loopback, loopback, addressOf(speaker), new FlowStats());
            Flow to = new Flow(loopback, loopback, addressOf(listener), new FlowStats());
            loop.open(from);
            loop.open(to);
            loop.pair(from, to);

            script.run(loop, sockets.address(), speaker, from, to);
            loop.start();

            listener.setSoTimeout(RECEIVE_TIMEOUT_MS);
            DatagramPacket received = new DatagramPacket(new byte[100], 100);
            for (int i = 0; i <= others; i++) {
                received.setLength(100);
                listener.receive(received);
            }
            assertThat(Arrays.copyOf(received.getData(), received.getLength())).isEqualTo(DATAGRAM);
        }
    }

    private static void send(DatagramSocket from, InetSocketAddress to) throws IOException {
        from.send(new DatagramPacket(DATAGRAM, DATAGRAM.length, to));
    }

    private InetSocketAddress addressOf(DatagramSocket socket) {
        return new InetSocketAddress(loopback, socket.getLocalPort());
    }
}
