package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.FramePacer.Parker;
import voiptui.audio.PcmFormat;
import voiptui.time.NanoClock;

/**
 * A speaker. Owned by the playout thread; any thread may call {@link #close}.
 *
 * <p>A frame is written when no more than the {@link Cushion} waits before it, so that later frames may be late. At the start the
 * device is given that much silence first. After an underrun it is given the next frames at once, which the receiver has been
 * keeping longer than intended; only where the cushion is longer than {@value #REFILL_MS} ms, silence for the rest.
 *
 * <p>When the device takes nothing for {@value #PATIENCE_MS} ms, frames are discarded at the pace of the clock; after {@value
 * DeviceSource#MAX_STALL_MS} ms, or {@value DeviceSource#MAX_START_MS} ms at the start, it counts as lost. A device that takes audio faster than the clock is slowed down.
 */
public final class DeviceSink implements AudioSink {

    /** How long the device may take nothing before frames are discarded, in milliseconds. */
    public static final long PATIENCE_MS = 60;

    /** How much of the cushion is filled with audio at once after an underrun, in milliseconds: a receiver has little more at hand. */
    private static final int REFILL_MS = 15;

    private static final long MAX_DRAIN_MS = 300;
    private static final long MIN_WAIT_NS = 700_000;
    /** Above the cushion by this much, in milliseconds, a frame is written all the same: looking again soon costs more. */
    private static final int TOLERANCE_MS = 1;

    private final String name;
    private final PlaybackPort port;
    private final PcmFormat format;
    private final Cushion cushion;
    private final RealTimeLimit limit = new RealTimeLimit();
    private final NanoClock clock;
    private final Parker parker;
    private final short[] silence;
    private final int toleratedSamples;
    private final int refillSamples;
    private final boolean halfFrames;
    private boolean started;
    private int lastQueued;
    private long lastProgressNs;
    private long startedNs;
    private int moves;
    private int underruns;
    private long discardDueNs;
    private boolean discarding;
    /** Whether the next frame had to wait for the clock: a device that is empty then has not run out. */
    private boolean early;

    private volatile @Nullable Thread writer;
    private volatile @Nullable String warning;
    private volatile boolean closed;

    /**
     * How much audio waits in a device when the next frame is written.
     *
     * @param leastSamples where the machine is punctual
     * @param mostSamples after many underruns
     * @param halfFrames whether half a frame is written at a time, and so chosen later
     */
    public record Buffering(int leastSamples, int mostSamples, boolean halfFrames) {}

    /**
     * Writes to {@code port}, which is closed with this sink.
     *
     * @param name its name for people: {@code speaker 'USB Headset'}
     * @param parker blocks the playout thread
     */
    public DeviceSink(
            String name, PlaybackPort port, PcmFormat format, Buffering buffering, NanoClock clock, Parker parker) {
        this.name = name;
        this.port = port;
        this.format = format;
        this.cushion = new Cushion(buffering.leastSamples(), buffering.mostSamples(), format.sampleRateHz());
        this.clock = clock;
        this.parker = parker;
        this.toleratedSamples = format.samplesOf(TOLERANCE_MS);
        this.refillSamples = format.samplesOf(REFILL_MS);
        this.halfFrames = buffering.halfFrames();
        this.silence = new short[Math.max(buffering.leastSamples(), buffering.mostSamples())];
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        writer = Thread.currentThread();
        while (true) {
            failIfClosed();
            if (!started) {
                return;
            }
            long nowNs = clock.nanoTime();
            int queued = observe(nowNs);
            int excess = queued - cushion.samples();
            if (excess <= toleratedSamples) {
                discarding = false;
                long earlyNs = limit.untilDueNs(nowNs);
                if (earlyNs <= 0) {
                    return;
                }
                early = true;
                parker.parkNanos(earlyNs);
                continue;
            }
            long stalledNs = nowNs - lastProgressNs;
            if (stalledNs >= maxStallMs(nowNs) * NS_PER_MS) {
                throw new AudioLostException("the " + name + " stopped taking audio");
            }
            long waitNs = Math.max(MIN_WAIT_NS, nsOf(excess));
            if (stalledNs >= PATIENCE_MS * NS_PER_MS) {
                if (!discarding) {
                    discarding = true;
                    discardDueNs = nowNs;
                }
                if (nowNs - discardDueNs >= 0) {
                    return;
                }
                waitNs = Math.min(waitNs, discardDueNs - nowNs);
            }
            parker.parkNanos(waitNs);
        }
    }

    private long maxStallMs(long nowNs) {
        int movesNow = port.moves();
        if (movesNow != moves) {
            moves = movesNow;
            startedNs = nowNs;
        }
        return nowNs - startedNs < DeviceSource.MAX_START_MS * NS_PER_MS
                ? DeviceSource.MAX_START_MS
                : DeviceSource.MAX_STALL_MS;
    }

    /** Returns the samples that wait in the device, and notes whether it has taken any. */
    private int observe(long nowNs) {
        int queued = port.queuedSamples();
        if (queued < lastQueued || queued == 0) {
            lastProgressNs = nowNs;
        }
        lastQueued = queued;
        return queued;
    }

    private void failIfClosed() throws AudioLostException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new AudioLostException("the " + name + " was closed");
        }
        String problem = port.problem();
        if (problem != null) {
            throw new AudioLostException("the " + name + " " + problem);
        }
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        awaitRoom();
        long nowNs = clock.nanoTime();
        long lengthNs = nsOf(frame.length);
        limit.onAudio(lengthNs, nowNs);
        if (discarding) {
            discardDueNs += lengthNs;
            return;
        }
        if (!started) {
            put(frame, cushion.samples());
            lastProgressNs = nowNs;
            startedNs = nowNs;
            started = true;
            port.start();
            return;
        }
        if (lastQueued == 0 && !early) {
            underruns++;
            cushion.onUnderrun(nowNs);
            put(frame, cushion.samples() - refillSamples);
        } else {
            cushion.onFrame(nowNs);
            put(frame, 0);
        }
        early = false;
    }

    /** Writes a frame, with silence before it so that {@code cushionSamples} wait. */
    private void put(short[] frame, int cushionSamples) {
        if (cushionSamples > 0) {
            int missing = Math.max(0, cushionSamples - port.queuedSamples());
            port.write(silence, missing);
            lastQueued += missing;
        }
        port.write(frame, frame.length);
        lastQueued += frame.length;
    }

    @Override
    public boolean takesHalfFrames() {
        return halfFrames;
    }

    @Override
    public long queuedNs() {
        return nsOf(port.queuedSamples()) + port.deviceLatencyNs();
    }

    @Override
    public int underruns() {
        return underruns;
    }

    private long nsOf(int samples) {
        return samples * 1_000_000_000L / format.sampleRateHz();
    }

    @Override
    public void drain() {
        long deadlineNs = clock.nanoTime() + MAX_DRAIN_MS * NS_PER_MS;
        while (started
                && !closed
                && port.problem() == null
                && !Thread.currentThread().isInterrupted()) {
            long nowNs = clock.nanoTime();
            int queued = observe(nowNs);
            if (queued == 0 || nowNs - deadlineNs >= 0 || nowNs - lastProgressNs >= PATIENCE_MS * NS_PER_MS) {
                return;
            }
            parker.parkNanos(Math.max(MIN_WAIT_NS, nsOf(queued)));
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Notes what is wrong with this speaker although it is used, for {@link #warning}. Any thread. */
    public void warn(String problem) {
        warning = problem;
    }

    @Override
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        port.close();
    }
}
