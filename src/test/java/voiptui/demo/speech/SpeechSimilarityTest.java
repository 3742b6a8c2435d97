package voiptui.demo.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Wav;

class SpeechSimilarityTest {

    private static final int RATE_HZ = 16_000;

    private short[] said;

    @BeforeEach
    void speak() throws IOException {
        said = Wav.speech(6, 1, RATE_HZ);
    }

    private double qualityWithHolesOf(int ms) {
        short[] heard = said.clone();
        for (int at = RATE_HZ / 4; at + RATE_HZ / 4 < heard.length; at += RATE_HZ / 4) {
            Arrays.fill(heard, at, at + ms * RATE_HZ / 1000, (short) 0);
        }
        return SpeechSimilarity.ofAligned(said, heard, RATE_HZ);
    }

    @Test
    void shouldBe1ForTheSameAndLowForOtherSounds() {
        short[] backwards = new short[said.length];
        for (int i = 0; i < said.length; i++) {
            backwards[i] = said[said.length - 1 - i];
        }
        assertThat(SpeechSimilarity.ofAligned(said, said, RATE_HZ)).isEqualTo(1, within(1e-9));
        assertThat(SpeechSimilarity.ofAligned(said, new short[said.length], RATE_HZ))
                .isLessThan(0.1);
        assertThat(SpeechSimilarity.ofAligned(said, backwards, RATE_HZ)).isLessThan(0.5);
    }

    @Test
    void shouldDecreaseWithTheLengthOfHoles() {
        assertThat(qualityWithHolesOf(20)).isBetween(0.6, 0.97).isLessThan(qualityWithHolesOf(5));
        assertThat(qualityWithHolesOf(60)).isLessThan(qualityWithHolesOf(20));
    }

    /** As a high-pass filter or a codec does: the waveform is another, the sound is not. */
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
        assertThat(SpeechSimilarity.ofAligned(said, turned, RATE_HZ)).isGreaterThan(0.97);
    }
}
