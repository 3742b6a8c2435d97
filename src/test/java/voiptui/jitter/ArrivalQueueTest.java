package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.jitter.JitterBuffer.Playout;

class ArrivalQueueTest {

    private static final int HEADER_BYTES = 4;
    private static final int PAYLOAD_BYTES = 64;

    private final byte[] played = new byte[PAYLOAD_BYTES];

    /** A datagram whose payload bytes all hold its number. */
    private static void fill(ByteBuffer datagram, long number) {
        for (int at = HEADER_BYTES; at < datagram.limit(); at += Long.BYTES) {
            datagram.putLong(at, number * 0x9e3779b97f4a7c15L + at);
        }
    }

    private static boolean isWhole(byte[] payload, long number) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        for (int at = 0; at < payload.length; at += Long.BYTES) {
            if (bytes.getLong(at) != number * 0x9e3779b97f4a7c15L + at + HEADER_BYTES) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer datagram() {
        return ByteBuffer.allocateDirect(HEADER_BYTES + PAYLOAD_BYTES);
    }

    @Test
    void shouldDeliverPacketsInOrder() {
        ArrivalQueue queue = new ArrivalQueue(8, PAYLOAD_BYTES);
        JitterBuffer buffer = new JitterBuffer(8, 1, PAYLOAD_BYTES);
        ByteBuffer datagram = datagram();
        for (long number = 1; number <= 3; number++) {
            fill(datagram, number);
            assertThat(queue.offer(number, datagram, HEADER_BYTES)).isTrue();
        }
        fill(datagram, 99); // must not change the queued copy

        queue.drainTo(buffer);

        assertThat(buffer.depthFrames()).isEqualTo(3);
        buffer.endOfStream();
        for (long number = 1; number <= 3; number++) {
            assertThat(buffer.get(played)).isEqualTo(Playout.FRAME);
            assertThat(isWhole(played, number)).isTrue();
        }
    }

    @Test
    void shouldKeepTheLengthOfEachPayload() {
        ArrivalQueue queue = new ArrivalQueue(8, PAYLOAD_BYTES);
        JitterBuffer buffer = new JitterBuffer(8, 1, PAYLOAD_BYTES);
        ByteBuffer datagram = datagram();
        int[] lengths = {64, 0, 7, 1};
        for (int i = 0; i < lengths.length; i++) {
            datagram.put(HEADER_BYTES, (byte) (100 + i));
            assertThat(queue.offer(1 + i, datagram, HEADER_BYTES, lengths[i])).isTrue();
        }
        datagram.put(HEADER_BYTES, (byte) 99);

        queue.drainTo(buffer);
        buffer.endOfStream();
        for (int i = 0; i < lengths.length; i++) {
            played[0] = 5;
            assertThat(buffer.get(played)).isEqualTo(Playout.FRAME);
            assertThat(buffer.payloadBytes()).isEqualTo(lengths[i]);
            assertThat(played[0]).isEqualTo((byte) (lengths[i] == 0 ? 5 : 100 + i));
        }
    }

    @Test
    void shouldRefusePacketsWhenFullAndKeepTheOthers() {
        ArrivalQueue queue = new ArrivalQueue(4, PAYLOAD_BYTES);
        JitterBuffer buffer = new JitterBuffer(8, 1, PAYLOAD_BYTES);
        ByteBuffer datagram = datagram();
        for (long number = 1; number <= 4; number++) {
            assertThat(queue.offer(number, datagram, HEADER_BYTES)).isTrue();
        }
        assertThat(queue.offer(5, datagram, HEADER_BYTES)).isFalse();

        queue.drainTo(buffer);
        assertThat(buffer.depthFrames()).isEqualTo(4);
        assertThat(queue.offer(5, datagram, HEADER_BYTES)).isTrue();
    }

    @Test
    void shouldDrainAnEmptyQueue() {
        JitterBuffer buffer = new JitterBuffer(8, 1, PAYLOAD_BYTES);
        new ArrivalQueue(4, PAYLOAD_BYTES).drainTo(buffer);

        assertThat(buffer.depthFrames()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 63, -4})
    void shouldRequireAPowerOfTwo(int packets) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ArrivalQueue(packets, 1));
    }

    /** A million packets between two threads, each checked for order and for every byte of its content. */
    @Test
    @Timeout(60)
    void shouldNotLoseOrCorruptPacketsBetweenThreads() throws InterruptedException {
        int total = 1_000_000;
        ArrivalQueue queue = new ArrivalQueue(4, PAYLOAD_BYTES);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        Thread network = new Thread(
                () -> {
                    ByteBuffer datagram = datagram();
                    for (long number = 0; number < total && problem.get() == null; number++) {
                        fill(datagram, number);
                        while (!queue.offer(number, datagram, HEADER_BYTES) && problem.get() == null) {
                            Thread.yield();
                        }
                    }
                },
                "offers");
        network.setDaemon(true);
        network.setUncaughtExceptionHandler((thread, failure) -> problem.set(failure));
        network.start();

        // As large as the queue and always drained, so that it never overflows.
        JitterBuffer buffer = new JitterBuffer(16, 1, PAYLOAD_BYTES);
        long next = 0;
        while (next < total && problem.get() == null) {
            queue.drainTo(buffer);
            if (buffer.depthFrames() == 0) {
                Thread.yield();
                continue;
            }
            buffer.endOfStream();
            while (buffer.get(played) == Playout.FRAME) {
                if (!isWhole(played, next)) {
                    problem.set(new AssertionError("packet " + next + " came torn or out of order"));
                }
                next++;
            }
        }
        network.join();

        assertThat(problem.get()).isNull();
        assertThat(next).isEqualTo(total);
        assertThat(buffer.discarded()).isZero();
    }
}
