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
    void shouldPassEvenlyWhatHasRoomInBothRates() throws IOException {
        int[][] paths = {
            {48_000, 44_100},
            {44_100, 48_000},
            {96_000, 48_000},
            {192_000, 48_000},
            {88_200, 48_000},
            {8_000, 48_000},
            {16_000, 48_000},
            {22_050, 48_000},
            {32_000, 48_000},
            {192_000, 44_100}
        };
        for (int[] path : paths) {
            double passed = Math.min(20_000, 0.907 * Math.min(path[0], path[1]) / 2);
            for (double share : new double[] {0.01, 0.3, 0.6, 0.9, 0.95, 1}) {
                double gainDb = 20
                        * Math.log10(through(path[0], path[1], share * passed).amplitude() / 32_767 / 0.9);
                assertThat(gainDb)
                        .as("%d to %d Hz, %.0f Hz", path[0], path[1], share * passed)
                        .isBetween(-0.1, 0.1);
            }
        }
    }

    @Test
    void shouldMirrorNothingThatIsHeard() throws IOException {
        int[][] paths = {{48_000, 44_100}, {96_000, 48_000}, {192_000, 48_000}, {88_200, 48_000}, {192_000, 44_100}};
        for (int[] path : paths) {
            double limit = path[1] / 2.0;
            for (double share : new double[] {0.01, 0.05, 0.2, 0.5, 0.9}) {
                double hz = limit + share * (path[0] / 2.0 - limit);
                float[] out = resample(path[0], path[1], hz);
                double power = 0;
                for (int i = out.length / 10; i < out.length * 9 / 10; i++) {
                    power += out[i] * out[i];
                }
                double levelDb = 10 * Math.log10(power / (out.length * 0.8) / (0.9 * 0.9 / 2));
                assertThat(levelDb)
                        .as("%d to %d Hz, %.0f Hz", path[0], path[1], hz)
                        .isLessThan(-80);
            }
        }
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
