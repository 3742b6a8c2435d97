package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.RelaySocket;
import voiptui.time.NanoClock;

class NioSocketsTest {

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final Counters counters = new Counters();
    private final FlowTable flows = new FlowTable();
    private final NioSockets io = new NioSockets(counters);

    @Test
    void shouldReadNoMoreThanABatch() throws IOException {
        MediaSockets sockets = MediaSockets.openShared(loopback, 0);
        Forwarder forwarder = new Forwarder(
                flows,
                new BindHandler(new SourceOwnership(flows, evicted -> {}), counters, new IgnoringMediaListener()),
                io,
                new SenderLimitLog(new EventBus(), NanoClock.SYSTEM),
                counters,
                sender -> {});
        try (DatagramSocket flood = new DatagramSocket(0, loopback)) {
            RelaySocket socket = new RelaySocket(sockets.shared(), loopback, false);
            for (int i = 0; i < 80; i++) {
                flood.send(new DatagramPacket(new byte[9], 9, sockets.address()));
            }
            assertThat(io.takeWithSenders(socket, socket, 32, forwarder, 0)).isEqualTo(32);
            assertThat(counters.get(Counter.DROPPED_UNREGISTERED)).isEqualTo(32);
            assertThat(io.takeWithSenders(socket, socket, 100, forwarder, 0)).isEqualTo(48);
        } finally {
            sockets.shared().close();
        }
    }

    @ParameterizedTest(name = "{0} clients: {1}")
    @CsvSource({"-1, 32", "0, 32", "32, 32", "100, 100", "5000, 256"})
    void shouldReadAsManyAtOnceAsClientsShareTheSocket(int clients, int batch) {
        assertThat(NioSockets.batchFor(clients)).isEqualTo(batch);
    }
}
