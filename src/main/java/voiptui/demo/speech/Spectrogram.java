package voiptui.demo.speech;

import java.util.Arrays;

/**
 * The loudness of a signal in each critical band, in frames of 20 ms. Immutable after {@link #shift}; not for several threads.
 *
 * <p>Loudness is linear in decibels: 1 for the loudest band of the signal that serves as reference, 0 for what is {@value #RANGE_DB}
 * dB below it or more, which is not heard beside it.
 */
final class Spectrogram {

    /** Number of bands, equally wide on the Bark scale. */
    static final int BANDS = 28;

    private static final double LOWEST_HZ = 100;
    private static final double HIGHEST_HZ = 8_000;
    private static final double RANGE_DB = 50;
    private static final double MAX_LOUDNESS = 1.2;
    private static final double SILENT = 1e-9;

    /** Level by frame and band, as loudness without limits. */
    private final double[][] levels;

    private final double loudestEnergy;

    private Spectrogram(double[][] levels, double loudestEnergy) {
        this.levels = levels;
        this.loudestEnergy = loudestEnergy;
    }

    /** Returns the spectrogram relative to its own loudest band, with frames {@code hopMs} milliseconds apart. */
    static Spectrogram of(short[] samples, int rateHz, int hopMs) {
        double[][] energies = energies(samples, rateHz, hopMs);
        return relativeTo(loudest(energies), energies);
    }

    /** Returns the spectrogram relative to the loudest band of {@code reference}. */
    static Spectrogram of(short[] samples, int rateHz, int hopMs, Spectrogram reference) {
        return relativeTo(reference.loudestEnergy, energies(samples, rateHz, hopMs));
    }

    private static Spectrogram relativeTo(double loudestEnergy, double[][] energies) {
        double reference = Math.max(loudestEnergy, SILENT);
        for (double[] bands : energies) {
            for (int band = 0; band < BANDS; band++) {
                bands[band] = 1 + 10 * Math.log10(Math.max(bands[band], SILENT) / reference) / RANGE_DB;
            }
        }
        return new Spectrogram(energies, reference);
    }

    private static double loudest(double[][] energies) {
        double loudest = 0;
        for (double[] bands : energies) {
            for (double band : bands) {
                loudest = Math.max(loudest, band);
            }
        }
        return loudest;
    }

    private static double[][] energies(short[] samples, int rateHz, int hopMs) {
        int window = rateHz / 50;
        int size = Integer.highestOneBit(window - 1) * 2;
        int frames =
                samples.length < window ? 0 : (int) ((samples.length - window) * 1000L / ((long) rateHz * hopMs)) + 1;
        int[] bandOf = bandsOfBins(size, rateHz);
        double[] hann = new double[window];
        for (int i = 0; i < window; i++) {
            hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
        }
        FourierTransform transform = new FourierTransform(size);
        double[][] energies = new double[frames][BANDS];
        double[] re = new double[size];
        double[] im = new double[size];
        for (int frame = 0; frame < frames; frame++) {
            int from = (int) ((long) frame * hopMs * rateHz / 1000);
            Arrays.fill(re, 0);
            Arrays.fill(im, 0);
            for (int i = 0; i < window; i++) {
                re[i] = samples[from + i] * hann[i];
            }
            transform.apply(re, im);
            for (int bin = 1; bin < size / 2; bin++) {
                if (bandOf[bin] >= 0) {
                    energies[frame][bandOf[bin]] += re[bin] * re[bin] + im[bin] * im[bin];
                }
            }
        }
        return energies;
    }

    private static int[] bandsOfBins(int size, int rateHz) {
        int[] bands = new int[size / 2];
        for (int bin = 0; bin < bands.length; bin++) {
            double hz = (double) bin * rateHz / size;
            double share = (bark(hz) - bark(LOWEST_HZ)) / (bark(HIGHEST_HZ) - bark(LOWEST_HZ));
            bands[bin] = share < 0 || share >= 1 ? -1 : (int) (BANDS * share);
        }
        return bands;
    }

    /** Returns the critical-band rate of a frequency (Traunmüller, 1990). */
    private static double bark(double hz) {
        return 26.81 * hz / (1960 + hz) - 0.53;
    }

    int frames() {
        return levels.length;
    }

    /** Returns the loudness of a band, from 0 to a little above 1; 0 outside of the signal. */
    double loudness(int frame, int band) {
        return frame < 0 || frame >= levels.length ? 0 : Math.max(0, Math.min(MAX_LOUDNESS, levels[frame][band]));
    }

    /** Returns the loudness by frame and band. */
    double[][] loudness() {
        double[][] all = new double[levels.length][BANDS];
        for (int frame = 0; frame < all.length; frame++) {
            for (int band = 0; band < BANDS; band++) {
                all[frame][band] = loudness(frame, band);
            }
        }
        return all;
    }

    /** Makes everything louder, by so many steps of loudness. */
    void shift(double steps) {
        for (double[] bands : levels) {
            for (int band = 0; band < BANDS; band++) {
                bands[band] += steps;
            }
        }
    }

    /** Returns whether there is speech in the frames from {@code from} on, rather than a pause. */
    boolean isSpeech(int from, int count) {
        double sum = 0;
        for (int frame = from; frame < from + count; frame++) {
            for (int band = 0; band < BANDS; band++) {
                sum += loudness(frame, band);
            }
        }
        return sum / count / BANDS > 0.1;
    }
}
