package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.relay.media.measure.FlowStats;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.time.NanoClock;

/** Requests are queued before the thread starts, so that their order against the packets does not depend on timing. */
class MediaLoopTest {

    private static final int RECEIVE_TIMEOUT_MS = 20_000;
    private static final byte[] DATAGRAM = {9, 8, 7, 6, 5, 4, 3, 2, 1};

    /** How datagrams are read and written. */
    private enum Way {
        ONE_BY_ONE(UdpBatch.OFF, 3),
        ONE_BY_ONE_THROUGH_ONE_SOCKET(UdpBatch.OFF, 0),
        BATCHES(UdpBatch.ON, 0);

        private final UdpBatch batch;
        private final int clientSockets;

        Way(UdpBatch batch, int clientSockets) {
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

    /** The control thread announces a move before the media thread has carried it out. */
    @ParameterizedTest
    @EnumSource
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
                MediaLoop loop = loop(sockets, Way.ONE_BY_ONE)) {
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

    private static MediaLoop loop(MediaSockets sockets, Way way) throws IOException {
        return new MediaLoop(
                sockets,
                new MediaLimits(way.clientSockets, SenderRate.DEFAULT, way.batch),
                new Counters(),
                new EventBus(),
                NanoClock.SYSTEM,
                new IgnoringMediaListener());
    }

    private interface Script {
        void run(MediaLoop loop, InetSocketAddress relay, DatagramSocket speaker, Flow from, Flow to)
                throws IOException;
    }

    private void assertForwarded(Way way, Script script) throws IOException {
        assertForwarded(0, way, script);
    }

    private void assertForwarded(int others, Way way, Script script) throws IOException {
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        try (DatagramSocket speaker = new DatagramSocket(0, loopback);
                DatagramSocket listener = new DatagramSocket(0, loopback);
                MediaLoop loop = loop(sockets, way)) {
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
