package voiptui.voice;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import voiptui.testkit.Wav;

/** Makes speech at 48 kHz shorter or longer by a pitch period. Most of the time goes into the search for the lag. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TimeStretchBenchmark {

    private static final int RATE_HZ = 48_000;
    private static final int STEP = 479;

    private final TimeStretch stretch = new TimeStretch(RATE_HZ);
    private final short[] fade = new short[stretch.samplesToLengthen()];
    private final short[] audio = new short[stretch.samplesBeforeToLengthen() + stretch.samplesToShorten()];
    private short[] speech;
    private int at;

    /** Loads speech. */
    @Setup
    public void load() throws IOException {
        speech = Wav.speech(10, 1, RATE_HZ);
    }

    private void next() {
        at = (at + STEP) % (speech.length - audio.length);
        System.arraycopy(speech, at, audio, 0, audio.length);
    }

    @Benchmark
    public int shorten() {
        next();
        return stretch.shorten(audio, stretch.samplesBeforeToLengthen(), RATE_HZ, true);
    }

    @Benchmark
    public int lengthen() {
        next();
        return stretch.lengthen(audio, stretch.samplesBeforeToLengthen(), fade, true);
    }
}
