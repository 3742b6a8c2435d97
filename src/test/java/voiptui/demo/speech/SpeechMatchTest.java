package voiptui.demo.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Wav;

class SpeechMatchTest {

    private static final int RATE_HZ = 16_000;
    private static final int MS = RATE_HZ / 1000;

    private short[] said;

    @BeforeEach
    void speak() throws IOException {
        said = Wav.speech(12, 1, RATE_HZ);
    }

    private static short[] heardAt(short[] said, int at, double gain) {
        short[] heard = new short[at + said.length + RATE_HZ / 2];
        for (int i = 0; i < said.length; i++) {
            heard[at + i] = (short) (gain * said[i]);
        }
        return heard;
    }

    private static SpeechMatch find(short[] said, short[] heard) {
        return SpeechMatch.find(said, heard, RATE_HZ);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 882, 5_292, 20_001, 44_100, 80_000})
    void shouldFindSpeechToWithinAMillisecond(int at) {
        SpeechMatch match = find(said, heardAt(said, at, 1));

        assertThat(match.offsetSamples()).isCloseTo(at, within(MS));
        assertThat(match.similarity()).isGreaterThan(0.97);
        assertThat(match.places())
                .hasSizeGreaterThan(15)
                .allSatisfy(place ->
                        assertThat(place.heardSample() - place.saidSample()).isCloseTo(at, within(2 * MS)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 1.5})
    void shouldIgnoreTheLevel(double gain) {
        SpeechMatch match = find(said, heardAt(said, 10_000, gain));

        assertThat(match.offsetSamples()).isCloseTo(10_000, within(MS));
        assertThat(match.similarity()).isGreaterThan(0.9);
    }

    /** The waveform turns into another one with the same sound. */
    @Test
    void shouldIgnoreThePhase() {
        short[] turned = new short[said.length];
        double x1 = 0;
        double y1 = 0;
        for (int i = 0; i < said.length; i++) {
            double y = -0.6 * said[i] + x1 + 0.6 * y1;
            x1 = said[i];
            y1 = y;
            turned[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(y)));
        }
        SpeechMatch match = find(said, heardAt(turned, 10_000, 1));

        assertThat(match.offsetSamples()).isCloseTo(10_000, within(2 * MS));
        assertThat(match.similarity()).isGreaterThan(0.95);
    }

    /** Without {@code percent} of its packets of 20 ms, in bursts of {@code burst}. */
    private static short[] withoutPackets(short[] said, double percent, int burst) {
        short[] heard = said.clone();
        Random random = new Random(7);
        for (int at = 0; at + burst * 20 * MS <= heard.length; at += burst * 20 * MS) {
            if (random.nextDouble() * 100 < percent) {
                Arrays.fill(heard, at, at + burst * 20 * MS, (short) 0);
            }
        }
        return heard;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldFindSpeechThatLostAThirdOfItsPackets(int burst) {
        SpeechMatch match = find(said, heardAt(withoutPackets(said, 30, burst), 12_345, 1));

        assertThat(match.offsetSamples()).isCloseTo(12_345, within(2 * MS));
        assertThat(match.places())
                .allSatisfy(place ->
                        assertThat(place.heardSample() - place.saidSample()).isCloseTo(12_345, within(10 * MS)));
        assertThat(match.similarity()).isBetween(0.2, 0.8);
    }

    /** The playout delay grows by 100 ms in the course of the speech, by repeating 5 ms at a time. */
    @Test
    void shouldFollowADelayThatDrifts() {
        int pieces = 20;
        int piece = said.length / pieces;
        int added = 5 * MS;
        short[] heard = new short[said.length + pieces * added + RATE_HZ];
        for (int i = 0; i < pieces; i++) {
            int to = i * (piece + added) + 4_000;
            System.arraycopy(said, i * piece, heard, to, piece);
            System.arraycopy(said, (i + 1) * piece - added, heard, to + piece, added);
        }
        for (short[] received : new short[][] {heard, withoutPackets(heard, 30, 1)}) {
            SpeechMatch match = find(said, received);

            assertThat(match.places()).allSatisfy(place -> {
                int middle = place.saidSample() + RATE_HZ / 2;
                assertThat(place.heardSample() - place.saidSample())
                        .as("delay at %d", place.saidSample())
                        .isCloseTo(4_000 + middle / piece * added, within(12 * MS));
            });
        }
        assertThat(find(said, heard).similarity()).isGreaterThan(0.85);
    }

    @Test
    void shouldFindBothSidesOfAPause() {
        int middle = said.length / 2;
        short[] heard = new short[said.length + RATE_HZ];
        System.arraycopy(said, 0, heard, 3_000, middle);
        System.arraycopy(said, middle, heard, 3_000 + middle + 200 * MS, said.length - middle);
        SpeechMatch match = find(said, heard);

        assertThat(match.similarity()).isGreaterThan(0.95);
        SpeechMatch.Place last = match.places().get(match.places().size() - 1);
        assertThat(match.places().get(0).heardSample()).isCloseTo(3_000, within(MS));
        assertThat(last.heardSample() - last.saidSample()).isCloseTo(3_000 + 200 * MS, within(MS));
    }

    @Test
    void shouldMissWhatWasNotHeard() {
        short[] heard = heardAt(said, 5_000, 1);
        Arrays.fill(heard, 5_000 + said.length / 2, heard.length, (short) 0);

        assertThat(find(said, heard).offsetSamples()).isCloseTo(5_000, within(MS));
        assertThat(find(said, heard).similarity()).isBetween(0.4, 0.6);
    }

    @Test
    void shouldNotFindSpeechInOtherSound() {
        short[] noise = new short[said.length + RATE_HZ];
        Random random = new Random(2);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (3000 * random.nextGaussian());
        }
        short[] backwards = new short[said.length];
        for (int i = 0; i < said.length; i++) {
            backwards[i] = said[said.length - 1 - i];
        }

        assertThat(find(said, noise).similarity()).isLessThan(0.4);
        assertThat(find(said, heardAt(backwards, 8_000, 1)).similarity()).isLessThan(0.5);
    }

    @Test
    void shouldFindNothingInSilenceOrInTooLittle() {
        assertThat(find(said, new short[2 * RATE_HZ])).isEqualTo(SpeechMatch.NONE);
        assertThat(find(new short[RATE_HZ], said)).isEqualTo(SpeechMatch.NONE);
        assertThat(find(said, new short[0])).isEqualTo(SpeechMatch.NONE);
        assertThat(find(new short[0], said)).isEqualTo(SpeechMatch.NONE);
        assertThat(find(new short[] {1, 2, 3}, said)).isEqualTo(SpeechMatch.NONE);
        assertThat(find(said, new short[] {1, 2, 3})).isEqualTo(SpeechMatch.NONE);
    }
}
