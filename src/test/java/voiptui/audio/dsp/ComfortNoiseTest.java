package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Allocation;
import voiptui.testkit.Sounds;

class ComfortNoiseTest {

    private static final int RATE_HZ = 48_000;
    private static final int FRAME = 960;

    /** White noise through a low-pass filter of one pole: 0 is white, near 1 is dull. */
    private static short[] noise(double rms, double pole, int samples) {
        Random random = new Random(5);
        short[] noise = new short[samples];
        double value = 0;
        for (int i = 0; i < samples; i++) {
            value = pole * value + Math.sqrt(1 - pole * pole) * random.nextGaussian();
            noise[i] = (short) Math.round(rms * value);
        }
        return noise;
    }

    private static short[] frame(short[] sound, int number) {
        short[] frame = new short[FRAME];
        System.arraycopy(sound, number * FRAME, frame, 0, FRAME);
        return frame;
    }

    private static void receive(ComfortNoise noise, short[] sound) {
        for (int i = 0; i < sound.length / FRAME; i++) {
            noise.onReceived(frame(sound, i), FRAME);
        }
    }

    private static short[] filled(ComfortNoise noise, int samples) {
        short[] filled = new short[samples];
        noise.fill(filled, samples);
        return filled;
    }

    private static double decibels(short[] sound, int from) {
        double sum = 0;
        for (int i = from; i < sound.length; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return 10 * Math.log10(sum / (sound.length - from));
    }

    /** The energy of the differences against that of the sound: how bright it is. */
    private static double tiltDb(short[] sound, int from) {
        short[] steps = new short[sound.length];
        for (int i = 1; i < sound.length; i++) {
            steps[i] = (short) (sound[i] - sound[i - 1]);
        }
        return decibels(steps, from) - decibels(sound, from);
    }

    @ParameterizedTest
    @CsvSource({"20, 0", "200, 0", "100, 0.8", "200, 0.95", "400, 0.9"})
    void shouldSoundLikeTheBackground(double rms, double pole) {
        short[] background = noise(rms, pole, 3 * RATE_HZ);
        ComfortNoise noise = new ComfortNoise(RATE_HZ);
        receive(noise, background);

        short[] filled = filled(noise, RATE_HZ);

        assertThat(decibels(filled, FRAME) - decibels(background, 0))
                .as("level")
                .isBetween(-2.0, 2.0);
        assertThat(tiltDb(filled, FRAME) - tiltDb(background, 1)).as("tilt").isBetween(-2.0, 2.0);
    }

    @Test
    void shouldNotTakeSpeechForBackground() {
        short[] talk = noise(100, 0.8, 4 * RATE_HZ);
        short[] vowel = Sounds.vowel(12_000, RATE_HZ, RATE_HZ, 1);
        for (int i = 0; i < vowel.length; i++) {
            talk[RATE_HZ + i] += vowel[i];
            talk[3 * RATE_HZ + i] += vowel[i];
        }
        ComfortNoise noise = new ComfortNoise(RATE_HZ);

        receive(noise, talk);

        assertThat(20 * Math.log10(noise.level() / 100)).isBetween(-2.0, 2.0);
    }

    @Test
    void shouldFollowTheBackgroundUpWithinTwoSecondsAndDownAtOnce() {
        ComfortNoise noise = new ComfortNoise(RATE_HZ);
        receive(noise, noise(30, 0, 3 * RATE_HZ));
        receive(noise, noise(300, 0, 5 * RATE_HZ / 2));
        assertThat(noise.level()).isBetween(250.0, 350.0);

        receive(noise, noise(30, 0, RATE_HZ / 10));
        assertThat(noise.level()).isBetween(25.0, 35.0);
    }

    @Test
    void shouldBeSilentAfterSilenceAndNeverLoud() {
        ComfortNoise noise = new ComfortNoise(RATE_HZ);
        assertThat(filled(noise, FRAME)).containsOnly((short) 0);

        receive(noise, Sounds.sine(440, 20_000, RATE_HZ, 0, 3 * RATE_HZ));
        assertThat(noise.level()).isLessThan(520);
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 480, 960, 2880})
    void shouldNotClickAtTheSeams(int samples) {
        short[] background = noise(200, 0.95, 6 * RATE_HZ);
        ComfortNoise noise = new ComfortNoise(RATE_HZ);
        short[] played = new short[background.length];
        short[] part = new short[samples];
        for (int at = 0; at + samples <= background.length; at += samples) {
            if (at / samples % 3 == 2) {
                noise.fill(part, samples);
            } else {
                System.arraycopy(background, at, part, 0, samples);
                noise.onReceived(part, samples);
            }
            System.arraycopy(part, 0, played, at, samples);
        }

        assertThat(Sounds.largestStep(played)).isLessThan(3 * Sounds.largestStep(background) / 2);
        assertThat(decibels(played, 0) - decibels(background, 0)).isBetween(-2.0, 2.0);
    }

    @Test
    void shouldFadeBetweenSpeechAndNoise() {
        ComfortNoise noise = new ComfortNoise(RATE_HZ);
        short[] tone = Sounds.sine(200, 12_000, RATE_HZ, 0, FRAME);
        noise.onReceived(tone.clone(), FRAME);
        short[] filled = filled(noise, FRAME);
        short[] back = tone.clone();
        noise.onReceived(back, FRAME);

        short[] played = new short[3 * FRAME];
        System.arraycopy(tone, 0, played, 0, FRAME);
        System.arraycopy(filled, 0, played, FRAME, FRAME);
        System.arraycopy(back, 0, played, 2 * FRAME, FRAME);
        assertThat(Sounds.largestStep(played)).isLessThan(2 * Sounds.largestStep(tone));
        assertThat(Arrays.copyOfRange(back, 400, FRAME)).isEqualTo(Arrays.copyOfRange(tone, 400, FRAME));
    }

    @Test
    void shouldRepeatItselfAndAllocateNothing() {
        ComfortNoise one = new ComfortNoise(RATE_HZ);
        ComfortNoise other = new ComfortNoise(RATE_HZ);
        short[] background = noise(200, 0.5, RATE_HZ);
        receive(one, background);
        receive(other, background);
        assertThat(filled(one, RATE_HZ)).isEqualTo(filled(other, RATE_HZ));

        short[] frame = frame(background, 0);
        assertThat(Allocation.bytesPerRun(500, 500, () -> {
                    one.onReceived(frame, FRAME);
                    one.fill(frame, FRAME);
                }))
                .isLessThan(1);
    }
}
