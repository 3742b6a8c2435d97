package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.demo.speech.SpeechSimilarity;
import voiptui.testkit.Allocation;
import voiptui.testkit.Sounds;
import voiptui.testkit.Wav;

class ConcealerTest {

    private static final int RATE_HZ = 44_100;
    private static final int FRAME = 882;

    private final Concealer concealer = new Concealer(RATE_HZ);

    /** Plays {@code sound}, in which the frames from {@code lostFrom} to {@code lostTo} do not arrive. */
    private short[] play(short[] sound, int lostFrom, int lostTo) {
        short[] played = new short[sound.length];
        short[] frame = new short[FRAME];
        for (int at = 0; at + FRAME <= sound.length; at += FRAME) {
            int number = at / FRAME;
            if (number >= lostFrom && number < lostTo) {
                Arrays.fill(frame, (short) 0x1234); // what was in the array before must not matter
                concealer.conceal(frame, frame.length);
            } else {
                System.arraycopy(sound, at, frame, 0, FRAME);
                concealer.onReceived(frame, frame.length);
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
    void shouldFadeToTheBackgroundInATenthOfASecond() {
        short[] talk = noise(200, RATE_HZ, 200 * FRAME);
        short[] vowel = Sounds.vowel(20_000, RATE_HZ, 40 * FRAME, 3);
        for (int i = 0; i < vowel.length; i++) {
            talk[140 * FRAME + i] += vowel[i];
        }

        int lost = 180 * FRAME;
        short[] played = play(talk, 180, 200);

        assertThat(Sounds.peak(played, lost, lost + FRAME)).isGreaterThan(8_000);
        assertThat(rms(played, lost + 3 * FRAME, lost + 4 * FRAME))
                .as("quieter from frame to frame")
                .isLessThan(0.8 * rms(played, lost, lost + FRAME));
        assertThat(decibels(rms(played, lost + RATE_HZ / 10, played.length) / 200))
                .as("background after 100 ms")
                .isBetween(-2.0, 2.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 50})
    void shouldMatchTheInputTenMillisecondsAfterALoss(int lost) {
        short[] vowel = Sounds.vowel(12_000, RATE_HZ, 80 * FRAME, 4);

        short[] played = play(vowel, 20, 20 + lost);

        int back = (20 + lost) * FRAME + RATE_HZ * 10 / 1000;
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
                concealer.conceal(frame, frame.length);
            } else {
                for (int at = 0; at < FRAME; at++) {
                    frame[at] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
                }
                short last = frame[FRAME - 1];
                concealer.onReceived(frame, frame.length);
                assertThat(frame[FRAME - 1]).isEqualTo(last);
            }
        }
    }

    @Test
    void shouldConcealSilenceWithSilence() {
        short[] frame = new short[FRAME];
        for (int i = 0; i < 5; i++) {
            concealer.conceal(frame, frame.length);
            assertThat(frame).containsOnly((short) 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 1", "44100, 3", "48000, 1", "48000, 4", "48000, 8"})
    void shouldBendNoFasterAtTheSeamsThanTheSignalDoes(int rateHz, int lost) {
        short[] voice = voice(130, rateHz, 3 * rateHz);

        short[] played = playAll(new Concealer(rateHz), voice, rateHz / 50, frame -> frame % 12 >= 12 - lost);

        assertThat(largestBend(played)).isLessThan(2 * largestBend(voice));
    }

    @ParameterizedTest
    @CsvSource({"44100, 92", "44100, 211", "48000, 131", "48000, 305"})
    void shouldKeepPitchAndEnergy(int rateHz, double hz) {
        int frame = rateHz / 50;
        short[] voice = voice(hz, rateHz, 20 * frame);

        short[] played = playAll(new Concealer(rateHz), voice, frame, number -> number == 10);

        assertThat(pitchHz(played, 10 * frame, 2 * frame, rateHz) / hz).isBetween(0.98, 1.02);
        for (int at = 10 * frame; at < 12 * frame; at += frame / 2) {
            assertThat(decibels(rms(played, at, at + frame) / rms(voice, at, at + frame)))
                    .as("energy at %d", at)
                    .isBetween(-2.0, 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10})
    void shouldSoundMoreLikeTheOriginalThanSilenceOrTheLastFrameAgain(int percent) throws IOException {
        short[] said = Wav.speech(8, 1, RATE_HZ);
        boolean[] lost = new boolean[said.length / FRAME];
        Random random = new Random(percent);
        for (int i = 0; i < lost.length; i++) {
            lost[i] = random.nextInt(100) < percent;
        }
        short[] silence = said.clone();
        short[] repeated = said.clone();
        for (int i = 1; i < lost.length; i++) {
            if (lost[i]) {
                Arrays.fill(silence, i * FRAME, (i + 1) * FRAME, (short) 0);
                System.arraycopy(repeated, (i - 1) * FRAME, repeated, i * FRAME, FRAME);
            }
        }

        double concealed = SpeechSimilarity.ofAligned(said, playAll(concealer, said, FRAME, i -> lost[i]), RATE_HZ);

        assertThat(concealed)
                .isGreaterThan(SpeechSimilarity.ofAligned(said, repeated, RATE_HZ) + 0.005)
                .isGreaterThan(SpeechSimilarity.ofAligned(said, silence, RATE_HZ) + 0.01);
    }

    /** 2.5 to 120 ms, in any order: the same as in one piece. */
    @Test
    void shouldWorkWithAnyLength() {
        short[] voice = voice(130, 48_000, 48_000);
        short[] whole = playAll(new Concealer(48_000), voice, 960, i -> i == 20);
        short[] pieces = playAll(new Concealer(48_000), voice, 120, i -> i / 8 == 20);

        assertThat(Arrays.copyOf(pieces, 21 * 960)).isEqualTo(Arrays.copyOf(whole, 21 * 960));
        assertThat(Arrays.copyOfRange(pieces, 22 * 960, 48_000)).isEqualTo(Arrays.copyOfRange(voice, 22 * 960, 48_000));
        assertThat(largestBend(playAll(new Concealer(48_000), voice, 120, i -> i > 60 && i % 3 == 2)))
                .isLessThan(2 * largestBend(voice));
    }

    @Test
    void shouldNotTurnASquareWaveAtFullScaleOver() {
        short[] square = new short[40 * FRAME];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 150 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }

        short[] played = play(square, 20, 21);

        int turns = 0;
        for (int i = 20 * FRAME + 1; i < 21 * FRAME; i++) {
            turns += Math.abs(played[i] - played[i - 1]) > 40_000 ? 1 : 0;
        }
        assertThat(turns).as("edges, as many as in the original").isBetween(4, 7);
        assertThat(rms(played, 20 * FRAME, 21 * FRAME)).isGreaterThan(25_000);
    }

    @Test
    void shouldPutConcealedSoundIntoTheHistory() {
        short[] voice = voice(130, RATE_HZ, 40 * FRAME);

        short[] played = playAll(concealer, voice, FRAME, i -> i == 20 || i == 22);

        assertThat(decibels(rms(played, 22 * FRAME, 23 * FRAME) / rms(voice, 22 * FRAME, 23 * FRAME)))
                .isBetween(-2.0, 1.0);
        assertThat(largestBend(played)).isLessThan(2 * largestBend(voice));
        short[] heard = Arrays.copyOf(played, 22 * FRAME + FRAME);
        assertThat(playAll(new Concealer(RATE_HZ), heard, FRAME, i -> i == 22))
                .as("as if all that was played before had been received")
                .isEqualTo(heard);
    }

    private static short[] playAll(Concealer concealer, short[] sound, int frame, IntPredicate isLost) {
        short[] played = new short[sound.length];
        short[] audio = new short[frame];
        for (int at = 0; at + frame <= sound.length; at += frame) {
            if (isLost.test(at / frame)) {
                concealer.conceal(audio, frame);
            } else {
                System.arraycopy(sound, at, audio, 0, frame);
                concealer.onReceived(audio, frame);
            }
            System.arraycopy(audio, 0, played, at, frame);
        }
        return played;
    }

    /** A vowel with ten harmonics. */
    private static short[] voice(double hz, int rateHz, int samples) {
        short[] voice = new short[samples];
        for (int i = 0; i < samples; i++) {
            double sum = 0;
            for (int harmonic = 1; harmonic <= 10; harmonic++) {
                sum += Math.sin(2 * Math.PI * hz * harmonic * i / rateHz + harmonic * harmonic) / harmonic;
            }
            voice[i] = (short) (5_000 * sum);
        }
        return voice;
    }

    private static short[] noise(double rms, int rateHz, int samples) {
        Random random = new Random(rateHz);
        short[] noise = new short[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (short) Math.round(rms * random.nextGaussian());
        }
        return noise;
    }

    private static double rms(short[] sound, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    private static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }

    private static int largestBend(short[] sound) {
        int largest = 0;
        for (int i = 2; i < sound.length; i++) {
            largest = Math.max(largest, Math.abs(sound[i] - 2 * sound[i - 1] + sound[i - 2]));
        }
        return largest;
    }

    /** Returns the lowest frequency at which a sound repeats almost as well as it can, by autocorrelation. */
    private static double pitchHz(short[] sound, int from, int samples, int rateHz) {
        double best = 0;
        int bestLag = 1;
        for (int lag = rateHz / 400; lag <= rateHz / 80; lag++) {
            double product = 0;
            for (int i = from; i < from + samples - rateHz / 80; i++) {
                product += (double) sound[i] * sound[i + lag];
            }
            if (product > best * 1.1 || product > best && lag < bestLag * 1.5) {
                best = product;
                bestLag = lag;
            }
        }
        return (double) rateHz / bestLag;
    }

    @Test
    void shouldAllocateNothing() {
        short[] frame = Sounds.sine(200, 12_000, RATE_HZ, 0, FRAME);

        assertThat(Allocation.bytesPerRun(500, 500, () -> {
                    concealer.onReceived(frame, frame.length);
                    concealer.conceal(frame, frame.length);
                }))
                .isLessThan(1);
    }
}
