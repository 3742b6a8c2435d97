package voiptui.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToneSourceTest {

    @Test
    void shouldDeliverASineWithoutStepsBetweenFrames() throws AudioLostException {
        PcmFormat format = PcmFormat.OPUS;
        double amplitude = (PcmFormat.FULL_SCALE - 1) * Math.pow(10, ToneSource.LEVEL_DBFS / 20);
        short[] frame = new short[format.frameSamples()];
        try (ToneSource tone = new ToneSource(440, format, new FakeTime().pacer())) {
            for (int i = 0; i < 1000; i++) {
                tone.read(frame);
                for (int sample = 0; sample < frame.length; sample++) {
                    long at = (long) i * frame.length + sample;
                    double exact = amplitude
                            * Math.sin(2 * Math.PI * (at * 440 % format.sampleRateHz()) / format.sampleRateHz());
                    assertThat(Math.abs(frame[sample] - exact)).isLessThan(0.51);
                }
            }
        }
    }
}
