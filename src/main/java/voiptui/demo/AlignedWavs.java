package voiptui.demo;

import java.io.IOException;
import java.nio.file.Path;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.dsp.MonoStream;
import voiptui.audio.dsp.SincResampler;
import voiptui.audio.wav.WavWriter;

/**
 * What was said and heard as two WAV files for other programs to compare: mono, 16 kHz, of the same length, and aligned by the delay
 * that was measured.
 *
 * @param said path of the speech as it was sent
 * @param heard path of the speech as it was received
 */
public record AlignedWavs(Path said, Path heard) {

    /** The rate of both files, in hertz: what wide-band measures such as ITU-T P.862.2 take. */
    public static final int RATE_HZ = 16_000;

    /** Names the files in a directory; does not write them. */
    public static AlignedWavs in(Path folder) {
        return new AlignedWavs(folder.resolve("said.wav"), folder.resolve("heard.wav"));
    }

    /**
     * Writes the files. Existing ones are replaced.
     *
     * @throws AudioUnavailableException if a file cannot be created
     * @throws IOException if writing fails
     */
    public void write(DemoCall.Sound sound) throws AudioUnavailableException, IOException {
        write(said, sound.said());
        write(heard, cut(sound.heard(), sound.match().offsetSamples(), sound.said().length));
    }

    /** Returns {@code length} samples from {@code offset} on; beyond the ends there is silence. */
    static short[] cut(short[] samples, int offset, int length) {
        short[] part = new short[length];
        int from = Math.max(0, Math.min(samples.length, offset));
        int to = Math.max(from, Math.min(samples.length, offset + length));
        System.arraycopy(samples, from, part, Math.min(length, from - Math.min(offset, from)), to - from);
        return part;
    }

    private static void write(Path file, short[] samples) throws AudioUnavailableException, IOException {
        try (WavWriter writer = new WavWriter(file, RATE_HZ)) {
            writer.write(resampled(samples, DemoCall.FORMAT.sampleRateHz()));
        }
    }

    /** Returns the samples at {@link #RATE_HZ}. */
    static short[] resampled(short[] samples, int rateHz) throws IOException {
        float[] full = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            full[i] = samples[i] / 32_768f;
        }
        float[] converted = new float[(int) ((long) samples.length * RATE_HZ / rateHz) + 1];
        int got = new SincResampler(new Samples(full), rateHz, RATE_HZ).read(converted, 0, converted.length);
        short[] result = new short[got];
        for (int i = 0; i < got; i++) {
            result[i] = (short) Math.max(-32_768, Math.min(32_767, Math.round(converted[i] * 32_768)));
        }
        return result;
    }

    /** Reads samples from memory. */
    private static final class Samples implements MonoStream {

        private final float[] samples;
        private int next;

        Samples(float[] samples) {
            this.samples = samples;
        }

        @Override
        public int read(float[] target, int offset, int count) {
            int got = Math.min(count, samples.length - next);
            System.arraycopy(samples, next, target, offset, got);
            next += got;
            return got;
        }
    }
}
