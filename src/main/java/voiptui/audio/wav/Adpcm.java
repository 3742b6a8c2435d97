package voiptui.audio.wav;

/** What the two kinds of ADPCM share. Stateless; any thread. */
final class Adpcm {

    private static final float FULL_SCALE = 32_768;

    private Adpcm() {}

    /** Returns {@code sample}, limited to 16 bits. */
    static int clip(int sample) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }

    /** Turns the first {@code frames} sums of {@code channels} 16-bit samples into averages from -1 to 1; returns {@code frames}. */
    static int scale(float[] sums, int frames, int channels) {
        for (int frame = 0; frame < frames; frame++) {
            sums[frame] /= FULL_SCALE * channels;
        }
        return frames;
    }
}
