package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.SilenceDetector.Change;

class SilenceDetectorTest {

    private final SilenceDetector detector = new SilenceDetector(PcmFormat.CLASSIC, 0.01);
    private final short[] quiet = frameOf(327);
    private final short[] speech = frameOf(-328);

    private static short[] frameOf(int peak) {
        short[] frame = new short[882];
        Arrays.fill(frame, 400, 410, (short) peak);
        return frame;
    }

    @Test
    void shouldReportOnceWhenTheInputWasQuietForTwoSeconds() {
        for (int frame = 1; frame < 100; frame++) {
            assertThat(detector.onFrame(quiet)).isEqualTo(Change.NONE);
        }
        assertThat(detector.isSilent()).isFalse();
        assertThat(detector.onFrame(quiet)).isEqualTo(Change.BECAME_SILENT);
        assertThat(detector.silentForMs()).isEqualTo(2_000);
        assertThat(detector.isSilent()).isTrue();
        assertThat(detector.onFrame(quiet)).isEqualTo(Change.NONE);
    }

    @Test
    void shouldReportWhenItIsHeardAgainAndAfterHowLong() {
        for (int frame = 0; frame < 150; frame++) {
            detector.onFrame(quiet);
        }
        assertThat(detector.onFrame(speech)).isEqualTo(Change.HEARD_AGAIN);
        assertThat(detector.silentForMs()).isEqualTo(3_000);
        assertThat(detector.isSilent()).isFalse();
        assertThat(detector.onFrame(speech)).isEqualTo(Change.NONE);
    }

    @Test
    void shouldNotCountPausesBetweenWordsTogether() {
        for (int word = 0; word < 10; word++) {
            for (int frame = 0; frame < 99; frame++) {
                assertThat(detector.onFrame(quiet)).isEqualTo(Change.NONE);
            }
            assertThat(detector.onFrame(speech)).isEqualTo(Change.NONE);
        }
    }

    @Test
    void shouldTreatTheMostNegativeSampleAsLoud() {
        SilenceDetector strict = new SilenceDetector(PcmFormat.CLASSIC, 1.0, 0);
        assertThat(strict.onFrame(frameOf(Short.MAX_VALUE))).isEqualTo(Change.BECAME_SILENT);
        assertThat(strict.onFrame(frameOf(Short.MIN_VALUE))).isEqualTo(Change.HEARD_AGAIN);
    }

    @Test
    void shouldRejectAThresholdOutOfRange() {
        for (double threshold : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new SilenceDetector(PcmFormat.CLASSIC, threshold))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
