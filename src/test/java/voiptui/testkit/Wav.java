package voiptui.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Reads and writes 16-bit WAV files for tests, independently of the program's own code. */
public final class Wav {

    /** Samples a second of the classic protocol. */
    public static final int RATE_HZ = 44_100;

    private Wav() {}

    /** Writes samples at 44,100 Hz. */
    public static Path write(Path file, short[] samples) throws IOException {
        return write(file, samples, RATE_HZ);
    }

    /** Writes samples at any rate. */
    public static Path write(Path file, short[] samples, int rateHz) throws IOException {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(36 + 2 * samples.length)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(rateHz)
                .putInt(2 * rateHz)
                .putShort((short) 2);
        wav.putShort((short) 16).put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (short sample : samples) {
            wav.putShort(sample);
        }
        return Files.write(file, wav.array());
    }

    /** Reads the samples, as many as the header says, and checks that the header is what it should be. */
    public static short[] read(Path file) throws IOException {
        return read(file, 1);
    }

    /** Reads the two channels of a stereo file, likewise. */
    public static short[][] readStereo(Path file) throws IOException {
        short[] both = read(file, 2);
        short[][] channels = new short[2][both.length / 2];
        for (int i = 0; i < both.length; i++) {
            channels[i % 2][i / 2] = both[i];
        }
        return channels;
    }

    /** Returns the sample rate in the header of a file, in hertz. */
    public static int rateHz(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(24);
    }

    private static short[] read(Path file, int channels) throws IOException {
        ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        boolean sane = wav.limit() >= 44
                && tag(wav, 0).equals("RIFF")
                && tag(wav, 8).equals("WAVE")
                && tag(wav, 12).equals("fmt ")
                && wav.getShort(20) == 1
                && wav.getShort(22) == channels
                && wav.getShort(32) == 2 * channels
                && wav.getShort(34) == 16
                && tag(wav, 36).equals("data");
        int bytes = wav.getInt(40);
        if (!sane || bytes < 0 || bytes > wav.limit() - 44 || wav.getInt(4) != bytes + 36) {
            throw new AssertionError(file + " is no valid WAV file of 16-bit samples and " + channels + " channels");
        }
        short[] samples = new short[bytes / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = wav.getShort(44 + 2 * i);
        }
        return samples;
    }

    private static String tag(ByteBuffer wav, int at) {
        byte[] tag = new byte[4];
        wav.get(at, tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    /**
     * The demo's sentence at 44,100 Hz, over and over until {@code seconds} are full, with a little noise of the given
     * seed, so that no two places are the same and no two speakers either.
     */
    public static short[] speech(int seconds, long seed) throws IOException {
        return speech(seconds, seed, RATE_HZ);
    }

    /** As above, at any rate. */
    public static short[] speech(int seconds, long seed, int rateHz) throws IOException {
        byte[] packed;
        try (var resource = Wav.class.getResourceAsStream("/voiptui/demo/speech.wav")) {
            packed = resource.readAllBytes();
        }
        ByteBuffer wav = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        int spokenSamples = (packed.length - 44) / 2 - 1;
        Random noise = new Random(seed);
        short[] speech = new short[seconds * rateHz];
        for (int i = 0; i < speech.length; i++) {
            double at = i * 16_000.0 / rateHz % spokenSamples;
            int before = wav.getShort(44 + 2 * (int) at);
            int after = wav.getShort(44 + 2 * ((int) at + 1));
            double sample = (before + (after - before) * (at - (int) at)) * 0.9 + noise.nextInt(61) - 30;
            speech[i] = (short) Math.max(-32_000, Math.min(32_000, sample));
        }
        return speech;
    }

    /** {@code samples} after {@code seconds} of silence, in which a new call's playout delay settles. */
    public static short[] afterSilence(int seconds, short[] samples) {
        short[] all = new short[seconds * RATE_HZ + samples.length];
        System.arraycopy(samples, 0, all, seconds * RATE_HZ, samples.length);
        return all;
    }

    /** Where {@code part} begins in {@code whole}, to the bit, or -1. */
    public static int indexOf(short[] whole, short[] part) {
        for (int at = 0; at <= whole.length - part.length; at++) {
            if (java.util.Arrays.mismatch(whole, at, at + part.length, part, 0, part.length) < 0) {
                return at;
            }
        }
        return -1;
    }

    /** The loudest sample from {@code from} on, as a magnitude. */
    public static int peak(short[] samples, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    /** The most samples of digital silence in a row, not counting those at the beginning and at the end. */
    public static int longestSilence(short[] samples) {
        int from = 0;
        while (from < samples.length && samples[from] == 0) {
            from++;
        }
        int to = samples.length;
        while (to > from && samples[to - 1] == 0) {
            to--;
        }
        int longest = 0;
        int run = 0;
        for (int i = from; i < to; i++) {
            run = samples[i] == 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
