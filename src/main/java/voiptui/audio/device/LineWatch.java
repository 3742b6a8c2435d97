package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.concurrent.locks.LockSupport;
import voiptui.audio.PcmFormat;
import voiptui.time.NanoClock;

/**
 * Waits for a device in small steps and notices when it has stopped moving. Java Sound's own blocking calls would wait for
 * a vanished device for ever.
 *
 * <p>Owned by the thread that reads or writes the line.
 */
final class LineWatch {

    /** A device that has moved nothing for so long has vanished, in milliseconds. */
    static final long LONGEST_STANDSTILL_MS = 2_000;

    private static final long LONGEST_STANDSTILL_NS = LONGEST_STANDSTILL_MS * NS_PER_MS;
    private static final long SHORTEST_WAIT_NS = 1_500_000;
    private static final long LONGEST_WAIT_NS = 10_000_000;

    private final NanoClock clock;
    private final long sampleRateHz;
    private long lastProgressNs;

    LineWatch(PcmFormat format, NanoClock clock) {
        this.sampleRateHz = format.sampleRateHz();
        this.clock = clock;
    }

    /** The device has moved some sound, or is only now asked to. */
    void progress() {
        lastProgressNs = clock.nanoTime();
    }

    /** Whether the device has stood still for longer than any device that works. */
    boolean isStandingStill() {
        return clock.nanoTime() - lastProgressNs > LONGEST_STANDSTILL_NS;
    }

    /** Waits about as long as the device needs for {@code bytes} of sound. */
    void pauseFor(int bytes) {
        long needNs = bytes / PcmFormat.BYTES_PER_SAMPLE * 1_000_000_000L / sampleRateHz;
        LockSupport.parkNanos(Math.max(SHORTEST_WAIT_NS, Math.min(LONGEST_WAIT_NS, needNs)));
    }
}
