package voiptui.audio.device;

import javax.sound.sampled.TargetDataLine;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.SampleBytes;
import voiptui.time.NanoClock;

/**
 * A microphone on a Java Sound line. Owned by the capture thread; any thread may call {@link #close}.
 *
 * <p>The line starts with the first read, so that it holds no older audio.
 */
public final class DeviceSource implements AudioSource {

    /**
     * Length to ask for the line's buffer, in milliseconds: how late a read may be. Up to 1024 samples (23 ms at 44.1 kHz)
     * Java Sound asks ALSA for two periods, above that for periods of 20 ms. Audio comes in steps of 13 ms with a buffer of
     * 40 ms, in steps of 20 ms with 60 ms, and not at all with 23 ms on PulseAudio.
     */
    static final int CAPTURE_BUFFER_MS = 40;

    private final String name;
    private final TargetDataLine line;
    private final LineWatch watch;
    private final byte[] bytes;
    private boolean started;
    private volatile boolean closed;

    private DeviceSource(LineOpener.OpenLine<TargetDataLine> opened, PcmFormat format) {
        this.name = opened.name();
        this.line = opened.line();
        this.watch = new LineWatch(format, NanoClock.SYSTEM);
        this.bytes = new byte[format.frameBytes()];
    }

    /**
     * Opens the microphone that the user chose.
     *
     * @throws AudioUnavailableException when none or several match, or it cannot be opened
     */
    public static DeviceSource open(DeviceChoice choice, PcmFormat format) throws AudioUnavailableException {
        return new DeviceSource(LineOpener.MICROPHONE.open(choice, format, CAPTURE_BUFFER_MS), format);
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
        return new DeviceSource(LineOpener.MICROPHONE.openDefault(format, bufferMs), format);
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        if (!started) {
            started = true;
            line.start();
        }
        watch.onProgress();
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
                watch.onProgress();
            } else if (watch.isStalled()) {
                throw new AudioLostException("the " + name + " stopped delivering audio");
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
