package voiptui.audio.dsp;

/**
 * The sine of a known frequency that comes closest to some samples, by least squares, and what is left besides it.
 *
 * @param amplitude of the sine, in sample values
 * @param delaySamples by how much it lags a sine that begins at sample 0
 * @param signalToNoiseDb power of the sine over the power of everything else
 */
public record SineFit(double amplitude, double delaySamples, double signalToNoiseDb) {

    public static SineFit of(short[] samples, int from, int to, double hz, int rateHz) {
        double radians = 2 * Math.PI * hz / rateHz;
        double ss = 0;
        double cc = 0;
        double sc = 0;
        double ys = 0;
        double yc = 0;
        double yy = 0;
        for (int i = from; i < to; i++) {
            double sin = Math.sin(radians * i);
            double cos = Math.cos(radians * i);
            ss += sin * sin;
            cc += cos * cos;
            sc += sin * cos;
            ys += samples[i] * sin;
            yc += samples[i] * cos;
            yy += (double) samples[i] * samples[i];
        }
        double determinant = ss * cc - sc * sc;
        double a = (ys * cc - yc * sc) / determinant;
        double b = (yc * ss - ys * sc) / determinant;
        double signal = a * ys + b * yc;
        return new SineFit(
                Math.hypot(a, b), Math.atan2(-b, a) / radians, 10 * Math.log10(signal / Math.max(1e-9, yy - signal)));
    }
}
