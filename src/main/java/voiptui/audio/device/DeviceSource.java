package voiptui.audio.device;

import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.SampleBytes;
import voiptui.time.NanoClock;

/**
 * A microphone on a Java Sound line. Owned by the capture thread; {@link #close} from any.
 *
 * <p>The line starts with the first read, so that no sound from before is waiting in it.
 */
public final class DeviceSource implements AudioSource {

    /**
     * Length asked for the line's buffer, in milliseconds: how late a read may be. Up to 1024 samples (23 ms at 44.1 kHz)
     * Java Sound asks ALSA for two periods, above that for periods of 20 ms; at 40 ms sound comes in steps of 13 ms, at 60
     * ms of 20 ms, and at 23 ms PulseAudio delivers nothing at all.
     */
    static final int CAPTURE_BUFFER_MS = 40;

    private final String name;
    private final TargetDataLine line;
    private final LineWatch watch;
    private final byte[] bytes;
    private boolean started;
    private volatile boolean closed;

    private DeviceSource(String name, TargetDataLine line, PcmFormat format) {
        this.name = name;
        this.line = line;
        this.watch = new LineWatch(format, NanoClock.SYSTEM);
        this.bytes = new byte[format.frameBytes()];
    }

    /**
     * Opens the microphone that the user chose.
     *
     * @throws AudioUnavailableException when there is none like it, or it cannot be opened
     */
    public static DeviceSource open(DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        String name = "microphone '" + choice.text() + "'";
        return LineOpening.named(
                name,
                () -> open(name, AudioDevices.inputLine(choice, LineFormat.of(format)), format, CAPTURE_BUFFER_MS));
    }

    /**
     * Opens the system's default microphone.
     *
     * @throws AudioUnavailableException when there is none, or it cannot be opened
     */
    public static DeviceSource openDefault(PcmFormat format) throws AudioUnavailableException {
        return openDefault(format, CAPTURE_BUFFER_MS);
    }

    static DeviceSource openDefault(PcmFormat format, int bufferMs) throws AudioUnavailableException {
        DataLine.Info wanted = new DataLine.Info(TargetDataLine.class, LineFormat.of(format));
        return LineOpening.systemDefault(
                "microphone",
                () -> open("default microphone", (TargetDataLine) AudioSystem.getLine(wanted), format, bufferMs));
    }

    private static DeviceSource open(String name, TargetDataLine line, PcmFormat format, int bufferMs)
            throws LineUnavailableException {
        line.open(LineFormat.of(format), LineFormat.bytesOf(bufferMs, format));
        return new DeviceSource(name, line, format);
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (!started) {
            started = true;
            line.start();
        }
        watch.progress();
        int got = 0;
        while (got < bytes.length) {
            if (closed || Thread.currentThread().isInterrupted()) {
                throw new AudioLostException("the " + name + " was closed");
            }
            int missing = bytes.length - got;
            int ready = Math.min(line.available(), missing);
            int read = ready > 0 ? line.read(bytes, got, ready) : 0;
            if (read > 0) {
                got += read;
                watch.progress();
            } else if (watch.isStandingStill()) {
                throw new AudioLostException("the " + name + " delivers no sound any more");
            } else {
                watch.pauseFor(missing);
            }
        }
        SampleBytes.decode(bytes, frame, frame.length);
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
