package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.FramePacer.Parker;
import voiptui.audio.PcmFormat;
import voiptui.time.NanoClock;

/**
 * A microphone. Owned by the capture thread; any thread may call {@link #close}.
 *
 * <p>When the device delivers nothing for {@value #PATIENCE_MS} ms, silence takes its place at the same pace, so that the
 * other side need not wait; after {@value #MAX_STALL_MS} ms, or {@value #MAX_START_MS} ms at the start, the device counts as lost. What it delivers late is dropped: the
 * silence stood in for it. What it never delivers, and what is dropped because the reader was late, counts as {@linkplain #missingNs
 * missing}, so that time goes on ({@link CaptureLag}). A device that delivers faster than the clock is slowed down.
 */
public final class DeviceSource implements AudioSource {

    /** How long a frame is waited for before silence takes its place, in milliseconds. */
    public static final long PATIENCE_MS = 100;
    /** A device that stops for this long is lost, in milliseconds. */
    public static final long MAX_STALL_MS = 700;
    /** How long a device may take until it runs, in milliseconds. */
    public static final long MAX_START_MS = 3_000;
    /** The most audio that may wait before older audio is dropped, in milliseconds. */
    private static final int MAX_BACKLOG_MS = 200;
    /** The most audio that is read in order to be dropped, in milliseconds; more is given up as a whole. */
    private static final int MAX_READ_BACKLOG_MS = 2_000;

    private static final long MIN_WAIT_NS = NS_PER_MS;

    private final String name;
    private final CapturePort port;
    private final PcmFormat format;
    private final NanoClock clock;
    private final Parker parker;
    private final int maxBacklogSamples;
    private final int maxReadBacklogSamples;
    private final RealTimeLimit limit = new RealTimeLimit();
    private final ReadyTime ready;
    private final CaptureLag lag = new CaptureLag();
    private boolean started;
    private boolean gap;
    /** Whether the device runs: it has delivered audio. */
    private boolean runs;

    private int moves;
    private long lastAudioNs;
    private long silenceDueNs;
    private long latencyNs;
    private long missingNs;
    private volatile @Nullable Thread reader;
    private volatile @Nullable String warning;
    private volatile boolean closed;

    /**
     * Reads from {@code port}, which is closed with this source.
     *
     * @param name its name for people: {@code microphone 'USB Headset'}
     * @param parker blocks the capture thread
     */
    public DeviceSource(String name, CapturePort port, PcmFormat format, NanoClock clock, Parker parker) {
        this.name = name;
        this.port = port;
        this.format = format;
        this.clock = clock;
        this.parker = parker;
        this.maxBacklogSamples = format.samplesOf(MAX_BACKLOG_MS);
        this.maxReadBacklogSamples = format.samplesOf(MAX_READ_BACKLOG_MS);
        this.ready = new ReadyTime(format.frameNs());
    }

    @Override
    public void awaitFrames(int frames) throws AudioLostException {
        start();
        awaitSamples(frames);
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        start();
        int available = awaitSamples(1);
        if (available > 0) {
            readNewest(frame, available, clock.nanoTime());
            return;
        }
        limit.onAudio(format.frameNs(), clock.nanoTime());
        missingNs = gap ? 0 : PATIENCE_MS * NS_PER_MS - format.frameNs();
        gap = true;
        silenceDueNs += format.frameNs();
        Arrays.fill(frame, (short) 0);
        latencyNs = 0;
    }

    /** Blocks until there are so many frames, and returns how many samples there are; 0 if silence has to take their place. */
    private int awaitSamples(int frames) throws AudioLostException {
        boolean slept = false;
        while (true) {
            failIfClosed();
            int available = port.availableSamples();
            long nowNs = clock.nanoTime();
            long earlyNs = limit.untilDueNs(nowNs);
            if (earlyNs > 0) {
                parker.parkNanos(earlyNs);
                continue;
            }
            int surplus = available - frames * format.frameSamples();
            if (surplus >= 0) {
                if (slept) {
                    ready.onReady(frames, nsOf(surplus), nowNs);
                }
                return available;
            }
            noteMove(nowNs);
            if (nowNs - lastAudioNs >= (runs ? MAX_STALL_MS : MAX_START_MS) * NS_PER_MS) {
                throw new AudioLostException("the " + name + " stopped delivering audio");
            }
            long untilSilenceNs = silenceDueNs - nowNs;
            if (untilSilenceNs <= 0) {
                return available >= format.frameSamples() ? available : 0;
            }
            long untilReadyNs = ready.untilReadyNs(frames, nowNs);
            if (untilReadyNs <= 0) {
                ready.onNotReady();
            }
            slept = true;
            parker.parkNanos(Math.min(untilSilenceNs, Math.max(MIN_WAIT_NS, untilReadyNs)));
        }
    }

    private void start() {
        if (started) {
            return;
        }
        started = true;
        reader = Thread.currentThread();
        port.start();
        onAudio(clock.nanoTime());
        ready.start(lastAudioNs);
        lag.start(lastAudioNs);
    }

    private void noteMove(long nowNs) {
        int movesNow = port.moves();
        if (movesNow != moves) {
            moves = movesNow;
            runs = false;
            lastAudioNs = nowNs;
        }
    }

    private void onAudio(long nowNs) {
        lastAudioNs = nowNs;
        silenceDueNs = nowNs + PATIENCE_MS * NS_PER_MS;
    }

    private void readNewest(short[] frame, int available, long nowNs) {
        limit.onAudio(format.frameNs(), nowNs);
        int left = available;
        int need = format.frameSamples();
        boolean late = gap || left > maxBacklogSamples;
        if (left > maxReadBacklogSamples) {
            port.start();
            left = need;
            Arrays.fill(frame, (short) 0);
        } else {
            while (late && left >= 2 * need) {
                port.read(frame, need);
                left -= need;
            }
            port.read(frame, need);
        }
        if (late) {
            missingNs = gap ? 0 : nsOf(available - left);
            gap = false;
            ready.start(nowNs);
        } else {
            missingNs = runs ? lag.onFrame(format.frameNs(), nsOf(left - need), nowNs) : 0;
            ready.onFrame();
        }
        if (late || !runs) {
            lag.start(nowNs - nsOf(left - need));
        }
        runs = true;
        latencyNs = port.deviceLatencyNs() + nsOf(left - need);
        onAudio(nowNs);
    }

    private long nsOf(int samples) {
        return samples * 1_000_000_000L / format.sampleRateHz();
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
    public long missingNs() {
        return missingNs;
    }

    @Override
    public long latencyNs() {
        return latencyNs;
    }

    @Override
    public boolean isMicrophone() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    /** Notes what is wrong with this microphone although it is used, for {@link #warning}. Any thread. */
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
        LockSupport.unpark(reader);
        port.close();
    }
}
