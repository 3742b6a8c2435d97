package voiptui.voice;

import java.util.Arrays;

/** The timestamps of packets that were missing when their turn came: the last {@value #COUNT}. Owned by the playout thread. */
final class MissedPackets {

    private static final int COUNT = 64;
    private static final long NONE = Long.MIN_VALUE;

    private final long[] timestamps = new long[COUNT];
    private int at;

    MissedPackets() {
        clear();
    }

    void add(long timestamp) {
        timestamps[at] = timestamp;
        at = (at + 1) % COUNT;
    }

    /** Removes a timestamp; returns whether it was there. */
    boolean remove(long timestamp) {
        for (int i = 0; i < COUNT; i++) {
            if (timestamps[i] == timestamp) {
                timestamps[i] = NONE;
                return true;
            }
        }
        return false;
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(timestamps, NONE);
    }
}
