package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.Counter;
import voiptui.relay.V2RelayHarness.Phone;
import voiptui.testkit.RawTlsClient;

/**
 * A call with copies and retransmissions passes the relay unharmed, by UDP and through tunnels: each second 50 packets of
 * 400 bytes, 50 retransmissions in bursts as NACKs ask for them, and 10 RTCP packets.
 */
@Timeout(120)
class RepairTrafficIT {

    private static final int SECONDS = 3;
    private static final int FRAMES = SECONDS * 50;
    private static final long FRAME_NS = 20_000_000;
    private static final int MEDIA_BYTES = 400;
    private static final int RTCP_BYTES = 120;
    /** One generic NACK asks for up to 17 packets; three of them make the 50 of a second. */
    private static final int BURST = 17;

    private static final int FRAMES_BETWEEN_BURSTS = 17;
    private static final int FRAMES_BETWEEN_RTCP = 5;

    @ParameterizedTest(name = "tunnel from the sender: {0}, to the receiver: {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void shouldForwardEverything(boolean tunnelFrom, boolean tunnelTo) throws Exception {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            Phone a = relay.boundPhone("127.0.0.2", "anna");
            Phone b = relay.boundPhone("127.0.0.3", "bert");
            relay.call(a, "bert");
            if (tunnelFrom) {
                TunnelIT.tunnel(relay, a);
            }
            if (tunnelTo) {
                TunnelIT.tunnel(relay, b);
            }
            CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> receive(b, tunnelTo));

            int sent = send(a, tunnelFrom);

            assertThat(sent).as("110 a second").isBetween(320, 340);
            assertThat(result(received)).isEqualTo(sent);
            for (Counter dropped : Counter.values()) {
                if (dropped.name().startsWith("DROPPED")) {
                    assertThat(relay.harness.count(dropped)).as(dropped.name()).isZero();
                }
            }
        }
    }

    private static int result(CompletableFuture<Integer> received)
            throws InterruptedException, ExecutionException, TimeoutException {
        return received.get(60, TimeUnit.SECONDS);
    }

    /** Sends in real time and then a packet that ends the stream; returns how many were sent. */
    private static int send(Phone from, boolean tunnel) throws IOException {
        int sent = 0;
        long startNs = System.nanoTime();
        for (int frame = 0; frame < FRAMES; frame++) {
            send(from, tunnel, sent++, MEDIA_BYTES);
            if (frame % FRAMES_BETWEEN_RTCP == 0) {
                send(from, tunnel, sent++, RTCP_BYTES);
            }
            if (frame % FRAMES_BETWEEN_BURSTS == 0) {
                for (int i = 0; i < BURST; i++) {
                    send(from, tunnel, sent++, MEDIA_BYTES);
                }
            }
            LockSupport.parkNanos(startNs + (frame + 1) * FRAME_NS - System.nanoTime());
        }
        send(from, tunnel, -1, MEDIA_BYTES);
        return sent;
    }

    private static void send(Phone from, boolean tunnel, int number, int bytes) throws IOException {
        byte[] packet =
                ByteBuffer.allocate(bytes).put((byte) 0x80).putInt(number).array();
        if (tunnel) {
            from.connection().send(RawTlsClient.MEDIA, packet);
        } else {
            from.udp().send(packet);
        }
    }

    /** Counts until the stream ends; the packets must come in order. */
    private static int receive(Phone to, boolean tunnel) {
        int received = 0;
        int last = -1;
        while (true) {
            try {
                byte[] packet = tunnel
                        ? to.connection().hearMedia()
                        : to.udp().receiveMedia(V2RelayHarness.PATIENCE_MS).orElseThrow();
                int number = ByteBuffer.wrap(packet).getInt(1);
                if (number < 0) {
                    return received;
                }
                assertThat(number).isGreaterThan(last);
                last = number;
                received++;
            } catch (IOException broken) {
                throw new AssertionError("after " + received + " packets", broken);
            }
        }
    }
}
