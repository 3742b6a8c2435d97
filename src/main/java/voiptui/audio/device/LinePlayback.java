package voiptui.audio.device;

import java.util.concurrent.Executor;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.audio.SampleBytes;

/** A speaker on a Java Sound line. */
final class LinePlayback implements PlaybackPort {

    /** How many writes in a row may fail although the line said it has room: after an underrun it may be wrong once. */
    private static final int MAX_FAILURES = 2;

    private final SourceDataLine line;
    private final Executor driver;
    private final int lineBytes;
    private byte[] bytes;
    private int failures;

    /**
     * Fills an open line with silence, then starts it, which may block. PulseAudio's ALSA plug-in miscounts a line that
     * starts empty: it reports a buffer as played that never was, and then takes two buffers of audio where one was asked
     * for.
     *
     * @param silentSamples how much silence
     * @param driver closes the line
     */
    LinePlayback(SourceDataLine line, PcmFormat format, int silentSamples, Executor driver) {
        this.line = line;
        this.driver = driver;
        this.lineBytes = line.getBufferSize();
        this.bytes = new byte[Math.max(silentSamples, format.frameSamples()) * PcmFormat.BYTES_PER_SAMPLE];
        line.write(bytes, 0, Math.min(silentSamples * PcmFormat.BYTES_PER_SAMPLE, line.available() & ~1));
        line.start();
    }

    @Override
    public void start() {
        // started when it was opened
    }

    @Override
    public int queuedSamples() {
        return Math.max(0, lineBytes - line.available()) / PcmFormat.BYTES_PER_SAMPLE;
    }

    @Override
    public void write(short[] samples, int count) {
        int wanted = count * PcmFormat.BYTES_PER_SAMPLE;
        if (bytes.length < wanted) {
            bytes = new byte[wanted];
        }
        SampleBytes.encode(samples, count, bytes, 0);
        int room = Math.min(wanted, line.available() & ~1);
        int wrote = line.write(bytes, 0, room);
        failures = wrote < room ? failures + 1 : 0;
    }

    @Override
    public long deviceLatencyNs() {
        return 0;
    }

    @Override
    public @Nullable String problem() {
        return failures > MAX_FAILURES ? "stopped taking audio" : null;
    }

    @Override
    public void close() {
        driver.execute(line::close);
    }
}
