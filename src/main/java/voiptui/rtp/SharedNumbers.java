package voiptui.rtp;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few numbers that belong together: one thread writes them, another reads them and never sees half of an old and half of
 * a new set. The writer never waits.
 *
 * <p>The first place counts the writings, odd while one is going on; a reader that saw it change reads again.
 */
final class SharedNumbers {

    private final AtomicLongArray shared;

    SharedNumbers(int count) {
        this.shared = new AtomicLongArray(count + 1);
    }

    /** Replaces all numbers. By the one thread that writes. */
    void write(long[] numbers) {
        shared.incrementAndGet(0);
        for (int i = 0; i < numbers.length; i++) {
            shared.set(i + 1, numbers[i]);
        }
        shared.incrementAndGet(0);
    }

    /** Copies all numbers. Any thread that may wait for the writer's few stores. */
    void read(long[] numbers) {
        while (true) {
            long before = shared.get(0);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = shared.get(i + 1);
            }
            if ((before & 1) == 0 && before == shared.get(0)) {
                return;
            }
            Thread.onSpinWait();
        }
    }
}
