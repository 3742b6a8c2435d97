package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.audio.PcmFormat;
import voiptui.testkit.Sounds;

class GainTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();

    private final Gain gain = Gain.ofMicrophone();

    private short[] settled(int sample) {
        short[] frame = new short[FRAME];
        for (int i = 0; i < 2; i++) {
            Arrays.fill(frame, (short) sample);
            gain.apply(frame);
        }
        return frame;
    }

    @Test
    void shouldPassSamplesUnchangedAtZero() {
        short[] all = new short[65_536];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) i;
        }
        short[] frame = all.clone();
        gain.apply(frame);
        assertThat(frame).isEqualTo(all);
    }

    @Test
    void shouldLeaveSamplesAsTheyAreAgainAfterStepsUpAndDown() {
        for (double step : new double[] {0.1, 0.1, 0.1, 3, 3, -3, -0.3, -3}) {
            gain.change(step);
        }
        assertThat(gain.change(0)).isZero();
        short[] vowel = Sounds.vowel(20_000, 44_100, FRAME, 1);
        short[] frame = vowel.clone();
        gain.apply(frame);
        assertThat(frame).isEqualTo(vowel);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1000, 1995",
        "-6, 1000, 501",
        "20, 1000, 10000",
        "-20, -1000, -100",
        "20, 20000, 32767",
        "20, -20000, -32768"
    })
    void shouldScaleAndClipAtFullScale(double db, int sample, int expected) {
        gain.change(db);
        assertThat(settled(sample)).containsOnly((short) expected);
    }

    @Test
    void shouldStayWithinItsRange() {
        assertThat(gain.change(25)).isEqualTo(25);
        assertThat(gain.change(25)).isEqualTo(30);
        assertThat(gain.change(-1000)).isEqualTo(-30);
        assertThat(gain.change(Double.POSITIVE_INFINITY)).isEqualTo(30);
        assertThat(gain.change(Double.NaN)).isEqualTo(30);
        Gain speaker = Gain.ofSpeaker();
        assertThat(speaker.change(100)).isEqualTo(21);
        assertThat(speaker.change(-100)).isEqualTo(-42);
    }

    @Test
    void shouldReachZeroAgainFromEitherEndInTheStepsOfTheKeys() {
        for (Gain each : new Gain[] {Gain.ofMicrophone(), Gain.ofSpeaker()}) {
            for (double step : new double[] {3, -3}) {
                double end = each.change(1000 * step);
                int steps = (int) (Math.abs(end) / Math.abs(step));
                for (int i = 0; i < steps; i++) {
                    each.change(-step);
                }
                assertThat(each.change(0)).as("from %s dB", end).isZero();
            }
        }
    }

    @Test
    void shouldNotClickWhenItChanges() {
        short[] sound = new short[4 * FRAME];
        for (int frame = 0; frame < 4; frame++) {
            short[] part = new short[FRAME];
            Arrays.fill(part, (short) 1000);
            if (frame == 1) {
                gain.change(20);
            } else if (frame == 2) {
                gain.change(-20);
            }
            gain.apply(part);
            System.arraycopy(part, 0, sound, frame * FRAME, FRAME);
        }

        assertThat(sound[2 * FRAME - 1]).as("has got there within a frame").isEqualTo((short) 10_000);
        assertThat(sound[4 * FRAME - 1]).isEqualTo((short) 1000);
        assertThat(Sounds.largestStep(sound)).isLessThanOrEqualTo(9_000 / FRAME + 2);
    }
}
