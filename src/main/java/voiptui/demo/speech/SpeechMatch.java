package voiptui.demo.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Where speech is in received audio, and how similar it sounds there. The delay may change in between.
 *
 * @param similarity 1 for the same sound at any level, less than 0.5 for unrelated sound, 0 if either signal is silent; see
 *     {@link SpeechSimilarity}
 * @param offsetSamples index in what was heard of the first sample said, by the median of the delays of all places
 * @param places where the delay was measured, half a second apart; empty if either signal is silent
 */
public record SpeechMatch(double similarity, int offsetSamples, List<Place> places) {

    /** Nothing was found. */
    public static final SpeechMatch NONE = new SpeechMatch(0, 0, List.of());

    /** How far from its place a patch may sound best, in frames of 5 ms. */
    private static final int PATCH_REACH = 6;
    /** Loudness from which a band says something about the level. */
    private static final double CLEAR = 0.4;

    /** The largest difference of levels that is evened out, in steps of loudness: 30 dB. */
    private static final double MAX_LEVEL_SHIFT = 0.6;

    /**
     * A place in the speech.
     *
     * @param saidSample index of its first sample in what was said
     * @param heardSample index of the same in what was heard
     */
    public record Place(int saidSample, int heardSample) {}

    /** Copies the places. */
    public SpeechMatch {
        places = List.copyOf(places);
    }

    /**
     * Finds {@code said} in {@code heard}. Takes some tenths of a second for a minute of speech.
     *
     * @param rateHz sample rate of both, in hertz; at least 16,000
     */
    public static SpeechMatch find(short[] said, short[] heard, int rateHz) {
        if (isSilent(said) || isSilent(heard)) {
            return NONE;
        }
        Spectrogram reference = Spectrogram.of(said, rateHz, SpeechSimilarity.HOP_MS);
        Spectrogram received = Spectrogram.of(heard, rateHz, SpeechAlignment.HEARD_HOP_MS);
        if (reference.frames() < SpeechSimilarity.PATCH || received.frames() == 0) {
            return NONE;
        }
        List<SpeechAlignment.Piece> pieces = SpeechAlignment.of(reference, received);
        if (pieces.isEmpty()) {
            return NONE;
        }
        double level = levelDifference(reference, received, pieces);
        received.shift(level);
        List<Place> places = new ArrayList<>();
        for (SpeechAlignment.Piece piece : pieces) {
            int saidSample = samples(piece.saidMs(), rateHz);
            places.add(new Place(saidSample, saidSample + samples(piece.delayMs(), rateHz)));
        }
        int offset = samples(SpeechAlignment.medianLag(pieces) * SpeechAlignment.HEARD_HOP_MS, rateHz);
        double similarity = similarity(reference, received, pieces, from -> {
            SpeechAlignment.Piece piece = nearest(from, pieces);
            double atMs = from * (double) SpeechSimilarity.HOP_MS + piece.delayMs();
            short[] part = part(heard, samples(atMs, rateHz), samples(SpeechSimilarity.PATCH_MS, rateHz));
            Spectrogram exact = Spectrogram.of(part, rateHz, SpeechSimilarity.HOP_MS, received);
            exact.shift(level);
            return exact;
        });
        return new SpeechMatch(similarity, offset, places);
    }

    private static boolean isSilent(short[] samples) {
        for (short sample : samples) {
            if (sample != 0) {
                return false;
            }
        }
        return true;
    }

    private static int samples(double ms, int rateHz) {
        return (int) Math.round(ms * rateHz / 1000);
    }

    /** Returns how much louder the speech was said than heard, in steps of loudness. */
    private static double levelDifference(Spectrogram said, Spectrogram heard, List<SpeechAlignment.Piece> pieces) {
        List<Double> differences = new ArrayList<>();
        for (int frame = 0; frame < said.frames(); frame++) {
            int there = heardFrame(frame, pieces);
            for (int band = 0; band < Spectrogram.BANDS; band++) {
                double a = said.loudness(frame, band);
                double b = heard.loudness(there, band);
                if (a > CLEAR && b > 0) {
                    differences.add(a - b);
                }
            }
        }
        if (differences.isEmpty()) {
            return 0;
        }
        differences.sort(null);
        double median = differences.get(differences.size() / 2);
        return Math.max(-MAX_LEVEL_SHIFT, Math.min(MAX_LEVEL_SHIFT, median));
    }

    /** Returns {@code length} samples from {@code at} on; beyond the ends there is silence. */
    private static short[] part(short[] samples, int at, int length) {
        short[] part = new short[length];
        for (int i = Math.max(0, -at); i < length && at + i < samples.length; i++) {
            part[i] = samples[at + i];
        }
        return part;
    }

    /**
     * Returns the mean similarity of all patches with speech, each at the place where it sounds best.
     *
     * @param exact returns what was heard for the patch from a frame on, aligned to the sample
     */
    private static double similarity(
            Spectrogram said, Spectrogram heard, List<SpeechAlignment.Piece> pieces, IntFunction<Spectrogram> exact) {
        double sum = 0;
        int patches = 0;
        for (int from = 0; from + SpeechSimilarity.PATCH <= said.frames(); from += SpeechSimilarity.PATCH) {
            if (!said.isSpeech(from, SpeechSimilarity.PATCH)) {
                continue;
            }
            int place = heardFrame(from, pieces);
            double best = Math.max(0, SpeechSimilarity.ofPatch(said, from, exact.apply(from), 0, 1));
            for (int shift = -PATCH_REACH; shift <= PATCH_REACH; shift++) {
                best = Math.max(
                        best, SpeechSimilarity.ofPatch(said, from, heard, place + shift, SpeechAlignment.HEARD_STEP));
            }
            sum += best;
            patches++;
        }
        return patches == 0 ? 0 : sum / patches;
    }

    /** Returns the frame of what was heard for a frame of what was said. */
    private static int heardFrame(int frame, List<SpeechAlignment.Piece> pieces) {
        return frame * SpeechAlignment.HEARD_STEP
                + (int) Math.round(nearest(frame, pieces).lag());
    }

    /** Returns the piece whose middle is nearest to a frame of what was said. */
    private static SpeechAlignment.Piece nearest(int frame, List<SpeechAlignment.Piece> pieces) {
        SpeechAlignment.Piece nearest = pieces.get(0);
        for (SpeechAlignment.Piece piece : pieces) {
            nearest = Math.abs(piece.middle() - frame) < Math.abs(nearest.middle() - frame) ? piece : nearest;
        }
        return nearest;
    }
}
