package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.SampleBytes;
import voiptui.time.NanoClock;

/**
 * A speaker on a Java Sound line. Owned by the playout thread; {@link #close} from any.
 *
 * <p>At most {@value #PLAYBACK_BUFFER_MS} ms wait in the line, however large the device made its buffer, and at the start
 * just as many: silence goes ahead of the first frame, so that the next may be late. The same when the line has run dry.
 */
public final class DeviceSink implements AudioSink {

    /**
     * Most sound that waits in the line, in milliseconds, and the length asked for its buffer. PulseAudio's ALSA plug-in
     * begins to play, and goes on after it has run dry, only once the buffer is full but for one period of 20 ms: asking
     * for more than is then kept in it would never play.
     */
    static final int PLAYBACK_BUFFER_MS = 80;

    private static final long LONGEST_DRAIN_MS = 300;

    private final String name;
    private final SourceDataLine line;
    private final LineWatch watch;
    private final byte[] bytes;
    private final byte[] cushion;
    private final int lineBytes;
    private final int queueBytes;
    private boolean started;
    private volatile boolean closed;

    private DeviceSink(String name, SourceDataLine line, PcmFormat format, int bufferMs) {
        this.name = name;
        this.line = line;
        this.watch = new LineWatch(format, NanoClock.SYSTEM);
        this.bytes = new byte[format.frameBytes()];
        this.lineBytes = line.getBufferSize();
        this.queueBytes = Math.min(lineBytes, LineFormat.bytesOf(bufferMs, format));
        this.cushion = new byte[Math.max(0, queueBytes - bytes.length)];
    }

    /**
     * Opens the speaker that the user chose.
     *
     * @throws AudioUnavailableException when there is none like it, or it cannot be opened
     */
    public static DeviceSink open(DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        String name = "speaker '" + choice.text() + "'";
        return LineOpening.named(
                name,
                () -> open(name, AudioDevices.outputLine(choice, LineFormat.of(format)), format, PLAYBACK_BUFFER_MS));
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
        DataLine.Info wanted = new DataLine.Info(SourceDataLine.class, LineFormat.of(format));
        return LineOpening.systemDefault(
                "speaker",
                () -> open("default speaker", (SourceDataLine) AudioSystem.getLine(wanted), format, bufferMs));
    }

    private static DeviceSink open(String name, SourceDataLine line, PcmFormat format, int bufferMs)
            throws LineUnavailableException {
        line.open(LineFormat.of(format), LineFormat.bytesOf(bufferMs, format));
        return new DeviceSink(name, line, format, bufferMs);
    }

    @Override
    public void awaitRoom() throws AudioLostException {
        watch.progress();
        int needBytes = Math.min(bytes.length, queueBytes);
        for (int room = queueBytes - queuedBytes(); started && room < needBytes; room = queueBytes - queuedBytes()) {
            failIfClosed();
            if (watch.isStandingStill()) {
                throw standsStill();
            }
            watch.pauseFor(needBytes - room);
        }
    }

    private void failIfClosed() throws AudioLostException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new AudioLostException("the " + name + " was closed");
        }
    }

    private AudioLostException standsStill() {
        return new AudioLostException("the " + name + " takes no sound any more");
    }

    @Override
    public void write(short[] frame) throws AudioLostException {
        SampleBytes.encode(frame, frame.length, bytes, 0);
        if (!started) {
            start();
            return;
        }
        watch.progress();
        if (queuedBytes() <= 0) {
            put(cushion, cushion.length);
        }
        put(bytes, bytes.length);
    }

    /**
     * Fills the line before it starts. PulseAudio's ALSA plug-in counts wrong for a line that starts empty: it reports a
     * whole buffer of sound played that never was, and then takes two buffers of sound where one was asked for.
     */
    private void start() {
        line.write(cushion, 0, cushion.length);
        line.write(bytes, 0, Math.min(bytes.length, line.available() & ~1));
        line.start();
        started = true;
    }

    private void put(byte[] sound, int count) throws AudioLostException {
        int done = 0;
        while (done < count) {
            failIfClosed();
            int left = count - done;
            int room = queueBytes - queuedBytes();
            int ready = Math.min(Math.min(room, left), line.available()) & ~1;
            int wrote = ready > 0 ? line.write(sound, done, ready) : 0;
            if (wrote > 0) {
                done += wrote;
                watch.progress();
            } else if (watch.isStandingStill()) {
                throw standsStill();
            } else {
                watch.pauseFor(left - room);
            }
        }
    }

    /** Sound in the line that has not been heard yet, in bytes. */
    private int queuedBytes() {
        return lineBytes - line.available();
    }

    @Override
    public void drain() {
        long deadlineNs = System.nanoTime() + LONGEST_DRAIN_MS * NS_PER_MS;
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
