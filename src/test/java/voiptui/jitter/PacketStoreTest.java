package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.jitter.PacketStore.Added;

class PacketStoreTest {

    private final PacketStore store = new PacketStore(4, 8);
    private final byte[] taken = new byte[8];

    private Added add(long timestamp) {
        return store.add(timestamp, PacketOrigin.ORIGINAL, new byte[] {(byte) timestamp}, 1);
    }

    private int take() {
        assertThat(store.take(taken)).isEqualTo(1);
        return taken[0];
    }

    @Test
    void shouldOrderByTimestamp() {
        for (long timestamp : new long[] {30, 10, 40, 20}) {
            assertThat(add(timestamp)).isEqualTo(Added.QUEUED);
        }
        assertThat(store.firstTimestamp()).isEqualTo(10);
        assertThat(store.lastTimestamp()).isEqualTo(40);
        for (int timestamp : new int[] {10, 20, 30, 40}) {
            assertThat(take()).isEqualTo(timestamp);
        }
        assertThat(store.count()).isZero();
    }

    @Test
    void shouldDropWhatCameTooLate() {
        add(10);
        add(20);
        take();

        assertThat(add(5)).isEqualTo(Added.LATE);
        assertThat(add(10)).isEqualTo(Added.LATE);
        assertThat(add(15)).isEqualTo(Added.QUEUED);
        assertThat(store.expect(18)).as("dropped").isEqualTo(1);
        assertThat(add(17)).isEqualTo(Added.LATE);
        assertThat(take()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(names = {"ORIGINAL", "RETRANSMISSION"})
    void shouldPreferThePacketToItsCopy(PacketOrigin better) {
        assertThat(store.add(10, PacketOrigin.COPY, new byte[] {1}, 1)).isEqualTo(Added.QUEUED);
        assertThat(store.add(10, PacketOrigin.COPY, new byte[] {2}, 1)).isEqualTo(Added.DUPLICATE);
        assertThat(store.add(10, better, new byte[] {3}, 1)).isEqualTo(Added.REPLACED);
        for (PacketOrigin origin : PacketOrigin.values()) {
            assertThat(store.add(10, origin, new byte[] {4}, 1)).isEqualTo(Added.DUPLICATE);
        }
        assertThat(store.count()).isEqualTo(1);
        assertThat(take()).isEqualTo(3);
        assertThat(store.takenOrigin()).isEqualTo(better);
    }

    @Test
    void shouldPeekWithoutTaking() {
        store.add(20, PacketOrigin.ORIGINAL, new byte[] {2, 3}, 2);
        store.add(10, PacketOrigin.COPY, new byte[] {7, 8, 9}, 3);
        byte[] peeked = new byte[8];

        assertThat(store.peek(peeked)).isEqualTo(3);
        assertThat(peeked).startsWith(7, 8, 9);
        assertThat(store.count()).isEqualTo(2);
        assertThat(add(5)).as("nothing is late yet").isEqualTo(Added.QUEUED);
        assertThat(take()).isEqualTo(5);
        assertThat(store.take(taken)).isEqualTo(3);
        assertThat(store.takenOrigin()).isEqualTo(PacketOrigin.COPY);
    }

    /** Compares with the plainest store there is, whatever comes. */
    @RepeatedTest(10)
    void shouldNeverExceedItsLimitNorGoBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        TreeSet<Long> model = new TreeSet<>();
        long last = Long.MIN_VALUE;
        long middle = 0;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                long timestamp = middle++ + random.nextInt(12) - 6;
                PacketOrigin origin = PacketOrigin.values()[random.nextInt(3)];
                Added added = store.add(timestamp, origin, new byte[] {(byte) timestamp}, 1);
                boolean late = timestamp <= last || !model.contains(timestamp) && isFullOfNewer(model, timestamp);
                assertThat(added == Added.LATE).isEqualTo(late);
                assertThat(added == Added.DUPLICATE || added == Added.REPLACED)
                        .isEqualTo(!late && model.contains(timestamp));
                if (!late && model.add(timestamp) && model.size() > 4) {
                    assertThat(added).isEqualTo(Added.DISPLACED_OLDEST);
                    model.pollFirst();
                }
            } else if (!model.isEmpty()) {
                last = model.pollFirst();
                assertThat((byte) take()).isEqualTo((byte) last);
            }
            assertThat(store.count()).isEqualTo(model.size());
        }
    }

    private static boolean isFullOfNewer(TreeSet<Long> model, long timestamp) {
        return model.size() == 4 && timestamp < model.first();
    }

    @Test
    void shouldDisplaceTheOldestWhenFull() {
        for (long timestamp : new long[] {10, 20, 30, 40}) {
            add(timestamp);
        }
        assertThat(add(5)).as("older than all").isEqualTo(Added.LATE);
        assertThat(add(35)).isEqualTo(Added.DISPLACED_OLDEST);
        assertThat(store.count()).isEqualTo(4);
        for (int timestamp : new int[] {20, 30, 35, 40}) {
            assertThat(take()).isEqualTo(timestamp);
        }
    }

    @Test
    void shouldBeginAgainWhenCleared() {
        add(10);
        take();
        add(20);

        assertThat(store.clear()).isEqualTo(1);
        assertThat(add(3)).isEqualTo(Added.QUEUED);
        assertThat(take()).isEqualTo(3);
    }
}
