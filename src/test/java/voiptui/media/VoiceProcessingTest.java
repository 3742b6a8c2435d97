package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.VoiceProcessor;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.event.ProcessingMode;
import voiptui.media.VoiceProcessing.ProcessingUnavailableException;
import voiptui.testkit.Allocation;
import voiptui.testkit.Events;
import voiptui.testkit.Sounds;

/** The capture thread, the playout thread and the worker are the test's own thread. */
class VoiceProcessingTest {

    private static final long MS = 1_000_000;

    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final List<FakeProcessor> created = new ArrayList<>();
    private @Nullable String problem;

    /** Adds one to each sample, and keeps what it was told. */
    private static final class FakeProcessor implements VoiceProcessor {
        final ProcessingMode mode;
        final int blockSamples;
        final List<String> told = new ArrayList<>();
        boolean closed;

        FakeProcessor(ProcessingMode mode, int rateHz) {
            this.mode = mode;
            this.blockSamples = rateHz / 100;
        }

        @Override
        public void farEnd(short[] samples, int at) {
            told.add("far " + samples[at]);
        }

        @Override
        public void nearEnd(short[] samples, int at, int delayMs) {
            assertThat(closed).isFalse();
            told.add("near " + samples[at] + " delay " + delayMs);
            for (int i = at; i < at + blockSamples; i++) {
                samples[i]++;
            }
        }

        @Override
        public void close() {
            assertThat(closed).isFalse();
            closed = true;
        }
    }

    private VoiceProcessing processing(@Nullable ProcessingMode chosen, PcmFormat format) {
        return new VoiceProcessing(format, chosen, this::create, bus, Runnable::run);
    }

    private VoiceProcessor create(ProcessingMode mode, int rateHz) throws ProcessingUnavailableException {
        if (problem != null) {
            throw new ProcessingUnavailableException(problem);
        }
        FakeProcessor processor = new FakeProcessor(mode, rateHz);
        created.add(processor);
        return processor;
    }

    private List<CallEvent.Processing> published() {
        return events.take().stream().map(CallEvent.Processing.class::cast).toList();
    }

    private static short[] frame(int samples, int value) {
        short[] frame = new short[samples];
        Arrays.fill(frame, (short) value);
        return frame;
    }

    private static PcmFormat format(int frameSamples) {
        return new PcmFormat(48_000, frameSamples);
    }

    private void assertPassesThrough(VoiceProcessing processing) {
        short[] said = Sounds.vowel(20_000, 48_000, 960, 1);
        short[] frame = said.clone();
        processing.onPlayed(frame(960, 9), 0);
        processing.process(frame, 0);
        assertThat(frame).isEqualTo(said);
    }

    @Test
    void shouldPassFilesTonesAndSilenceThroughBitForBit() {
        VoiceProcessing processing = processing(null, format(960));

        processing.onTick(false);

        assertPassesThrough(processing);
        assertThat(created).isEmpty();
        assertThat(published()).isEmpty();
    }

    @Test
    void shouldPassARealMicrophoneThroughIfSwitchedOff() {
        VoiceProcessing processing = processing(ProcessingMode.OFF, format(960));

        processing.onTick(true);

        assertPassesThrough(processing);
        assertThat(created).isEmpty();
    }

    @Test
    void shouldDoAllForARealMicrophoneAndFollowAChange() {
        VoiceProcessing processing = processing(null, format(960));

        processing.onTick(true);
        processing.onTick(true);
        processing.process(new short[960], 0);
        processing.onTick(false);
        assertPassesThrough(processing);

        assertThat(created).extracting(processor -> processor.mode).containsExactly(ProcessingMode.ALL);
        assertThat(published())
                .containsExactly(
                        new CallEvent.Processing(ProcessingMode.ALL, null),
                        new CallEvent.Processing(ProcessingMode.OFF, null));
    }

    @Test
    void shouldDoWhatTheUserChoseAlsoForAFile() {
        VoiceProcessing processing = processing(ProcessingMode.NS, format(960));

        processing.onTick(false);
        short[] frame = frame(960, 5);
        processing.process(frame, 0);

        assertThat(frame).isEqualTo(frame(960, 6));
        assertThat(created.get(0).mode).isEqualTo(ProcessingMode.NS);
    }

    @Test
    void shouldReportALibraryThatIsMissingAndPassThrough() {
        problem = "libX11.so.6: cannot open shared object file";
        VoiceProcessing processing = processing(null, format(960));

        processing.onTick(true);
        processing.onTick(true);

        assertPassesThrough(processing);
        assertThat(published()).containsExactly(new CallEvent.Processing(ProcessingMode.OFF, problem));
    }

