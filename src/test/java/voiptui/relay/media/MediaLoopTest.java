package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.time.NanoClock;

/** Requests are queued before the thread starts, so that their order against the packets does not depend on timing. */
class MediaLoopTest {

    private static final int RECEIVE_TIMEOUT_MS = 20_000;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @ParameterizedTest(name = "with {0} sockets for clients")
    @ValueSource(ints = {0, 2})
    void shouldForwardWhatArrivedBeforeTheCallEnded(int clientSockets) throws IOException {
        assertForwardedBefore(clientSockets, (loop, speaker, listener) -> {
            loop.drain(speaker);
            loop.unpair(speaker, listener);
            loop.close(speaker);
        });
    }

    @ParameterizedTest(name = "with {0} sockets for clients")
    @ValueSource(ints = {0, 2})
    void shouldForwardWhatArrivedBeforeAClientMoved(int clientSockets) throws IOException {
        assertForwardedBefore(
                clientSockets,
                (loop, speaker, listener) -> loop.move(speaker, new InetSocketAddress(loopback, 40_000)));
    }

    private interface Request {
        void on(MediaLoop loop, Flow speaker, Flow listener);
    }

    private void assertForwardedBefore(int clientSockets, Request request) throws IOException {
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        try (DatagramSocket speaker = new DatagramSocket(0, loopback);
                DatagramSocket listener = new DatagramSocket(0, loopback);
                MediaLoop loop = new MediaLoop(
                        sockets,
                        clientSockets,
                        new Counters(),
                        new EventBus(),
                        NanoClock.SYSTEM,
                        sender -> {},
                        (session, source) -> {})) {
            Flow from = flowOf(speaker);
            Flow to = flowOf(listener);
            loop.open(from);
            loop.open(to);
            loop.pair(from, to);
            byte[] datagram = {9, 8, 7, 6, 5, 4, 3, 2, 1};
            speaker.send(new DatagramPacket(datagram, datagram.length, sockets.address()));

            request.on(loop, from, to);
            loop.start();

            listener.setSoTimeout(RECEIVE_TIMEOUT_MS);
            DatagramPacket received = new DatagramPacket(new byte[100], 100);
            listener.receive(received);
            assertThat(Arrays.copyOf(received.getData(), received.getLength())).isEqualTo(datagram);
        }
    }

    private Flow flowOf(DatagramSocket client) {
        return new Flow(loopback, loopback, new InetSocketAddress(loopback, client.getLocalPort()), new FlowStats());
    }
}
