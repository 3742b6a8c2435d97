package voiptui.audio.device.sdl;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import voiptui.audio.FramePacer.Parker;
import voiptui.audio.PcmFormat;
import voiptui.audio.device.sdl.SdlDriver.Direction;
import voiptui.time.NanoClock;

/**
 * Finds out whether an open device keeps time. ALSA's {@code null} and {@code file} plug-ins do not: each has a thread of SDL
 * copy audio as fast as it can, at a high priority, for as long as it is open.
 *
 * <p>A device that keeps time delivers or takes what the clock allows, and at most {@value #BUFFER_MS} ms more, which is the
 * length of its buffer. Owned by the SDL thread, which a trial blocks for {@value #MAX_MS} ms at most.
 */
final class PaceTrial {

    /** More than the buffer of any device holds, in milliseconds. */
    static final int BUFFER_MS = 500;
    /** How long to look after the device was first seen to run, in milliseconds. */
    static final int RUNNING_MS = 40;
    /** How long to look at most, in milliseconds: a device that does not run keeps nobody busy. */
    static final int MAX_MS = 1_000;
    /** The silence that a speaker is offered, in milliseconds: enough even if the machine is busy, and this thread looks late. */
    private static final int OFFERED_MS = 2_000;

    private static final long LOOK_NS = 5 * NS_PER_MS;

    private final SdlDriver driver;
    private final NanoClock clock;
    private final Parker parker;

    /**
     * Prepares for trials.
     *
     * @param parker blocks the SDL thread
     */
    PaceTrial(SdlDriver driver, NanoClock clock, Parker parker) {
        this.driver = driver;
        this.clock = clock;
        this.parker = parker;
    }

    /**
     * Returns whether a device that was just opened keeps time. No audio waits in its stream afterwards.
     *
     * @param stream the open stream, which nobody uses yet
     */
    boolean keepsTime(long stream, Direction direction, PcmFormat format) {
        if (direction == Direction.PLAYBACK) {
            offerSilence(stream, format);
        }
        int offered = direction == Direction.PLAYBACK ? format.samplesOf(OFFERED_MS) : 0;
        long startNs = clock.nanoTime();
        long endNs = startNs + MAX_MS * NS_PER_MS;
        boolean runs = false;
        boolean punctual = true;
        for (long nowNs = startNs; punctual && nowNs - endNs < 0; nowNs = clock.nanoTime()) {
            int moved = direction == Direction.PLAYBACK ? offered - driver.queued(stream) : driver.available(stream);
            long allowedMs = (nowNs - startNs) / NS_PER_MS + BUFFER_MS;
            punctual = moved <= allowedMs * format.sampleRateHz() / 1000;
            if (!runs && moved > 0) {
                runs = true;
                endNs = Math.min(endNs, nowNs + RUNNING_MS * NS_PER_MS);
            }
            parker.parkNanos(LOOK_NS);
        }
        driver.clear(stream);
        return punctual;
    }

    private void offerSilence(long stream, PcmFormat format) {
        ShortBuffer frame = ByteBuffer.allocateDirect(format.frameBytes())
                .order(ByteOrder.nativeOrder())
                .asShortBuffer();
        for (int left = format.samplesOf(OFFERED_MS); left > 0; left -= format.frameSamples()) {
            driver.write(stream, frame, Math.min(left, format.frameSamples()));
        }
    }
}
