package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import javax.sound.sampled.SourceDataLine;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.SampleBytes;
import voiptui.time.NanoClock;

/**
 * A speaker on a Java Sound line. Owned by the playout thread; any thread may call {@link #close}.
 *
 * <p>The line holds at most {@value #PLAYBACK_BUFFER_MS} ms of audio, however large its buffer is. At the start and after
 * an underrun it is filled up with silence before the next frame, so that later frames may be late.
 */
public final class DeviceSink implements AudioSink {

    /**
     * Most audio that waits in the line, in milliseconds, and the length to ask for its buffer. PulseAudio's ALSA plug-in
     * starts to play, also after an underrun, only when all of the buffer but one period of 20 ms is full: a longer buffer
     * than is kept full would never play.
     */
    static final int PLAYBACK_BUFFER_MS = 80;

    private static final long MAX_DRAIN_MS = 300;

    private final String name;
    private final SourceDataLine line;
    private final LineWatch watch;
    private final byte[] bytes;
    private final byte[] cushion;
    private final int lineBytes;
    private final int queueBytes;
    private boolean started;
    private volatile boolean closed;

    private DeviceSink(LineOpener.OpenLine<SourceDataLine> opened, PcmFormat format, int bufferMs) {
        this.name = opened.name();
        this.line = opened.line();
        this.watch = new LineWatch(format, NanoClock.SYSTEM);
        this.bytes = new byte[format.frameBytes()];
        this.lineBytes = line.getBufferSize();
        this.queueBytes = Math.min(lineBytes, LineFormat.bytesOf(bufferMs, format));
        this.cushion = new byte[Math.max(0, queueBytes - bytes.length)];
    }

    /**
     * Opens the speaker that the user chose.
     *
     * @throws AudioUnavailableException when none or several match, or it cannot be opened
     */
    public static DeviceSink open(DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        return new DeviceSink(LineOpener.SPEAKER.open(choice, format, PLAYBACK_BUFFER_MS), format, PLAYBACK_BUFFER_MS);
    }

    /**
     * Opens the system's default speaker.
     *
     * @throws AudioUnavailableException when there is none, or it cannot be opened
     */
    public static DeviceSink openDefault(PcmFormat format) throws AudioUnavailableException {
        return openDefault(format, PLAYBACK_BUFFER_MS);
    }

    static DeviceSink openDefault(PcmFormat format, int bufferMs) throws AudioUnavailableException {
        return new DeviceSink(LineOpener.SPEAKER.openDefault(format, bufferMs), format, bufferMs);
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        watch.onProgress();
        int needBytes = Math.min(bytes.length, queueBytes);
        for (int room = queueBytes - queuedBytes(); started && room < needBytes; room = queueBytes - queuedBytes()) {
            failIfClosed();
            if (watch.isStalled()) {
                throw stalled();
            }
            watch.pauseFor(needBytes - room);
        }
    }

    private void failIfClosed() throws AudioLostException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new AudioLostException("the " + name + " was closed");
        }
    }

    private AudioLostException stalled() {
        return new AudioLostException("the " + name + " stopped taking audio");
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        SampleBytes.encode(frame, frame.length, bytes, 0);
        if (!started) {
            start();
            return;
        }
        watch.onProgress();
        if (queuedBytes() <= 0) {
            put(cushion, cushion.length);
        }
        put(bytes, bytes.length);
    }

    /**
     * Fills the line, then starts it. PulseAudio's ALSA plug-in miscounts a line that starts empty: it reports a buffer as
     * played that never was, and then takes two buffers of audio where one was asked for.
     */
    private void start() {
        line.write(cushion, 0, cushion.length);
        line.write(bytes, 0, Math.min(bytes.length, line.available() & ~1));
        line.start();
        started = true;
    }

    private void put(byte[] audio, int count) throws AudioLostException {
        int done = 0;
        while (done < count) {
            failIfClosed();
            int left = count - done;
            int room = queueBytes - queuedBytes();
            int ready = Math.min(Math.min(room, left), line.available()) & ~1;
            int wrote = ready > 0 ? line.write(audio, done, ready) : 0;
            if (wrote > 0) {
                done += wrote;
                watch.onProgress();
            } else if (watch.isStalled()) {
                throw stalled();
            } else {
                watch.pauseFor(left - room);
            }
        }
    }

    /** Returns the audio in the line that has not been played yet, in bytes. */
    private int queuedBytes() {
        return lineBytes - line.available();
    }

    @Override
    public void drain() {
        long deadlineNs = System.nanoTime() + MAX_DRAIN_MS * NS_PER_MS;
        while (started
                && !closed
                && !Thread.currentThread().isInterrupted()
                && queuedBytes() > 0
                && deadlineNs - System.nanoTime() > 0) {
            watch.pauseFor(queuedBytes());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        closed = true;
        line.close();
    }
}
