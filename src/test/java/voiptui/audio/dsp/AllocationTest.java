package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.audio.FakeTime;
import voiptui.audio.PcmFormat;
import voiptui.audio.ToneSource;
import voiptui.audio.wav.WavSink;
import voiptui.audio.wav.WavSource;
import voiptui.audio.wav.WavWriter;

/** The audio threads leave nothing behind for the collector, frame by frame. */
class AllocationTest {

    private static final int FRAMES = 2_000;

    @TempDir
    private Path folder;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final short[] frame = new short[PcmFormat.CLASSIC.frameSamples()];

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private void assertAllocatesNothing(Step step) throws Exception {
        run(step);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(step);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes in %d frames", FRAMES).isLessThan(FRAMES);
    }

    private static void run(Step step) throws Exception {
        for (int i = 0; i < FRAMES; i++) {
            step.run();
        }
    }

    @Test
    void shouldNotAllocatePerFrame() throws Exception {
        FakeTime time = new FakeTime();
        LevelMeter meter = new LevelMeter();
        SilenceDetector silence = new SilenceDetector(PcmFormat.CLASSIC, null);
        Gain gain = Gain.ofMicrophone();
        gain.change(3);
        TestTone testTone = new TestTone(PcmFormat.CLASSIC);
        Path path = folder.resolve("out.wav");
        try (ToneSource tone = new ToneSource(440, PcmFormat.CLASSIC, time.pacer());
                WavSink sink = new WavSink(new WavWriter(path, 44_100), time.pacer())) {
            assertAllocatesNothing(() -> {
                tone.read(frame);
                meter.add(frame);
                silence.onFrame(frame);
                testTone.play();
                testTone.mixInto(frame);
                gain.apply(frame);
                sink.write(frame);
            });
        }
        try (WavSource file = WavSource.open(path, PcmFormat.CLASSIC, true, time.pacer())) {
            assertAllocatesNothing(() -> file.read(frame));
        }
    }
}
