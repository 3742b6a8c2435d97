package voiptui.testkit;

import java.io.IOException;
import java.nio.file.Path;
import voiptui.audio.dsp.MonoStream;
import voiptui.audio.dsp.SincResampler;

/** Speech for tests, at any rate. */
public final class Speech {

    private Speech() {}

    /** Reads a mono WAV file and converts it to {@code rateHz}. */
    public static short[] read(Path file, int rateHz) throws IOException {
        return convert(Wav.read(file), Wav.rateHz(file), rateHz);
    }

    /** Returns the same sound at another rate. */
    public static short[] convert(short[] samples, int fromHz, int toHz) {
        if (fromHz == toHz) {
            return samples;
        }
        int[] next = {0};
        MonoStream stream = (target, offset, count) -> {
            int got = Math.min(count, samples.length - next[0]);
            for (int i = 0; i < got; i++) {
                target[offset + i] = samples[next[0]++] / 32_768f;
            }
            return got;
        };
        float[] converted = new float[(int) ((long) samples.length * toHz / fromHz)];
        int got;
        try {
            got = new SincResampler(stream, fromHz, toHz).read(converted, 0, converted.length);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        short[] out = new short[Math.max(0, got)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.max(-32_768, Math.min(32_767, Math.round(converted[i] * 32_768)));
        }
        return out;
    }
}
