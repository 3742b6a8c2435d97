package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.audio.AudioLostException;
import voiptui.audio.FakeTime;
import voiptui.audio.PcmFormat;
import voiptui.audio.ToneSource;

class LevelMeterTest {

    private final LevelMeter meter = new LevelMeter();

    @Test
    void shouldReadTheFloorForSilenceAndForNothing() {
        assertThat(meter.peakDbfs()).isEqualTo(-96.0);
        assertThat(meter.rmsDbfs()).isEqualTo(-96.0);
        meter.add(new short[882]);
        assertThat(meter.peakDbfs()).isEqualTo(-96.0);
        assertThat(meter.rmsDbfs()).isEqualTo(-96.0);
    }

    @Test
    void shouldReadFullScaleForTheMostNegativeSample() {
        meter.add(new short[] {Short.MIN_VALUE});
        assertThat(meter.peakDbfs()).isEqualTo(0.0);
        assertThat(meter.rmsDbfs()).isEqualTo(0.0);
    }

    @Test
    void shouldReadASineThreeDecibelsBelowItsPeak() throws AudioLostException {
        short[] frame = new short[882];
        try (ToneSource tone = new ToneSource(1000, PcmFormat.CLASSIC, new FakeTime().pacer())) {
            for (int i = 0; i < 50; i++) {
                tone.read(frame);
                meter.add(frame);
            }
        }
        assertThat(meter.peakDbfs()).isCloseTo(-12, within(0.05));
        assertThat(meter.rmsDbfs()).isCloseTo(-15.01, within(0.05));
    }

    @Test
    void shouldHoldTheHighestPeakUntilReset() {
        meter.add(new short[] {-16_384});
        meter.add(new short[] {1});
        assertThat(meter.peakDbfs()).isCloseTo(-6.02, within(0.01));
        meter.reset();
        meter.add(new short[] {1});
        assertThat(meter.peakDbfs()).isCloseTo(-90.3, within(0.1));
    }

    @Test
    void shouldNotOverflowOverHoursOfFullScale() {
        short[] loud = new short[441_000];
        Arrays.fill(loud, Short.MIN_VALUE);
        for (int tenSeconds = 0; tenSeconds < 720; tenSeconds++) {
            meter.add(loud);
        }
        assertThat(meter.rmsDbfs()).isEqualTo(0.0);
    }
}
