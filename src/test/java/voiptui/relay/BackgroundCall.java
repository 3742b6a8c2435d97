package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import voiptui.testkit.ClassicPeer;

/** A classic call in the background of a test: 50 packets a second in each direction, each compared byte for byte. */
final class BackgroundCall implements AutoCloseable {

    private static final long PACKET_NS = 20_000_000L;

    private final ClassicPeer a;
    private final ClassicPeer b;
    private final Thread thread = new Thread(this::run, "background-call");
    private volatile boolean stopping;
    private volatile int sent;
    private volatile int arrived;

    private BackgroundCall(ClassicPeer a, ClassicPeer b) {
        this.a = a;
        this.b = b;
    }

    /** Registers both ends and begins to send. */
    static BackgroundCall begin(RelayHarness harness, String one, String other) {
        ClassicPeer a = harness.peer(one);
        ClassicPeer b = harness.peer(other);
        assertThat(a.hello(other)).isEqualTo("WELCOME");
        assertThat(b.hello(one)).isEqualTo("WELCOME");
        BackgroundCall call = new BackgroundCall(a, b);
        call.thread.start();
        return call;
    }

    private void run() {
        long nextNs = System.nanoTime();
        for (int sequence = 0; !stopping; sequence++) {
            byte[] fromA = ClassicPeer.packet(sequence);
            byte[] fromB = ClassicPeer.packet(sequence + 1_000_000);
            a.send(fromA);
            b.send(fromB);
            sent += 2;
            arrived += arrives(b, fromA) + arrives(a, fromB);
            nextNs += PACKET_NS;
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
    }

    private static int arrives(ClassicPeer to, byte[] packet) {
        return to.receive(RelayHarness.PATIENCE_MS)
                        .filter(received -> Arrays.equals(received, packet))
                        .isPresent()
                ? 1
                : 0;
    }

    /** Returns the packets sent so far. */
    int sent() {
        return sent;
    }

    /** Ends the call and checks that every packet arrived in order and unchanged. */
    void assertNothingLost() {
        close();
        assertThat(arrived)
                .as("packets that arrived of %d", sent)
                .isEqualTo(sent)
                .isPositive();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(2 * RelayHarness.PATIENCE_MS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