    @Test
    void shouldCycleThroughTheModesAndCloseWhatIsNotUsed() {
        VoiceProcessing processing = processing(null, format(960));
        processing.onTick(true);
        processing.process(new short[960], 0);

        processing.cycle();
        assertThat(created.get(0).closed)
                .as("while the capture thread may use it")
                .isFalse();
        assertPassesThrough(processing);
        processing.onTick(true);
        assertThat(created.get(0).closed).isTrue();
        processing.cycle();
        processing.cycle();
        assertThat(created.get(1).closed).as("never used").isTrue();
        processing.process(new short[960], 0);
        processing.close(true);

        assertThat(created).extracting(processor -> processor.closed).containsExactly(true, true, true);
        assertThat(published())
                .extracting(CallEvent.Processing::mode)
                .containsExactly(ProcessingMode.ALL, ProcessingMode.OFF, ProcessingMode.NS, ProcessingMode.ALL);
    }

    @Test
    void shouldLeaveTheProcessorToACaptureThreadThatIsStuck() {
        VoiceProcessing processing = processing(ProcessingMode.ALL, format(960));
        processing.onTick(true);
        processing.process(new short[960], 0);

        processing.close(false);

        assertThat(created.get(0).closed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {480, 960, 1440})
    void shouldPassBlocksOf10MsTheFarEndFirst(int frameSamples) {
        VoiceProcessing processing = processing(ProcessingMode.ALL, format(frameSamples));
        processing.onTick(true);
        processing.process(frame(frameSamples, 1), 0);
        created.get(0).told.clear();

        processing.onPlayed(frame(frameSamples, 7), 30 * MS);
        short[] near = frame(frameSamples, 3);
        processing.process(near, 12 * MS);

        List<String> expected = new ArrayList<>();
        for (int block = 0; block < frameSamples / 480; block++) {
            expected.add(block, "far 7");
            expected.add("near 3 delay 42");
        }
        assertThat(created.get(0).told).isEqualTo(expected);
        assertThat(near).isEqualTo(frame(frameSamples, 4));
    }

    @Test
    void shouldRefuseFramesThatAreNotMadeOfBlocks() {
        VoiceProcessing processing = processing(ProcessingMode.ALL, format(700));

        processing.onTick(true);

        assertThat(published())
                .containsExactly(new CallEvent.Processing(ProcessingMode.OFF, "frames of 15 ms cannot be processed"));
    }

    @Test
    void shouldNotListenToTheFarEndForNoiseSuppression() {
        VoiceProcessing processing = processing(ProcessingMode.NS, format(480));
        processing.onTick(true);
        processing.process(frame(480, 1), 0);

        processing.onPlayed(frame(480, 7), 0);
        processing.process(frame(480, 2), 0);

        assertThat(created.get(0).told).containsExactly("near 1 delay 0", "near 2 delay 0");
    }

    @Test
    void shouldListenToTheFarEndWhereItIsPlayedInHalfFrames() {
        VoiceProcessing processing = processing(ProcessingMode.ALL, format(480));
        processing.onTick(true);
        processing.process(frame(480, 1), 0);
        created.get(0).told.clear();

        processing.onPlayed(frame(240, 5), 0);
        processing.process(frame(480, 2), 0);
        processing.onPlayed(frame(240, 6), 0);
        processing.process(frame(480, 3), 0);

        assertThat(created.get(0).told).containsExactly("near 2 delay 0", "far 5", "near 3 delay 0");
    }

    @Test
    void shouldForgetTheFarEndOfAStallAndGoOn() {
        VoiceProcessing processing = processing(ProcessingMode.ALL, format(480));
        processing.onTick(true);
        processing.process(frame(480, 1), 0);
        for (int i = 0; i < 100; i++) {
            processing.onPlayed(frame(480, i), 0);
        }
        created.get(0).told.clear();

        processing.process(frame(480, 2), 0);
        processing.onPlayed(frame(480, 500), 0);
        processing.process(frame(480, 3), 0);

        assertThat(created.get(0).told).containsExactly("near 2 delay 0", "far 500", "near 3 delay 0");
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        VoiceProcessing processing = new VoiceProcessing(
                format(960), ProcessingMode.ALL, (mode, rateHz) -> new SilentProcessor(), bus, Runnable::run);
        processing.onTick(true);
        short[] frame = new short[960];

        assertThat(Allocation.bytesPerRun(1_000, 1_000, () -> {
                    processing.onPlayed(frame, 20 * MS);
                    processing.process(frame, 5 * MS);
                    processing.onTick(true);
                }))
                .isLessThan(1);
    }

    private static final class SilentProcessor implements VoiceProcessor {
        @Override
        public void farEnd(short[] samples, int at) {}

        @Override
        public void nearEnd(short[] samples, int at, int delayMs) {}

        @Override
        public void close() {}
    }
}
