package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.SilenceDetector.Change;

class SilenceDetectorTest {

    /** Each frame lasts 20 ms. */
    private static final int FRAMES_PER_S = 50;

    private final SilenceDetector detector = new SilenceDetector(PcmFormat.CLASSIC, null);
    private final SilenceDetector strict = new SilenceDetector(PcmFormat.CLASSIC, 0.01);
    private final short[] nothing = frameOf(0);
    private final short[] quiet = frameOf(327);
    private final short[] speech = frameOf(-328);

    private static short[] frameOf(int peak) {
        short[] frame = new short[882];
        Arrays.fill(frame, 400, 410, (short) peak);
        return frame;
    }

    /** Returns after how many seconds of {@code frame} something changes, and what. */
    private static String changeAfter(SilenceDetector detector, short[] frame, int atMostS) {
        for (int count = 1; count <= atMostS * FRAMES_PER_S; count++) {
            Change change = detector.onFrame(frame);
            if (change != Change.NONE) {
                return change + " after " + (double) count / FRAMES_PER_S;
            }
        }
        return "";
    }

    @Test
    void shouldReportDigitalSilenceAfterTwoSeconds() {
        assertThat(changeAfter(detector, nothing, 5)).isEqualTo("BECAME_SILENT after 2.0");
        assertThat(detector.silentForMs()).isEqualTo(2_000);
        assertThat(detector.isSilent()).isTrue();
        assertThat(changeAfter(detector, frameOf(-1), 60)).isEmpty();
        assertThat(detector.onFrame(quiet)).isEqualTo(Change.HEARD_AGAIN);
        assertThat(detector.silentForMs()).isEqualTo(62_000);
        assertThat(detector.isSilent()).isFalse();
    }

    @Test
    void shouldReportAMicrophoneThatNeverHeardSpeechAfterTenSeconds() {
        assertThat(changeAfter(detector, quiet, 60)).isEqualTo("BECAME_SILENT after 10.0");
        assertThat(detector.silentForMs()).isEqualTo(10_000);
        assertThat(detector.onFrame(quiet)).isEqualTo(Change.NONE);
        assertThat(detector.onFrame(speech)).isEqualTo(Change.HEARD_AGAIN);
    }

    /** Half a minute of listening, with the room's noise. */
    @Test
    void shouldNotReportPausesOfSpeech() {
        Random random = new Random(1);
        for (int sentence = 0; sentence < 20; sentence++) {
            assertThat(changeAfter(detector, speech, 2)).isEmpty();
            assertThat(changeAfter(detector, frameOf(2 + random.nextInt(300)), 30))
                    .isEmpty();
        }
    }

    /** Some systems replace the room's noise with digital silence: once is a mistake that can be borne. */
    @Test
    void shouldReportPausesOfDigitalSilenceOnceAtMost() {
        assertThat(changeAfter(detector, speech, 1)).isEmpty();
        assertThat(changeAfter(detector, nothing, 5)).isEqualTo("BECAME_SILENT after 2.0");
        assertThat(detector.onFrame(speech)).isEqualTo(Change.HEARD_AGAIN);
        for (int pause = 0; pause < 10; pause++) {
            assertThat(changeAfter(detector, nothing, 30)).isEmpty();
            assertThat(changeAfter(detector, speech, 1)).isEmpty();
        }
    }

    @Test
    void shouldJudgeAnotherMicrophoneAnew() {
        changeAfter(detector, nothing, 5);
        detector.restart();
        assertThat(detector.isSilent()).isFalse();
        assertThat(changeAfter(detector, nothing, 5)).isEqualTo("BECAME_SILENT after 2.0");
        detector.restart();
        assertThat(changeAfter(detector, quiet, 20)).isEqualTo("BECAME_SILENT after 10.0");
    }

    @Test
    void shouldReportEachSilenceBelowAThreshold() {
        for (int time = 0; time < 3; time++) {
            assertThat(changeAfter(strict, quiet, 5)).isEqualTo("BECAME_SILENT after 2.0");
            assertThat(strict.silentForMs()).isEqualTo(2_000);
            assertThat(changeAfter(strict, quiet, 1)).isEmpty();
            assertThat(strict.onFrame(speech)).isEqualTo(Change.HEARD_AGAIN);
            assertThat(strict.silentForMs()).isEqualTo(3_000);
            assertThat(strict.isSilent()).isFalse();
            assertThat(strict.onFrame(speech)).isEqualTo(Change.NONE);
        }
    }

    @Test
    void shouldNotCountPausesBetweenWordsTogether() {
        for (int word = 0; word < 10; word++) {
            for (int frame = 0; frame < 99; frame++) {
                assertThat(strict.onFrame(quiet)).isEqualTo(Change.NONE);
            }
            assertThat(strict.onFrame(speech)).isEqualTo(Change.NONE);
        }
    }

    @Test
    void shouldTreatTheMostNegativeSampleAsLoud() {
        SilenceDetector strictest = new SilenceDetector(PcmFormat.CLASSIC, 1.0);
        assertThat(changeAfter(strictest, frameOf(Short.MAX_VALUE), 5)).isEqualTo("BECAME_SILENT after 2.0");
        assertThat(strictest.onFrame(frameOf(Short.MIN_VALUE))).isEqualTo(Change.HEARD_AGAIN);
    }

    @Test
    void shouldRejectAThresholdOutOfRange() {
        for (double threshold : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new SilenceDetector(PcmFormat.CLASSIC, threshold))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
