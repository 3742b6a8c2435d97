package voiptui.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Sounds;

class SpeechMatchTest {

    private static final int RATE_HZ = 44_100;

    /** A second of voice that begins and ends in words rather than being the same all through. */
    private static short[] speech() {
        short[] speech = Sounds.vowel(12_000, RATE_HZ, RATE_HZ, 5);
        for (int i = 0; i < speech.length; i++) {
            speech[i] = (short) (speech[i] * Math.abs(Math.sin(i * 2.3e-4) * Math.sin(i * 7.1e-4 + 1)));
        }
        return speech;
    }

    private static short[] hear(short[] said, int at, double gain, double noise, int total) {
        Random random = new Random(1);
        short[] heard = new short[total];
        for (int i = 0; i < total; i++) {
            double sample = noise * random.nextGaussian() + (i >= at && i < at + said.length ? gain * said[i - at] : 0);
            heard[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
        }
        return heard;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 882, 5_292, 20_001, 44_100})
    void shouldFindSpeechToTheSample(int at) {
        SpeechMatch match = SpeechMatch.find(speech(), hear(speech(), at, 1, 0, 2 * RATE_HZ));

        assertThat(match.offsetSamples()).isEqualTo(at);
        assertThat(match.similarity()).isEqualTo(1.0, within(1e-9));
    }

    @Test
    void shouldIgnoreLoudnessAndALittleNoise() {
        SpeechMatch match = SpeechMatch.find(speech(), hear(speech(), 10_000, 0.3, 30, 2 * RATE_HZ));

        assertThat(match.offsetSamples()).isEqualTo(10_000);
        assertThat(match.similarity()).isGreaterThan(0.95);
    }

    @Test
    void shouldFindSpeechWithALostPacket() {
        short[] heard = hear(speech(), 10_000, 1, 0, 2 * RATE_HZ);
        Arrays.fill(heard, 30_000, 30_882, (short) 0);

        SpeechMatch match = SpeechMatch.find(speech(), heard);
        assertThat(match.offsetSamples()).isEqualTo(10_000);
        assertThat(match.similarity()).isBetween(0.9, 0.9999);
    }

    @Test
    void shouldNotFindSpeechInNoise() {
        short[] noise = new short[2 * RATE_HZ];
        Random random = new Random(2);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (3000 * random.nextGaussian());
        }

        assertThat(SpeechMatch.find(speech(), noise).similarity()).isLessThan(0.3);
    }

    @Test
    void shouldFindNothingInSilenceOrInTooLittle() {
        assertThat(SpeechMatch.find(speech(), new short[2 * RATE_HZ]).similarity())
                .isZero();
        assertThat(SpeechMatch.find(new short[RATE_HZ], speech()).similarity()).isZero();
        assertThat(SpeechMatch.find(speech(), new short[100])).isEqualTo(new SpeechMatch(0, 0));
        assertThat(SpeechMatch.find(new short[0], speech())).isEqualTo(new SpeechMatch(0, 0));
    }

    private static short[] threeSeconds() {
        short[] said = new short[3 * RATE_HZ];
        for (int second = 0; second < 3; second++) {
            short[] part = speech();
            for (int i = 0; i < RATE_HZ; i++) {
                // The one in the midst backwards, so that it is like no other.
                int from = second == 1 ? part.length - 1 - i : i;
                said[second * RATE_HZ + i] = (short) (part[from] * (second + 1) / 3);
            }
        }
        return said;
    }

    @Test
    void shouldFindSpeechWithAPauseInTheMiddle() {
        short[] said = threeSeconds();
        int heldUp = RATE_HZ / 10;
        short[] heard = new short[4 * RATE_HZ];
        int at = 5_000;
        System.arraycopy(said, 0, heard, at, RATE_HZ);
        System.arraycopy(said, RATE_HZ, heard, at + RATE_HZ + heldUp, 2 * RATE_HZ);

        assertThat(SpeechMatch.find(said, heard).similarity()).isLessThan(0.98);
        SpeechMatch match = SpeechMatch.findBySecond(said, heard, RATE_HZ);
        assertThat(match.similarity()).isEqualTo(1.0, within(1e-6));
        assertThat(match.offsetSamples()).isEqualTo(at + heldUp);
    }

    @Test
    void shouldMissASecondThatWasNotHeard() {
        short[] said = threeSeconds();
        short[] heard = hear(said, 5_000, 1, 0, 4 * RATE_HZ);
        Arrays.fill(heard, 5_000 + RATE_HZ, 5_000 + 2 * RATE_HZ, (short) 0);

        assertThat(SpeechMatch.findBySecond(said, heard, RATE_HZ).similarity()).isLessThan(0.9);
        assertThat(SpeechMatch.findBySecond(said, new short[4 * RATE_HZ], RATE_HZ)
                        .similarity())
                .isZero();
        assertThat(SpeechMatch.findBySecond(new short[3 * RATE_HZ], heard, RATE_HZ)
                        .similarity())
                .isZero();
        assertThat(SpeechMatch.findBySecond(new short[10], heard, RATE_HZ).similarity())
                .isZero();
    }

    @Test
    void shouldNotOverflowAtFullScale() {
        short[] loud = new short[RATE_HZ];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = (i / 50) % 3 == 0 ? Short.MIN_VALUE : Short.MAX_VALUE;
        }

        assertThat(SpeechMatch.find(loud, loud).similarity()).isEqualTo(1.0, within(1e-9));
    }
}
