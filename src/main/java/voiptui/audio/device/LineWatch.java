package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.concurrent.locks.LockSupport;
import voiptui.audio.PcmFormat;
import voiptui.time.NanoClock;

/**
 * Waits for a Java Sound line in small steps, and notices when it stalls. The blocking calls of Java Sound would wait
 * forever for a device that was unplugged.
 *
 * <p>Owned by the thread that reads or writes the line.
 */
final class LineWatch {

    /** A device without progress for this long is gone, in milliseconds. */
    static final long MAX_STALL_MS = 2_000;

    private static final long MAX_STALL_NS = MAX_STALL_MS * NS_PER_MS;
    private static final long MIN_WAIT_NS = 1_500_000;
    private static final long MAX_WAIT_NS = 10_000_000;

    private final NanoClock clock;
    private final long sampleRateHz;
    private long lastProgressNs;

    LineWatch(PcmFormat format, NanoClock clock) {
        this.sampleRateHz = format.sampleRateHz();
        this.clock = clock;
    }

    /** Notes that the device has delivered or taken audio, or is about to be asked to. */
    void onProgress() {
        lastProgressNs = clock.nanoTime();
    }

    /** Returns whether the device has made no progress for longer than any working device would. */
    boolean isStalled() {
        return clock.nanoTime() - lastProgressNs > MAX_STALL_NS;
    }

    /** Waits about as long as the device takes for {@code bytes} of audio, 10 ms at most. */
    void pauseFor(int bytes) {
        long needNs = bytes / PcmFormat.BYTES_PER_SAMPLE * 1_000_000_000L / sampleRateHz;
        LockSupport.parkNanos(Math.max(MIN_WAIT_NS, Math.min(MAX_WAIT_NS, needNs)));
    }
}
