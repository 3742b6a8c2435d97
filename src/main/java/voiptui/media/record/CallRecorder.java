package voiptui.media.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FrameQueue;
import voiptui.audio.PcmFormat;
import voiptui.audio.wav.WavWriter;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;

/**
 * Records both sides of a call to WAV files: on the left what is sent to the peer, on the right what comes from it.
 *
 * <p>Owned by the call thread. The audio threads leave their frames in bounded queues; one thread takes them out, puts
 * them next to each other ({@link StereoMixer}) and writes. What goes wrong with a file ends the recording, not the call.
 */
public final class CallRecorder implements AutoCloseable {

    /** What the audio threads may be ahead of the disk: 2.5 s of frames of 20 ms. */
    private static final int QUEUE_FRAMES = 128;

    private static final long PAUSE_NS = 40_000_000L;
    private static final long JOIN_MS = 1500;
    private static final int MOST_NAMES = 1000;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'voiptui-'yyyyMMdd-HHmmss", Locale.ROOT);

    private final PcmFormat format;
    private final Path folder;
    private final InstantSource wallClock;
    private final EventBus bus;
    private final Thread.UncaughtExceptionHandler onBug;
    private final RecordingTap sent = new RecordingTap();
    private final RecordingTap heard = new RecordingTap();
    private Take latest;

    /**
     * Records nothing yet.
     *
     * @param folder where the files go
     * @param wallClock names them, in the machine's time zone
     */
    public CallRecorder(
            PcmFormat format,
            Path folder,
            InstantSource wallClock,
            EventBus bus,
            Thread.UncaughtExceptionHandler onBug) {
        this.format = format;
        this.folder = folder;
        this.wallClock = wallClock;
        this.bus = bus;
        this.onBug = onBug;
    }

    /** Where the frames pass that are sent to the peer. */
    public RecordingTap sent() {
        return sent;
    }

    /** Where the frames pass that come from the peer. */
    public RecordingTap heard() {
        return heard;
    }

    /** Begins a recording, or ends the one that runs. Never waits. */
    public void toggle() {
        if (latest != null && latest.isRunning()) {
            latest.stop();
        } else {
            latest = new Take(latest);
            latest.thread.start();
        }
    }

    /** Ends the recording that runs, if there is one, and waits until all is told and the file is closed. */
    @Override
    public void close() {
        if (latest == null) {
            return;
        }
        latest.stop();
        try {
            latest.thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        latest.end("the disk does not answer");
    }

    /** One recording, on a thread of its own. */
    private final class Take implements Runnable {

        private final Take before;
        private final Thread thread = new Thread(this, "voiptui-recorder");
        private final FrameQueue left = new FrameQueue(QUEUE_FRAMES, format.frameSamples());
        private final FrameQueue right = new FrameQueue(QUEUE_FRAMES, format.frameSamples());
        private final StereoMixer mix = new StereoMixer(left, right, format.frameSamples());
        private final short[] stereo = new short[2 * format.frameSamples()];
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile boolean stopped;
        private volatile String path = "";
        private volatile long recordedMs;

        Take(Take before) {
            this.before = before;
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(onBug);
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
                if (before != null) {
                    before.thread.join();
                }
                try (WavWriter file = create()) {
                    path = file.path().toString();
                    bus.publish(new CallEvent.Recording(true, path, 0, null));
                    record(file);
                }
                end(missing());
            } catch (AudioUnavailableException | IOException problem) {
                end(problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage());
            } catch (InterruptedException nobodyDoes) {
                Thread.currentThread().interrupt();
            }
        }

        private WavWriter create() throws AudioUnavailableException {
            String name = NAME.format(LocalDateTime.ofInstant(wallClock.instant(), ZoneId.systemDefault()));
            for (int number = 1; number <= MOST_NAMES; number++) {
                Path candidate = folder.resolve(name + (number == 1 ? "" : "-" + number) + ".wav");
                Optional<WavWriter> created = WavWriter.createNew(candidate, format.sampleRateHz(), 2);
                if (created.isPresent()) {
                    return created.get();
                }
            }
            throw new AudioUnavailableException(
                    AudioUnavailableException.Subject.FILE, "there are too many recordings of this moment already");
        }

        private void record(WavWriter file) throws IOException {
            sent.leadTo(left);
            heard.leadTo(right);
            try {
                while (!stopped) {
                    while (mix.next(stereo)) {
                        write(file);
                    }
                    LockSupport.parkNanos(PAUSE_NS);
                }
            } finally {
                sent.leadTo(null);
                heard.leadTo(null);
            }
            while (mix.last(stereo)) {
                write(file);
            }
        }

        private void write(WavWriter file) throws IOException {
            if (!file.write(stereo)) {
                throw new IOException("a WAV file cannot be longer");
            }
            recordedMs = file.dataBytes() / (2L * PcmFormat.BYTES_PER_SAMPLE) * 1000 / format.sampleRateHz();
        }

        private String missing() {
            long frames = Math.max(left.dropped(), right.dropped());
            return frames == 0 ? null : "the disk was too slow: " + frames * format.frameMs() + " ms are missing";
        }

        /** Tells the end, once. Recorder's thread, or the call thread when that does not come back. */
        void end(String problem) {
            if (ended.compareAndSet(false, true)) {
                bus.publish(new CallEvent.Recording(false, path, recordedMs, problem));
            }
        }
    }
}
