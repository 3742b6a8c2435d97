package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.jitter.PacketStore.Added;

class PacketStoreTest {

    private final PacketStore store = new PacketStore(4, 8);
    private final byte[] taken = new byte[8];

    private Added add(long timestamp) {
        return store.add(timestamp, true, new byte[] {(byte) timestamp}, 1);
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

    @Test
    void shouldPreferThePacketToItsCopy() {
        assertThat(store.add(10, false, new byte[] {1}, 1)).isEqualTo(Added.QUEUED);
        assertThat(store.add(10, false, new byte[] {2}, 1)).isEqualTo(Added.DUPLICATE);
        assertThat(store.add(10, true, new byte[] {3}, 1)).isEqualTo(Added.REPLACED);
        assertThat(store.add(10, true, new byte[] {4}, 1)).isEqualTo(Added.DUPLICATE);
        assertThat(store.count()).isEqualTo(1);
        assertThat(take()).isEqualTo(3);
        assertThat(store.isTakenPrimary()).isTrue();
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
