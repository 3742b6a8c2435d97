package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeStretchTest {

    private static final int RATE_HZ = 48_000;
    private static final int AT = 2_000;

    private final TimeStretch stretch = new TimeStretch(RATE_HZ);

    /** A voice-like tone: a fundamental and two harmonics. */
    private static short[] voice(double hz, int samples) {
        short[] voice = new short[samples];
        for (int i = 0; i < samples; i++) {
            double phase = 2 * Math.PI * hz * i / RATE_HZ;
            voice[i] =
                    (short) (6_000 * Math.sin(phase) + 3_000 * Math.sin(2 * phase + 1) + 1_500 * Math.sin(3 * phase));
        }
        return voice;
    }

    /** Returns {@code audio} with one period removed at {@link #AT}. */
    private short[] shortened(short[] audio, boolean urgent) {
        short[] copy = audio.clone();
        int removed = stretch.shorten(copy, AT, RATE_HZ, urgent);
        short[] result = new short[audio.length - removed];
        System.arraycopy(copy, 0, result, 0, AT);
        System.arraycopy(copy, AT + removed, result, AT, result.length - AT);
        return result;
    }

    private short[] lengthened(short[] audio, boolean urgent) {
        short[] fade = new short[stretch.samplesToLengthen()];
        int added = stretch.lengthen(audio, AT, fade, urgent);
        if (added == 0) {
            return audio;
        }
        short[] result = new short[audio.length + added];
        System.arraycopy(audio, 0, result, 0, AT);
        System.arraycopy(fade, 0, result, AT, fade.length);
        System.arraycopy(audio, AT - added + fade.length, result, AT + fade.length, result.length - AT - fade.length);
        return result;
    }

    private static double rms(short[] audio, int from, int samples) {
        double sum = 0;
        for (int i = from; i < from + samples; i++) {
            sum += (double) audio[i] * audio[i];
        }
        return Math.sqrt(sum / samples);
    }

    private static int largestStep(short[] audio) {
        int largest = 0;
        for (int i = 1; i < audio.length; i++) {
            largest = Math.max(largest, Math.abs(audio[i] - audio[i - 1]));
        }
        return largest;
    }

    /** No dip, no click, and the same voice one or more whole periods sooner or later. */
    private static void assertSeamless(short[] voice, short[] stretched, double hz) {
        int period = (int) Math.round(RATE_HZ / hz);
        for (int from = 0; from + period <= stretched.length; from += period / 2) {
            assertThat(rms(stretched, from, period))
                    .as("level at %d", from)
                    .isEqualTo(rms(voice, 0, period), within(300.0));
        }
        assertThat(largestStep(stretched)).isLessThanOrEqualTo(largestStep(voice) * 11 / 10);
        double periods = Math.abs(stretched.length - voice.length) * hz / RATE_HZ;
        assertThat(periods).isGreaterThan(0.9).isEqualTo(Math.rint(periods), within(0.03));
    }

    @ParameterizedTest
    @ValueSource(doubles = {80, 125, 210, 333})
    void shouldChangeAVoiceByWholePeriodsWithoutASeam(double hz) {
        short[] voice = voice(hz, 6_000);

        assertSeamless(voice, shortened(voice, false), hz);
        assertSeamless(voice, lengthened(voice, false), hz);
    }

    @Test
    void shouldLeaveNoiseAloneUnlessItIsQuiet() {
        short[] noise = new short[6_000];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (3_000 * random.nextGaussian());
        }
        assertThat(shortened(noise, true)).hasSameSizeAs(noise);
        assertThat(lengthened(noise, true)).hasSameSizeAs(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] /= 30;
        }
        assertThat(noise.length - shortened(noise, false).length).isEqualTo(RATE_HZ * 15 / 1_000);
        assertThat(lengthened(noise, false).length - noise.length).isEqualTo(RATE_HZ * 15 / 1_000);
    }

    @Test
    void shouldRemoveNoMoreThanAllowed() {
        short[] voice = voice(200, 6_000);

        assertThat(stretch.shorten(voice.clone(), AT, 250, false)).isEqualTo(240);
        assertThat(stretch.shorten(voice.clone(), AT, 100, false)).isZero();
    }
}
