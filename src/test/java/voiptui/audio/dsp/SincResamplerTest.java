package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SincResamplerTest {

    /** A second of a sine, with the middle of what came out. */
    private static SineFit through(int inHz, int outHz, double toneHz) throws IOException {
        float[] out = resample(inHz, outHz, toneHz);
        short[] samples = new short[out.length];
        for (int i = 0; i < out.length; i++) {
            samples[i] = (short) Math.round(out[i] * 32_767);
        }
        return SineFit.of(samples, outHz / 10, outHz * 9 / 10, toneHz, outHz);
    }

    private static float[] resample(int inHz, int outHz, double toneHz) throws IOException {
        int[] at = {0};
        MonoStream sine = (samples, offset, count) -> {
            int got = Math.min(count, inHz - at[0]);
            for (int i = 0; i < got; i++) {
                samples[offset + i] = (float) (0.9 * Math.sin(2 * Math.PI * toneHz * at[0]++ / inHz));
            }
            return got;
        };
        SincResampler resampler = new SincResampler(sine, inHz, outHz);
        float[] out = new float[2 * outHz];
        int total = 0;
        for (int got = -1; got != 0; total += got) {
            got = resampler.read(out, total, Math.min(882, out.length - total));
        }
        return Arrays.copyOf(out, total);
    }

    @Test
    void shouldKeepATonePure() throws IOException {
        for (int inHz : new int[] {8_000, 11_025, 16_000, 22_050, 32_000, 48_000, 96_000, 192_000}) {
            assertThat(through(inHz, 44_100, 1_000).signalToNoiseDb())
                    .as("from %d Hz", inHz)
                    .isGreaterThan(85);
        }
        assertThat(through(48_000, 44_100, 15_000).signalToNoiseDb()).isGreaterThan(80);
        assertThat(through(44_100, 48_000, 15_000).signalToNoiseDb()).isGreaterThan(80);
    }

    @Test
    void shouldFilterFrequenciesAboveTheLowerNyquistLimit() throws IOException {
        float[] out = resample(96_000, 44_100, 30_000);
        for (int i = 4_410; i < out.length - 4_410; i++) {
            assertThat(Math.abs(out[i])).isLessThan(0.9f * 1e-4f);
        }
    }

    @Test
    void shouldKeepTheDuration() throws IOException {
        assertThat(resample(48_000, 44_100, 440)).hasSize(44_100);
        assertThat(resample(8_000, 44_100, 440)).hasSize(44_100);
        assertThat(resample(44_101, 44_100, 440)).hasSize(44_100);
        assertThat(resample(1_000, 384_000, 100)).hasSize(384_000);
    }
}
