package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.TestTone.Change;
import voiptui.testkit.Sounds;

class TestToneTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();

    private final TestTone tone = new TestTone(PcmFormat.CLASSIC);
    private final short[] sound = new short[200 * FRAME];
    private final Change[] changes = new Change[200];

    private void play(int from, int to, int background) {
        for (int i = from; i < to; i++) {
            short[] frame = new short[FRAME];
            Arrays.fill(frame, (short) background);
            changes[i] = tone.mixInto(frame);
            System.arraycopy(frame, 0, sound, i * FRAME, FRAME);
        }
    }

    @Test
    void shouldChangeNothingUnlessRequested() {
        play(0, 5, 77);

        assertThat(Arrays.copyOf(sound, 5 * FRAME)).containsOnly((short) 77);
        assertThat(Arrays.copyOf(changes, 5)).containsOnly(Change.NONE);
    }

    @Test
    void shouldPlayAQuietSecondWithoutAClick() {
        tone.play();
        play(0, 120, 0);

        assertThat(Sounds.peak(sound, 0, sound.length)).as("-18 dBFS").isBetween(4100, 4126);
        assertThat(Sounds.largestStep(sound))
                .isLessThanOrEqualTo(Sounds.largestStep(Sounds.sine(TestTone.HZ, 4126, 44_100, 0, 44_100)) + 1);
        assertThat(changes[0]).isEqualTo(Change.BEGAN);
        assertThat(changes[99]).isEqualTo(Change.ENDED);
        assertThat(Arrays.copyOfRange(sound, 100 * FRAME, 120 * FRAME)).containsOnly((short) 0);
        assertThat(SineFit.of(sound, 20 * FRAME, 60 * FRAME, TestTone.HZ, 44_100)
                        .signalToNoiseDb())
                .isGreaterThan(60);
    }

    @Test
    void shouldMixAndClipAtFullScale() {
        tone.play();
        play(0, 100, 32_000);

        assertThat(Sounds.peak(sound, 0, 100 * FRAME)).isEqualTo(32_767);
        for (short sample : Arrays.copyOf(sound, 100 * FRAME)) {
            assertThat(sample).isGreaterThan((short) 27_000);
        }
    }

    @Test
    void shouldIgnoreARequestWhilePlayingAndRestartAfter() {
        tone.play();
        play(0, 10, 0);
        tone.play();
        play(10, 100, 0);
        assertThat(Arrays.copyOf(changes, 100)).containsOnlyOnce(Change.BEGAN, Change.ENDED);

        tone.play();
        play(100, 101, 0);
        assertThat(changes[100]).isEqualTo(Change.BEGAN);
    }
}
