package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;

class SpeechMeterTest {

    private final SpeechMeter meter = new SpeechMeter(PcmFormat.OPUS);

    private void hear(int sample, int ms) {
        short[] frame = new short[PcmFormat.OPUS.frameSamples()];
        Arrays.fill(frame, (short) sample);
        for (int at = 0; at < ms; at += PcmFormat.OPUS.frameMs()) {
            meter.add(frame);
        }
    }

    @Test
    void shouldTellSilenceFromQuietSpeechAndBothFromSpeech() {
        hear(1, 1_000);
        assertThat(meter.isSilent()).isTrue();
        hear(100, 1_000);
        assertThat(meter.isSilent()).isFalse();
        assertThat(meter.hasSpeech()).as("about -50 dBFS").isFalse();
        hear(3_000, 500);
        assertThat(meter.hasSpeech()).isTrue();
        assertThat(meter.isTooLoud()).isFalse();
    }

    @Test
    void shouldNotTakeAKnockForSpeechThatIsTooLoud() {
        hear(Short.MAX_VALUE, 200);
        assertThat(meter.isTooLoud()).isFalse();
        assertThat(meter.hasSpeech()).isFalse();
        hear(Short.MAX_VALUE, 100);
        assertThat(meter.isTooLoud()).isTrue();
    }

    @Test
    void shouldMeasureEachStepByItself() {
        hear(Short.MAX_VALUE, 100);
        hear(1, 90);
        assertThat(meter.heardMs()).as("whole steps").isEqualTo(100);
        hear(1, 10);
        assertThat(meter.heardMs()).isEqualTo(200);
        assertThat(meter.stepDbfs()).isLessThan(-90);
        assertThat(meter.peakDbfs()).isGreaterThan(-0.1);
    }
}
