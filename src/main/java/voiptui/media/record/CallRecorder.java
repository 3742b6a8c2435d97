package voiptui.media.record;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FrameQueue;
import voiptui.audio.PcmFormat;
import voiptui.audio.wav.NewWavFile;
import voiptui.audio.wav.WavWriter;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.time.NanoClock;
import voiptui.voice.StreamHistory;

/**
 * Records both sides of a call to stereo WAV files: sent audio on the left, received audio on the right.
 *
 * <p>The received audio is decoded from its history, so that the file has packets that came too late to be played, or again because
 * the recorder asked for them. Owned by the call thread. The capture thread copies frames to a bounded queue; the recorder thread
 * decodes, mixes ({@link RecordingMixer}) and writes them. A file error ends the recording, not the call.
 */
public final class CallRecorder implements AutoCloseable {

    /** Frames of the near side that wait for the far side, and for the disk: {@link RecordingMixer#MAX_WAIT_FRAMES}, and 10 s more. */
    private static final int QUEUE_FRAMES = 2048;

    private static final long PAUSE_NS = 40_000_000L;
    private static final long JOIN_MS = 1500;
    private static final String NAME = "voiptui-%d-%t.wav";

    private final PcmFormat format;
    private final Path folder;
    private final InstantSource wallClock;
    private final NanoClock clock;
    private final EventBus bus;
    private final Thread.UncaughtExceptionHandler onFault;
    private final RecordingTap sent = new RecordingTap();
    private volatile @Nullable Received received;
    /** The latest recording, running or ended; null before the first. */
    private @Nullable Recording latest;

    /**
     * Creates a recorder that is not recording.
     *
     * @param folder the folder for the files
     * @param wallClock names the files, in the machine's time zone
     * @param clock the clock of the history
     * @param onFault receives the exception that ended the recorder thread
     */
    public CallRecorder(
            PcmFormat format,
            Path folder,
            InstantSource wallClock,
            NanoClock clock,
            EventBus bus,
            Thread.UncaughtExceptionHandler onFault) {
        this.format = format;
        this.folder = folder;
        this.wallClock = wallClock;
        this.clock = clock;
        this.bus = bus;
        this.onFault = onFault;
    }

    /** Returns the tap for frames that are sent to the peer. */
    public RecordingTap sent() {
        return sent;
    }

    /**
     * Records what comes from the peer from now on. Call thread.
     *
     * @param history what it has sent of late
     * @param playoutDelayMs the delay that playout aims at, in milliseconds
     */
    public void use(StreamHistory history, DoubleSupplier playoutDelayMs) {
        received = new Received(history, playoutDelayMs);
    }

    private record Received(StreamHistory history, DoubleSupplier playoutDelayMs) {}

    /** Starts a recording, or ends the running one. Never blocks. */
    public void toggle() {
        if (latest != null && latest.isRunning()) {
            latest.stop();
        } else {
            begin("");
        }
    }

    /** Returns whether a recording is running or about to. */
    public boolean isRunning() {
        return latest != null && latest.isRunning();
    }

    /** Ends the running recording, if any, and starts one with that name. Never blocks. */
    public void start(String name) {
        if (latest != null) {
            latest.stop();
        }
        begin(name);
    }

    private void begin(String name) {
        latest = new Recording(latest, name);
        latest.thread.start();
    }

    /** Ends the running recording, if any, and waits until its end is published and the file is closed, 1.5 s at most. */
    @Override
    public void close() {
        if (latest == null) {
            return;
        }
        latest.stop();
        try {
            latest.thread.join(JOIN_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        latest.end("the disk is not responding");
    }

    /** One recording, on a thread of its own. */
    private final class Recording implements Runnable {

        /** Ends before this one starts; null for the first. */
        private final @Nullable Recording previous;

        /** Its file as the user named it; empty: named after the time. */
        private final String name;

        private final Thread thread = new Thread(this, "voiptui-recorder");
        private final FrameQueue left = new FrameQueue(QUEUE_FRAMES, format.frameSamples());
        private final RecordingMixer mix = new RecordingMixer(left, format);
        private final short[] stereo = new short[2 * format.frameSamples()];
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile boolean stopped;
        private volatile String path = "";
        private volatile long recordedMs;
        private volatile int healed;
        private volatile int missing;

        Recording(@Nullable Recording previous, String name) {
            this.previous = previous;
            this.name = name;
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(onFault);
        }

        boolean isRunning() {
            return !stopped && !ended.get();
        }

        void stop() {
            stopped = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            try {
                if (previous != null) {
                    previous.thread.join();
                }
                try (WavWriter file = create()) {
                    path = file.path().toString();
                    bus.publish(new CallEvent.Recording(true, path, 0, 0, 0, null));
                    record(file);
                }
                end(missingAudio());
            } catch (AudioUnavailableException | IOException problem) {
                end(problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage());
            } catch (InterruptedException interruptedByNobody) {
                Thread.currentThread().interrupt();
            }
        }

        private WavWriter create() throws AudioUnavailableException {
            try {
                Path file = Path.of(folder.toString().replace("%", "%%")).resolve(name.isEmpty() ? NAME : name);
                return new NewWavFile(file, false).create(format.sampleRateHz(), 2, wallClock);
            } catch (InvalidPathException invalid) {
                throw new AudioUnavailableException(
                        AudioUnavailableException.Subject.FILE, "'" + name + "' is not a valid path");
            }
        }

        private void record(WavWriter file) throws IOException {
            sent.copyTo(left);
            try {
                while (!stopped) {
                    mixNext(file);
                    LockSupport.parkNanos(PAUSE_NS);
                }
                mixNext(file);
                while (mix.last(stereo)) {
                    write(file);
                }
            } finally {
                sent.copyTo(null);
                mix.close();
            }
        }

        private void mixNext(WavWriter file) throws IOException {
            Received from = received;
            if (from != null) {
                mix.use(from.history(), from.playoutDelayMs());
            }
            while (mix.next(stereo, clock.nanoTime())) {
                write(file);
            }
        }

        private void write(WavWriter file) throws IOException {
            if (!file.write(stereo)) {
                throw new IOException("the WAV file is full");
            }
            healed = mix.healed();
            missing = mix.missing();
            recordedMs = file.dataBytes() / (2L * PcmFormat.BYTES_PER_SAMPLE) * 1000 / format.sampleRateHz();
        }

        private @Nullable String missingAudio() {
            long frames = left.dropped();
            return frames == 0 ? null : "disk too slow: " + frames * format.frameMs() + " ms missing";
        }

        /**
         * Publishes the end, once. Recorder thread, or the call thread when that is blocked.
         *
         * @param problem why it ended or what is missing; null when there was no problem
         */
        void end(@Nullable String problem) {
            if (ended.compareAndSet(false, true)) {
                bus.publish(new CallEvent.Recording(false, path, recordedMs, missing + healed, missing, problem));
            }
        }
    }
}
