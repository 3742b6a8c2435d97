package voiptui.rtp;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A set of {@code long}s that one thread writes and others read consistently: a seqlock. The writer never waits; a reader
 * never sees a mix of an old and a new set.
 *
 * <p>Element 0 counts the writes and is odd during one. A reader that sees it odd or changed reads again.
 */
public final class SnapshotLongs {

    private final AtomicLongArray shared;

    /** Creates {@code count} zeros. */
    public SnapshotLongs(int count) {
        this.shared = new AtomicLongArray(count + 1);
    }

    /** Replaces all values. Writer thread only. */
    public void write(long[] values) {
        shared.incrementAndGet(0);
        for (int i = 0; i < values.length; i++) {
            shared.set(i + 1, values[i]);
        }
        shared.incrementAndGet(0);
    }

    /** Copies all values into {@code values}. Any thread; spins while a write is in progress. */
    public void read(long[] values) {
        while (true) {
            long before = shared.get(0);
            for (int i = 0; i < values.length; i++) {
                values[i] = shared.get(i + 1);
            }
            if ((before & 1) == 0 && before == shared.get(0)) {
                return;
            }
            Thread.onSpinWait();
        }
    }
}
