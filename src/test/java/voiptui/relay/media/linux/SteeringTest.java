package voiptui.relay.media.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwjgl.system.MemoryUtil;
import voiptui.net.IpText;
import voiptui.relay.media.socket.MediaSockets;
import voiptui.relay.media.socket.PackedAddress;

class SteeringTest {

    private static final int THREADS = 3;
    private static final int SENDERS = 40;

    @ParameterizedTest(name = "bound to {0}, from {1}")
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", ", 127.0.0.1", ", 127.0.0.77", ", ::1"})
    void shouldChooseTheThreadThatTheSystemChooses(@Nullable String bound, String from) throws IOException {
        MediaSockets sockets = MediaSockets.openShared(bound == null ? null : ip(bound), 0);
        SocketGroups groups = SocketGroups.open(sockets, true, THREADS);
        ReceiveBatch received = new ReceiveBatch(2 * SENDERS, 100);
        try {
            sockets.shared().close();
            if (groups.steering().threads() == 1) {
                // A system that cannot do this says so.
                assertThat(groups.whyOneThread()).isNotEmpty();
                return;
            }
            InetAddress relay = bound == null ? loopbackLike(from) : ip(bound);
            for (int i = 0; i < SENDERS; i++) {
                try (DatagramSocket sender = new DatagramSocket(0, ip(from))) {
                    sender.send(new DatagramPacket(
                            new byte[9], 9, relay, sockets.address().getPort()));
                    // Delivered when send returns.
                    PackedAddress address = PackedAddress.of(new InetSocketAddress(ip(from), sender.getLocalPort()));
                    int expected = groups.steering().threadOf(address);
                    for (int thread = 0; thread < THREADS; thread++) {
                        int count = received.read(groups.of(thread).get(0), SENDERS);
                        assertThat(count)
                                .as("%s at thread %d, not %d", address, thread, expected)
                                .isEqualTo(thread == expected ? 1 : 0);
                        if (count == 1) {
                            assertThat(groups.steering()
                                            .threadOf(
                                                    received.senderHigh(0),
                                                    received.senderLow(0),
                                                    received.senderPort(0)))
                                    .isEqualTo(thread);
                        }
                    }
                }
            }
        } finally {
            received.free();
            groups.close(0);
        }
    }

    private static InetAddress loopbackLike(String address) {
        return ip(address.contains(":") ? "::1" : "127.0.0.1");
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }

    /** As a load generator, or many clients behind one address, have them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void shouldSpreadConsecutivePorts(int threads) {
        int ports = 8_000;
        int[] counts = new int[threads];
        Steering steering = Steering.among(threads);
        for (int i = 0; i < ports; i++) {
            counts[steering.threadOf(PackedAddress.of(ip("192.0.2.1"), 20_000 + i))]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(ports / threads * 8 / 10, ports / threads * 12 / 10);
        }
    }

    @Test
    void shouldHaveOneThreadReadEverythingWhereTheSystemRefusesTheRule() throws IOException {
        Steering broken = new Steering(THREADS, new SplittableRandom(1)) {
            @Override
            void putProgram(long at) {
                MemoryUtil.memPutShort(at, (short) 0);
            }
        };
        MediaSockets sockets = MediaSockets.openShared(InetAddress.getLoopbackAddress(), 0);
        SocketGroups groups = SocketGroups.open(sockets, true, broken);
        ReceiveBatch received = new ReceiveBatch(2 * SENDERS, 100);
        try {
            sockets.shared().close();
            assertThat(groups.whyOneThread()).isEqualTo("the system refuses SO_ATTACH_REUSEPORT_CBPF");
            assertThat(groups.steering().threads()).isEqualTo(1);
            for (int i = 0; i < SENDERS; i++) {
                try (DatagramSocket sender = new DatagramSocket()) {
                    sender.send(new DatagramPacket(new byte[9], 9, sockets.address()));
                }
            }
            assertThat(received.read(groups.of(0).get(0), 2 * SENDERS)).isEqualTo(SENDERS);
        } finally {
            received.free();
            groups.close(0);
        }
    }

    @Test
    void shouldHaveOneThreadReadEverythingWhereThereIsOne() throws IOException {
        MediaSockets sockets = MediaSockets.openShared(InetAddress.getLoopbackAddress(), 0);
        SocketGroups groups = SocketGroups.open(sockets, true, 1);
        try {
            sockets.shared().close();
            assertThat(groups.whyOneThread()).isEmpty();
            assertThat(groups.steering().threadOf(PackedAddress.of(ip("192.0.2.1"), 9)))
                    .isZero();
            assertThat(groups.of(0)).hasSize(1);
        } finally {
            groups.close(0);
        }
    }
}
