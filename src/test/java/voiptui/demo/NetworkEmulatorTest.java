package voiptui.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.demo.network.ImpairedPath;
import voiptui.testkit.V2Bind;

/** The emulator between two sockets; the test drops and delays at will. */
class NetworkEmulatorTest {

    private static final int SOON_MS = 5_000;
    private static final double LOST = -1;

    /** The fates of the next packets: delays in milliseconds. */
    private final Queue<double[]> fates = new ConcurrentLinkedQueue<>();

    private final AtomicLong nowNs = new AtomicLong();

    private final ImpairedPath path = new ImpairedPath() {
        private double[] fate;
        private long sentNs;

        @Override
        public int send(long atNs, int bytes) {
            sentNs = atNs;
            fate = fates.remove();
            return fate[0] == LOST ? 0 : fate.length;
        }

        @Override
        public long arrivalNs(int copy) {
            return sentNs + (long) (fate[copy] * 1e6);
        }
    };

    private DatagramSocket relay;
    private DatagramSocket client;
    private NetworkEmulator emulator;
    private InetSocketAddress relaysPeer;

    @BeforeEach
    void connect() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        relay = new DatagramSocket(0, loopback);
        client = new DatagramSocket(0, loopback);
        relay.setSoTimeout(SOON_MS);
        client.setSoTimeout(SOON_MS);
        emulator = new NetworkEmulator(new InetSocketAddress(loopback, relay.getLocalPort()), path, nowNs::get);
        client.connect(new InetSocketAddress(loopback, emulator.port()));
        send(client, null, "hello");
        DatagramPacket hello = new DatagramPacket(new byte[100], 100);
        relay.receive(hello);
        assertThat(text(hello)).isEqualTo("hello");
        relaysPeer = (InetSocketAddress) hello.getSocketAddress();
    }

    @AfterEach
    void close() {
        emulator.close();
        relay.close();
        client.close();
    }

    private static void send(DatagramSocket socket, InetSocketAddress to, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        if (to != null) {
            packet.setSocketAddress(to);
        }
        socket.send(packet);
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    private String receive() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        return text(packet);
    }

    private void fromRelay(String text, double... delaysMs) throws Exception {
        fates.add(delaysMs);
        send(relay, relaysPeer, text);
    }

    @Test
    void shouldDropAndDuplicateAsThePathSays() throws Exception {
        fromRelay("one", 0);
        assertThat(receive()).isEqualTo("one");
        fromRelay("two", LOST);
        fromRelay("three", 0, 0);
        assertThat(receive()).isEqualTo("three");
        assertThat(receive()).isEqualTo("three");
        assertThat(emulator.counts()).isEqualTo(new DemoCall.NetworkCounts(3, 1));
    }

    @Test
    void shouldDeliverInTheOrderOfArrival() throws Exception {
        fromRelay("slow", 50);
        fromRelay("fast", 0);

        assertThat(receive()).isEqualTo("fast");
        nowNs.set(50_000_000);
        assertThat(receive()).isEqualTo("slow");
    }

    @Test
    void shouldPassAnswersToBindsAtOnce() throws Exception {
        // No fate is left: the path is not asked.
        byte[] answer = new V2Bind("0123456789abcdef", 1, V2Bind.NO_COOKIE, 0, relaysPeer, V2Bind.MIN_BYTES)
                .signed("00".repeat(32));
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        send(relay, relaysPeer, text);

        assertThat(receive()).isEqualTo(text);
        assertThat(emulator.counts()).isEqualTo(new DemoCall.NetworkCounts(0, 0));
    }

    @Test
    void shouldDeliverNothingAfterClosing() throws Exception {
        fromRelay("slow", 200);
        emulator.close();
        client.setSoTimeout(1);

        try {
            receive();
            throw new AssertionError("delivered after closing");
        } catch (SocketTimeoutException | PortUnreachableException expected) {
            assertThat(emulator.counts().dropped()).isZero();
        }
    }
}
