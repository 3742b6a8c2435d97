package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Allocation;
import voiptui.testkit.Sounds;

class ConcealerTest {

    private static final int RATE_HZ = 44_100;
    private static final int FRAME = 882;

    private final Concealer concealer = new Concealer(RATE_HZ, FRAME);

    /** Plays {@code sound}, in which the frames from {@code lostFrom} to {@code lostTo} do not arrive. */
    private short[] play(short[] sound, int lostFrom, int lostTo) {
        short[] played = new short[sound.length];
        short[] frame = new short[FRAME];
        for (int at = 0; at + FRAME <= sound.length; at += FRAME) {
            int number = at / FRAME;
            if (number >= lostFrom && number < lostTo) {
                Arrays.fill(frame, (short) 0x1234); // what was in the array before must not matter
                concealer.conceal(frame);
            } else {
                System.arraycopy(sound, at, frame, 0, FRAME);
                concealer.onFrame(frame);
            }
            System.arraycopy(frame, 0, played, at, FRAME);
        }
        return played;
    }

    @Test
    void shouldPassFramesUnchangedWhenNothingIsMissing() {
        short[] noise = new short[50 * FRAME];
        Random random = new Random(7);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) random.nextInt();
        }

        assertThat(play(noise, -1, -1)).isEqualTo(noise);
    }

    @ParameterizedTest
    @CsvSource({"200, 1", "200, 2", "200, 5", "200, 9", "71, 1", "71, 3", "333.3, 1", "333.3, 4", "97.7, 2", "440, 1"})
    void shouldNotClickInASine(double hz, int lost) {
        short[] sine = Sounds.sine(hz, 12_000, RATE_HZ, 0, 40 * FRAME);

        short[] played = play(sine, 20, 20 + lost);

        assertThat(Sounds.largestStep(played))
                .as("largest step, seams included")
                .isLessThanOrEqualTo(2 * Sounds.largestStep(sine));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 3", "5, 5", "6, 8"})
    void shouldNotClickInAVoice(long seed, int lost) {
        short[] vowel = Sounds.vowel(12_000, RATE_HZ, 60 * FRAME, seed);

        short[] played = play(vowel, 30, 30 + lost);

        assertThat(Sounds.largestStep(played)).isLessThanOrEqualTo(2 * Sounds.largestStep(vowel));
    }

    @Test
    void shouldContinueTheVoiceRatherThanFallSilent() {
        short[] vowel = Sounds.vowel(12_000, RATE_HZ, 40 * FRAME, 1);

        short[] played = play(vowel, 20, 21);

        double likeness = 0;
        double energy = 0;
        for (int i = 20 * FRAME; i < 21 * FRAME; i++) {
            likeness += (double) played[i] * vowel[i];
            energy += (double) vowel[i] * vowel[i];
        }
        assertThat(likeness / energy)
                .as("of the missing frame, what is there instead")
                .isGreaterThan(0.6);
    }

    @Test
    void shouldFadeToDigitalSilenceInATenthOfASecond() {
        short[] vowel = Sounds.vowel(20_000, RATE_HZ, 40 * FRAME, 3);

        short[] played = play(vowel, 20, 40);

        int lost = 20 * FRAME;
        assertThat(Sounds.peak(played, lost, lost + FRAME)).isGreaterThan(8_000);
        assertThat(Sounds.peak(played, lost + 3 * FRAME, lost + 4 * FRAME))
                .as("quieter from frame to frame")
                .isLessThan(Sounds.peak(played, lost, lost + FRAME));
        assertThat(Sounds.peak(played, lost + 4410, played.length))
                .as("after 100 ms")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 50})
    void shouldMatchTheInputFourMillisecondsAfterALoss(int lost) {
        short[] vowel = Sounds.vowel(12_000, RATE_HZ, 80 * FRAME, 4);

        short[] played = play(vowel, 20, 20 + lost);

        int back = (20 + lost) * FRAME + RATE_HZ * 4 / 1000;
        assertThat(Arrays.copyOfRange(played, back, played.length))
                .isEqualTo(Arrays.copyOfRange(vowel, back, vowel.length));
        assertThat(Sounds.largestStep(played)).isLessThanOrEqualTo(2 * Sounds.largestStep(vowel));
    }

    /** Full-scale square waves and noise: what wraps round in 16 bits turns into a step of twice the scale. */
    @ParameterizedTest
    @ValueSource(doubles = {80, 150, 200, 390})
    void shouldNotOverflowAtFullScale(double hz) {
        short[] loud = Sounds.sine(hz, 32_767, RATE_HZ, 0, 40 * FRAME);
        for (int i = 20 * FRAME - 1; i < 20 * FRAME; i++) {
            loud[i] = i % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }

        short[] played = play(loud, 20, 22);

        assertThat(Sounds.largestStep(played, 20 * FRAME, 23 * FRAME)).isLessThan(12_000);
    }

    @Test
    void shouldStayWithinTheScaleForAnyInput() {
        Random random = new Random(11);
        short[] frame = new short[FRAME];
        for (int i = 0; i < 2000; i++) {
            if (random.nextInt(3) == 0) {
                concealer.conceal(frame);
            } else {
                for (int at = 0; at < FRAME; at++) {
                    frame[at] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
                }
                short last = frame[FRAME - 1];
                concealer.onFrame(frame);
                assertThat(frame[FRAME - 1]).isEqualTo(last);
            }
        }
    }

    @Test
    void shouldConcealSilenceWithSilence() {
        short[] frame = new short[FRAME];
        for (int i = 0; i < 5; i++) {
            concealer.conceal(frame);
            assertThat(frame).containsOnly((short) 0);
        }
    }

    @Test
    void shouldBlendTwoFramesFromTheFirstIntoTheSecond() {
        short[] sine = Sounds.sine(200, 12_000, RATE_HZ, 0, 4 * FRAME);
        short[] first = Arrays.copyOfRange(sine, FRAME, 2 * FRAME);
        short[] second = Arrays.copyOfRange(sine, 2 * FRAME, 3 * FRAME);
        short[] loudest = new short[FRAME];
        Arrays.fill(loudest, Short.MIN_VALUE);
        short[] otherLoudest = new short[FRAME];
        Arrays.fill(otherLoudest, Short.MAX_VALUE);

        Concealer.blend(first, second);
        Concealer.blend(loudest, otherLoudest);

        short[] played = new short[3 * FRAME];
        System.arraycopy(sine, 0, played, 0, FRAME);
        System.arraycopy(first, 0, played, FRAME, FRAME);
        System.arraycopy(sine, 3 * FRAME, played, 2 * FRAME, FRAME);
        assertThat(Sounds.largestStep(played)).isLessThanOrEqualTo(2 * Sounds.largestStep(sine));
        assertThat(Sounds.largestStep(loudest))
                .as("no overflow between the extremes")
                .isLessThan(100);
    }

    @Test
    void shouldAllocateNothing() {
        short[] frame = Sounds.sine(200, 12_000, RATE_HZ, 0, FRAME);

        assertThat(Allocation.bytesPerRun(500, 500, () -> {
                    concealer.onFrame(frame);
                    concealer.conceal(frame);
                }))
                .isLessThan(1);
    }
}
