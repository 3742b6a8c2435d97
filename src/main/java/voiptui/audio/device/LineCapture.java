package voiptui.audio.device;

import java.util.concurrent.Executor;
import javax.sound.sampled.TargetDataLine;
import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;
import voiptui.audio.SampleBytes;

/** A microphone on a Java Sound line. */
final class LineCapture implements CapturePort {

    /** How many reads in a row may deliver less than the line said it has: after an overrun it may be wrong once. */
    private static final int MAX_FAILURES = 2;

    private final TargetDataLine line;
    private final Executor driver;
    private final byte[] bytes;
    private int failures;

    /**
     * Starts an open line, which may block.
     *
     * @param driver closes the line
     */
    LineCapture(TargetDataLine line, PcmFormat format, Executor driver) {
        this.line = line;
        this.driver = driver;
        this.bytes = new byte[format.frameBytes()];
        line.start();
    }

    @Override
    public void start() {
        // No more than is there now: some devices always have more.
        for (int old = line.available(); old > 0; old -= bytes.length) {
            line.read(bytes, 0, Math.min(old, bytes.length) & ~1);
        }
    }

    @Override
    public int availableSamples() {
        return line.available() / PcmFormat.BYTES_PER_SAMPLE;
    }

    @Override
    public void read(short[] samples, int count) {
        int wanted = count * PcmFormat.BYTES_PER_SAMPLE;
        int got = line.read(bytes, 0, wanted);
        failures = got < wanted ? failures + 1 : 0;
        SampleBytes.decode(bytes, samples, count);
    }

    @Override
    public long deviceLatencyNs() {
        return 0;
    }

    @Override
    public @Nullable String problem() {
        return failures > MAX_FAILURES ? "stopped delivering audio" : null;
    }

    @Override
    public void close() {
        driver.execute(line::close);
    }
}
