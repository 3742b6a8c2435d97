package voiptui.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.testkit.Allocation;

class FrameResamplerTest {

    private static final PcmFormat DEVICES = PcmFormat.OPUS;
    private static final PcmFormat CLASSIC = PcmFormat.CLASSIC;

    private static short[] sine(int rateHz, double hz, double amplitude) {
        short[] samples = new short[rateHz];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return samples;
    }

    /** A second of sound, frame by frame. */
    private static short[] through(PcmFormat from, PcmFormat to, short[] sound) {
        FrameResampler resampler = new FrameResampler(from, to);
        short[] in = new short[from.frameSamples()];
        short[] out = new short[to.frameSamples()];
        short[] all = new short[100 * out.length];
        for (int i = 0; i < 100; i++) {
            System.arraycopy(sound, i * in.length, in, 0, in.length);
            resampler.convert(in, out);
            System.arraycopy(out, 0, all, i * out.length, out.length);
        }
        return all;
    }

    @Test
    void shouldKeepATonePureBothWays() {
        SineFit down = SineFit.of(through(DEVICES, CLASSIC, sine(48_000, 1000, 29_000)), 4410, 39_690, 1000, 44_100);
        assertThat(down.signalToNoiseDb()).isGreaterThan(80);
        assertThat(down.amplitude()).isEqualTo(29_000, within(30.0));

        SineFit up = SineFit.of(through(CLASSIC, DEVICES, sine(44_100, 1000, 29_000)), 4800, 43_200, 1000, 48_000);
        assertThat(up.signalToNoiseDb()).isGreaterThan(80);
        assertThat(up.amplitude()).isEqualTo(29_000, within(30.0));
    }

    @Test
    void shouldKeepATonePureThereAndBack() {
        short[] back = through(CLASSIC, DEVICES, through(DEVICES, CLASSIC, sine(48_000, 1000, 20_000)));

        SineFit fit = SineFit.of(back, 4800, 43_200, 1000, 48_000);
        assertThat(fit.signalToNoiseDb()).isGreaterThan(78);
    }

    @Test
    void shouldPassWhatIsHeardEvenly() {
        for (double hz : new double[] {20, 100, 1_000, 5_000, 10_000, 15_000, 17_000, 19_000, 19_500, 20_000}) {
            double down = SineFit.of(through(DEVICES, CLASSIC, sine(48_000, hz, 20_000)), 4410, 39_690, hz, 44_100)
                    .amplitude();
            double up = SineFit.of(through(CLASSIC, DEVICES, sine(44_100, hz, 20_000)), 4800, 43_200, hz, 48_000)
                    .amplitude();
            assertThat(20 * Math.log10(down / 20_000))
                    .as("48 to 44.1 kHz, %s Hz", hz)
                    .isCloseTo(0, within(0.1));
            assertThat(20 * Math.log10(up / 20_000))
                    .as("44.1 to 48 kHz, %s Hz", hz)
                    .isCloseTo(0, within(0.1));
        }
    }

    /** Rounding to 16 bits leaves noise at -98 dB besides. */
    @Test
    void shouldMirrorNothingThatIsHeard() {
        for (double hz : new double[] {22_060, 22_100, 22_300, 22_500, 23_000, 23_500, 23_900}) {
            SineFit alias =
                    SineFit.of(through(DEVICES, CLASSIC, sine(48_000, hz, 32_000)), 4410, 39_690, 44_100 - hz, 44_100);
            assertThat(20 * Math.log10(alias.amplitude() / 32_000))
                    .as("%s Hz", hz)
                    .isLessThan(-80);
        }
        for (double hz : new double[] {20_000, 20_300, 21_000, 21_900}) {
            SineFit image =
                    SineFit.of(through(CLASSIC, DEVICES, sine(44_100, hz, 32_000)), 4800, 43_200, 44_100 - hz, 48_000);
            assertThat(20 * Math.log10(image.amplitude() / 32_000))
                    .as("%s Hz", hz)
                    .isLessThan(-80);
        }
    }

    @Test
    void shouldBeLateByLittleMoreThanAMillisecond() {
        SineFit down = SineFit.of(through(DEVICES, CLASSIC, sine(48_000, 300, 20_000)), 4410, 39_690, 300, 44_100);

        assertThat(down.delaySamples()).isBetween(44.1, 1.4 * 44.1);
    }

    @Test
    void shouldFilterFrequenciesAboveTheLowerNyquistLimit() {
        short[] out = through(DEVICES, CLASSIC, sine(48_000, 23_500, 29_000));

        for (int i = 4410; i < out.length; i++) {
            assertThat(Math.abs(out[i])).isLessThan((short) 10);
        }
    }

    @Test
    void shouldClipInsteadOfWrapping() {
        short[] square = new short[48_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 100 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = through(DEVICES, CLASSIC, square);
        short[] atTheSteps = Arrays.copyOfRange(out, 4410, 8820);

        int crossings = 0;
        for (int i = 1; i < atTheSteps.length; i++) {
            crossings += atTheSteps[i] < 0 != atTheSteps[i - 1] < 0 ? 1 : 0;
        }
        assertThat(crossings).as("one for each step").isBetween(47, 49);
    }

    @Test
    void shouldWantFramesThatLastEquallyLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameResampler(DEVICES, new PcmFormat(44_100, 881)));
    }

    @Test
    void shouldAllocateNothing() {
        FrameResampler resampler = new FrameResampler(DEVICES, CLASSIC);
        short[] in = new short[DEVICES.frameSamples()];
        Random random = new Random(1);
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) random.nextInt();
        }
        short[] out = new short[CLASSIC.frameSamples()];
        assertThat(Allocation.bytesPerRun(500, 500, () -> resampler.convert(in, out)))
                .isLessThan(1);
    }
}
