package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UdpTransportTest {

    private static String receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength()) + " from port " + packet.getPort();
    }

    private static ByteBuffer datagram(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    @Test
    void shouldDropWhatTheSystemHasNoRoomForInsteadOfWaiting() throws Exception {
        try (DatagramSocket relay = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                UdpTransport transport =
                        UdpTransport.open(null, 0, (InetSocketAddress) relay.getLocalSocketAddress())) {
            assertThat(transport.isBlocking()).isFalse();
            transport.follow(InetAddress.getByName("127.0.0.2"));
            assertThat(transport.isBlocking()).isFalse();
        }
        assertThat(UdpTransport.outcome(0, 1768)).isEqualTo(DatagramTransport.UNAVAILABLE);
        assertThat(UdpTransport.outcome(1768, 1768)).isEqualTo(1768);
    }

    @Test
    void shouldReceiveOneDatagramAfterTheOtherAndWakeWhenClosed() throws Exception {
        try (DatagramSocket relay = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                UdpTransport transport =
                        UdpTransport.open(null, 0, (InetSocketAddress) relay.getLocalSocketAddress())) {
            InetSocketAddress here = new InetSocketAddress("127.0.0.1", transport.localPort());
            for (int bytes : new int[] {3, 0, 7}) {
                relay.send(new DatagramPacket(new byte[bytes], bytes, here));
            }
            for (int bytes : new int[] {3, 0, 7}) {
                assertThat(transport.receive(ByteBuffer.allocate(10))).isEqualTo(bytes);
            }
            int[] result = {0};
            Thread reader = new Thread(() -> result[0] = transport.receive(ByteBuffer.allocate(10)));
            reader.start();
            while (reader.getState() != Thread.State.RUNNABLE && reader.isAlive()) {
                Thread.onSpinWait();
            }
            transport.close();
            reader.join();
            assertThat(result[0]).isEqualTo(DatagramTransport.CLOSED);
        }
    }

    @Test
    void shouldGoOnFromTheSamePortWithAnotherAddressOfTheHost() throws Exception {
        InetAddress moved = InetAddress.getByName("127.0.0.2");
        try (DatagramSocket first = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                DatagramSocket second = new DatagramSocket(new InetSocketAddress(moved, first.getLocalPort()));
                UdpTransport transport =
                        UdpTransport.open(null, 0, (InetSocketAddress) first.getLocalSocketAddress())) {
            int port = transport.localPort();
            transport.send(datagram("one"));
            assertThat(receive(first)).isEqualTo("one from port " + port);

            transport.follow(moved);
            transport.send(datagram("two"));
            assertThat(receive(second)).isEqualTo("two from port " + port);
            assertThat(transport.localPort()).isEqualTo(port);
            second.send(new DatagramPacket(new byte[] {'3'}, 1, new InetSocketAddress("127.0.0.1", port)));
            ByteBuffer answer = ByteBuffer.allocate(10);
            assertThat(transport.receive(answer)).isEqualTo(1);
        }
    }

    @Test
    void shouldWakeAReaderWithoutEndingItsWorkWhenTheAddressChanges() throws Exception {
        try (DatagramSocket relay = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                UdpTransport transport =
                        UdpTransport.open(null, 0, (InetSocketAddress) relay.getLocalSocketAddress())) {
            int[] result = {0};
            Thread reader = new Thread(() -> result[0] = transport.receive(ByteBuffer.allocate(10)));
            reader.start();
            transport.follow(InetAddress.getByName("127.0.0.2"));
            // Whichever came first: a datagram ends the wait on the new socket.
            try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.2", relay.getLocalPort()))) {
                while (reader.isAlive()) {
                    other.send(new DatagramPacket(
                            new byte[1], 1, new InetSocketAddress("127.0.0.1", transport.localPort())));
                    reader.join(10);
                }
            }
            assertThat(result[0]).isNotEqualTo(DatagramTransport.CLOSED);
            transport.close();
            assertThat(transport.receive(ByteBuffer.allocate(10))).isEqualTo(DatagramTransport.CLOSED);
        }
    }
}
