package voiptui.testkit.pesq;

import voiptui.demo.speech.FourierTransform;

/**
 * Power spectra in bands of equal width on the Bark scale, and their loudness in sone per Bark (Zwicker's law, P.862, 10.2.3 and
 * 10.2.6). Bands and threshold come from formulas instead of the recommendation's tables: {@code 6 asinh(f / 600)} for the scale, and
 * Terhardt's threshold of hearing ("Calculating virtual pitch", 1979).
 */
final class BarkScale {

    static final int RATE_HZ = 16_000;
    /** Samples of a frame: 32 ms. */
    static final int FRAME = 512;
    /** Samples between frames. */
    static final int HOP = FRAME / 2;

    static final int BANDS = 49;

    private static final double ZWICKER_POWER = 0.23;
    /** The amplitude of a sine of 1 kHz that stands for 40 dB SPL, and so for 1 sone and a power of 10,000 (P.862, 10.2.1). */
    private static final double CALIBRATION_AMPLITUDE = 29.54;

    private static final double CALIBRATION_POWER = 1e4;

    private final FourierTransform fourier = new FourierTransform(FRAME);
    private final double[] window = new double[FRAME];
    private final double[] re = new double[FRAME];
    private final double[] im = new double[FRAME];
    /** Which part of a bin belongs to a band. */
    private final double[][] parts = new double[BANDS][FRAME / 2 + 1];

    private final int[] firstBin = new int[BANDS];
    private final int[] lastBin = new int[BANDS];
    private final double[] thresholds = new double[BANDS];
    private final double[] exponents = new double[BANDS];
    private double powerScale = 1;
    private double loudnessScale = 1;

    BarkScale() {
        for (int i = 0; i < FRAME; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / FRAME);
        }
        double binHz = (double) RATE_HZ / FRAME;
        for (int band = 0; band < BANDS; band++) {
            double lowHz = hz(band * width());
            double highHz = hz((band + 1) * width());
            firstBin[band] = Math.max(1, (int) Math.round(lowHz / binHz));
            lastBin[band] = Math.min(FRAME / 2, (int) Math.round(highHz / binHz));
            for (int bin = firstBin[band]; bin <= lastBin[band]; bin++) {
                double overlapHz = Math.min(highHz, (bin + 0.5) * binHz) - Math.max(lowHz, (bin - 0.5) * binHz);
                parts[band][bin] = Math.max(0, overlapHz / binHz);
            }
            double centre = (band + 0.5) * width();
            double kHz = hz(centre) / 1000;
            double thresholdDb = 3.64 * Math.pow(kHz, -0.8)
                    - 6.5 * Math.exp(-0.6 * (kHz - 3.3) * (kHz - 3.3))
                    + 1e-3 * Math.pow(kHz, 4);
            thresholds[band] = Math.pow(10, Math.min(77, thresholdDb) / 10);
            double steeper = centre < 4 ? Math.min(2, 6 / (centre + 2)) : 1;
            exponents[band] = ZWICKER_POWER * Math.pow(steeper, 0.15);
        }
        calibrate();
    }

    private void calibrate() {
        double[] tone = new double[FRAME];
        for (int i = 0; i < FRAME; i++) {
            tone[i] = CALIBRATION_AMPLITUDE * Math.sin(2 * Math.PI * 1000 * i / RATE_HZ);
        }
        double peak = 0;
        for (double power : powers(tone, 0)) {
            peak = Math.max(peak, power);
        }
        powerScale = CALIBRATION_POWER / peak;
        double total = 0;
        for (double loudness : loudness(powers(tone, 0))) {
            total += loudness * width();
        }
        loudnessScale = 1 / total;
    }

    private static double hz(double bark) {
        return 600 * Math.sinh(bark / 6);
    }

    /** Returns the width of a band, in Bark. */
    double width() {
        double topBark = 6 * Math.log(RATE_HZ / 2 / 600.0 + Math.hypot(RATE_HZ / 2 / 600.0, 1));
        return topBark / BANDS;
    }

    /** Returns the power in each band of the frame that begins at {@code from}; beyond the ends there is silence. */
    double[] powers(double[] signal, int from) {
        for (int i = 0; i < FRAME; i++) {
            int at = from + i;
            re[i] = at < 0 || at >= signal.length ? 0 : signal[at] * window[i];
            im[i] = 0;
        }
        fourier.apply(re, im);
        double[] powers = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            for (int bin = firstBin[band]; bin <= lastBin[band]; bin++) {
                powers[band] += parts[band][bin] * (re[bin] * re[bin] + im[bin] * im[bin]);
            }
            powers[band] *= powerScale;
        }
        return powers;
    }

    double[] loudness(double[] powers) {
        double[] loudness = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            double threshold = thresholds[band];
            if (powers[band] > threshold) {
                loudness[band] = loudnessScale
                        * Math.pow(threshold / 0.5, exponents[band])
                        * (Math.pow(0.5 + 0.5 * powers[band] / threshold, exponents[band]) - 1);
            }
        }
        return loudness;
    }

    /** Returns the power in a band, or 0 if it is below the threshold of hearing times {@code factor}. */
    double audible(double[] powers, int band, double factor) {
        return powers[band] > factor * thresholds[band] ? powers[band] : 0;
    }

    /** Returns the sum of {@link #audible} over all bands. */
    double audible(double[] powers, double factor) {
        double sum = 0;
        for (int band = 0; band < BANDS; band++) {
            sum += audible(powers, band, factor);
        }
        return sum;
    }
}
