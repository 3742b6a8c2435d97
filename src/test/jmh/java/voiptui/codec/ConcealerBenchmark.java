package voiptui.codec;

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

/** Conceals PCM at 48 kHz, 20 ms at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConcealerBenchmark {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME_SAMPLES = 960;

    private final Concealer concealer = new Concealer(RATE_HZ);
    private final short[] frame = new short[FRAME_SAMPLES];
    private short[] speech;
    private int at;

    /** Loads speech. */
    @Setup
    public void load() throws IOException {
        speech = Wav.speech(10, 1, RATE_HZ);
    }

    /** A frame that has arrived. */
    @Benchmark
    public short receive() {
        at = (at + FRAME_SAMPLES) % speech.length;
        System.arraycopy(speech, at, frame, 0, FRAME_SAMPLES);
        concealer.onReceived(frame, FRAME_SAMPLES);
        return frame[0];
    }

    /** A frame that is missing, and the next one, which has arrived. */
    @Benchmark
    public short concealAndRecover() {
        concealer.conceal(frame, FRAME_SAMPLES);
        return receive();
    }
}
