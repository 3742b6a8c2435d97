package voiptui.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes allocated by the calling thread, unaffected by machine load. */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Bytes that this thread has allocated so far. */
    public static long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Bytes that {@code work} allocates each time on average, measured after {@code warmUp} times. */
    public static double bytesPerRun(int warmUp, int times, Runnable work) {
        for (int i = 0; i < warmUp; i++) {
            work.run();
        }
        long before = bytes();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (double) (bytes() - before) / times;
    }
}
