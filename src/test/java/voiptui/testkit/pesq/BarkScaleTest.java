package voiptui.testkit.pesq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BarkScaleTest {

    private static final int RATE_HZ = BarkScale.RATE_HZ;

    private final BarkScale bark = new BarkScale();

    private static double[] tone(double hz, double amplitude) {
        double[] tone = new double[BarkScale.FRAME];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = amplitude * Math.sin(2 * Math.PI * hz * i / RATE_HZ);
        }
        return tone;
    }

    private double sones(double[] signal) {
        double[] loudness = bark.loudness(bark.powers(signal, 0));
        double sum = 0;
        for (int band = 0; band < BarkScale.BANDS; band++) {
            sum += loudness[band] * bark.width(band);
        }
        return sum;
    }

    @Test
    void shouldCoverTheScaleUpTo8KHz() {
        assertThat(bark.totalWidth() + bark.width(0)).isEqualTo(21.3, within(0.2));
    }

    /** P.862, 10.2.1: a sine of 1 kHz with an amplitude of 29.54 stands for 40 dB SPL. */
    @Test
    void shouldTakeToneOf40DbForOneSone() {
        double[] tone = tone(1_000, 29.54);
        assertThat(Arrays.stream(bark.powers(tone, 0)).max().orElseThrow()).isEqualTo(1e4, within(4e3));
        assertThat(sones(tone)).isEqualTo(1, within(0.25));
    }

    @Test
    void shouldHearLessOfLowTones() {
        assertThat(sones(tone(93.75, 29.54))).isLessThan(0.5 * sones(tone(1_000, 29.54)));
        assertThat(sones(tone(31.25, 3_000))).isLessThan(0.7 * sones(tone(93.75, 3_000)));
    }
}
