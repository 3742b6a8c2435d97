package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Arrivals;

class ArrivalQueueTest {

    private static final int HEADER_BYTES = 4;
    private static final int PAYLOAD_BYTES = 64;

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
        ByteBuffer datagram = datagram();
        for (long number = 1; number <= 3; number++) {
            fill(datagram, number);
            assertThat(queue.offer(1, number, 0, PacketOrigin.ORIGINAL, datagram, HEADER_BYTES, PAYLOAD_BYTES))
                    .isTrue();
        }
        fill(datagram, 99); // must not change the queued copy

        List<Arrivals.Packet> packets = Arrivals.of(queue);

        assertThat(packets).extracting(Arrivals.Packet::timestamp).containsExactly(1L, 2L, 3L);
        assertThat(packets).allMatch(packet -> isWhole(packet.payload(), packet.timestamp()));
    }

    @Test
    void shouldKeepWhatBelongsToEachPacket() {
        ArrivalQueue queue = new ArrivalQueue(8, PAYLOAD_BYTES);
        ByteBuffer datagram = datagram();
        int[] lengths = {64, 0, 7, 1};
        PacketOrigin[] origins = {
            PacketOrigin.COPY, PacketOrigin.ORIGINAL, PacketOrigin.RETRANSMISSION, PacketOrigin.ORIGINAL
        };
        for (int i = 0; i < lengths.length; i++) {
            datagram.put(HEADER_BYTES, (byte) (100 + i));
            assertThat(queue.offer(7, 1 + i, 100 + i, origins[i], datagram, HEADER_BYTES, lengths[i]))
                    .isTrue();
        }
        datagram.put(HEADER_BYTES, (byte) 99);

        List<Arrivals.Packet> packets = Arrivals.of(queue);
        for (int i = 0; i < lengths.length; i++) {
            Arrivals.Packet packet = packets.get(i);
            assertThat(packet.stream()).isEqualTo(7);
            assertThat(packet.timestamp()).isEqualTo(1 + i);
            assertThat(packet.arrivalNs()).isEqualTo(100 + i);
            assertThat(packet.origin()).isEqualTo(origins[i]);
            assertThat(packet.payload()).hasSize(lengths[i]);
            if (lengths[i] > 0) {
                assertThat(packet.payload()[0]).isEqualTo((byte) (100 + i));
            }
        }
    }

    @Test
    void shouldDropTheOldestPacketWhenFull() {
        ArrivalQueue queue = new ArrivalQueue(4, PAYLOAD_BYTES);
        ByteBuffer datagram = datagram();
        for (long number = 1; number <= 11; number++) {
            fill(datagram, number);
            assertThat(queue.offer(1, number, 0, PacketOrigin.ORIGINAL, datagram, HEADER_BYTES, PAYLOAD_BYTES))
                    .isEqualTo(number <= 4);
        }

        List<Arrivals.Packet> packets = Arrivals.of(queue);
        assertThat(packets).extracting(Arrivals.Packet::timestamp).containsExactly(8L, 9L, 10L, 11L);
        assertThat(packets).allMatch(packet -> isWhole(packet.payload(), packet.timestamp()));
        assertThat(queue.offer(1, 12, 0, PacketOrigin.ORIGINAL, datagram, HEADER_BYTES, PAYLOAD_BYTES))
                .isTrue();
    }

    @Test
    void shouldNotOverwriteThePacketThatIsBeingTaken() {
        ArrivalQueue queue = new ArrivalQueue(2, PAYLOAD_BYTES);
        ByteBuffer datagram = datagram();
        fill(datagram, 1);
        queue.offer(1, 1, 0, PacketOrigin.ORIGINAL, datagram, HEADER_BYTES, PAYLOAD_BYTES);
        boolean[] room = new boolean[3];
        queue.drainTo((stream, timestamp, arrivalNs, origin, payload, bytes) -> {
            for (int i = 0; i < room.length; i++) {
                fill(datagram, 2 + i);
                room[i] = queue.offer(1, 2 + i, 0, PacketOrigin.ORIGINAL, datagram, HEADER_BYTES, PAYLOAD_BYTES);
            }
            assertThat(isWhole(payload, 1)).isTrue();
        });

        assertThat(room).containsExactly(true, true, false);
        assertThat(Arrivals.of(queue)).extracting(Arrivals.Packet::timestamp).containsExactly(2L, 3L);
    }

    @Test
    void shouldDrainAnEmptyQueue() {
        assertThat(Arrivals.of(new ArrivalQueue(4, PAYLOAD_BYTES))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4})
    void shouldRequireRoomForAPacket(int packets) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ArrivalQueue(packets, 1));
    }

    /** A million packets between two threads, each checked for order and for every byte of its content. */
    @Test
    @Timeout(60)
    void shouldNotCorruptOrLosePacketsUncountedBetweenThreads() throws InterruptedException {
        int total = 1_000_000;
        ArrivalQueue queue = new ArrivalQueue(4, PAYLOAD_BYTES);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        AtomicLong dropped = new AtomicLong();
        Thread network = new Thread(
                () -> {
                    ByteBuffer datagram = datagram();
                    for (long number = 1; number <= total && problem.get() == null; number++) {
                        fill(datagram, number);
                        if (!queue.offer(1, number, 0, PacketOrigin.ORIGINAL, datagram, HEADER_BYTES, PAYLOAD_BYTES)) {
                            dropped.incrementAndGet();
                            Thread.yield();
                        }
                    }
                },
                "offers");
        network.setDaemon(true);
        network.setUncaughtExceptionHandler((thread, failure) -> problem.set(failure));
        network.start();

        long[] latest = {0};
        long[] taken = {0};
        ArrivalQueue.Receiver checking = (stream, timestamp, arrivalNs, origin, payload, bytes) -> {
            if (timestamp <= latest[0] || !isWhole(payload, timestamp)) {
                problem.set(new AssertionError(timestamp + " came torn, or after " + latest[0]));
            }
            latest[0] = timestamp;
            taken[0]++;
        };
        while (network.isAlive() && problem.get() == null) {
            queue.drainTo(checking);
            Thread.yield();
        }
        network.join();
        queue.drainTo(checking);

        assertThat(problem.get()).isNull();
        assertThat(taken[0] + dropped.get()).isEqualTo(total);
        assertThat(taken[0]).isGreaterThan(total / 100);
    }
}
