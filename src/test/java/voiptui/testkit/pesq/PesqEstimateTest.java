package voiptui.testkit.pesq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Wav;

class PesqEstimateTest {

    private static final int RATE_HZ = PesqEstimate.RATE_HZ;

    private short[] said;

    @BeforeEach
    void speak() throws IOException {
        said = Wav.speech(6, 1, RATE_HZ);
    }

    private double scoreWithHolesOf(int ms, int everyMs) {
        short[] heard = said.clone();
        int every = everyMs * RATE_HZ / 1000;
        for (int at = every; at + every < heard.length; at += every) {
            Arrays.fill(heard, at, at + ms * RATE_HZ / 1000, (short) 0);
        }
        return PesqEstimate.of(said, heard);
    }

    @Test
    void shouldGiveTheSameSpeechTheHighestScoreWhereverItIsAndHoweverLoud() {
        short[] heard = new short[said.length + RATE_HZ];
        for (int i = 0; i < said.length; i++) {
            heard[1_234 + i] = (short) (said[i] / 2);
        }
        assertThat(PesqEstimate.of(said, said)).isEqualTo(4.64, within(0.01));
        assertThat(PesqEstimate.of(said, heard)).isEqualTo(4.64, within(0.1));
    }

    @Test
    void shouldGiveNoiseTheLowestScore() {
        Random random = new Random(1);
        short[] noise = new short[said.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (2_000 * random.nextGaussian());
        }
        assertThat(PesqEstimate.of(said, noise)).isLessThan(1.3);
    }

    /** P.862, 10.2.10, looks elsewhere for what is bad five frames in a row, not for single frames. */
    @Test
    void shouldNotLookElsewhereForShortFaults() {
        short[] heard = said.clone();
        int late = 60 * RATE_HZ / 1000;
        int fault = 50 * RATE_HZ / 1000;
        for (int at = RATE_HZ / 2; at + late + fault < heard.length; at += RATE_HZ / 2) {
            System.arraycopy(said, at - late, heard, at, fault);
        }
        assertThat(PesqEstimate.of(said, heard)).isLessThan(1.9);
    }

    @Test
    void shouldDecreaseWithHoles() {
        double few = scoreWithHolesOf(20, 1_000);
        double many = scoreWithHolesOf(20, 250);
        double more = scoreWithHolesOf(60, 250);
        assertThat(few).isBetween(2.0, 4.3);
        assertThat(many).isLessThan(few - 0.2);
        assertThat(more).isLessThan(many - 0.1);
    }
}
