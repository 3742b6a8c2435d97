package voiptui.audio.wav;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.MonoStream;
import voiptui.audio.dsp.SincResampler;

/**
 * Reads a WAV file as frames of a given format, once or repeatedly. 16-bit mono samples at the same rate pass through bit
 * for bit. The last frame is padded with silence. Owned by one thread.
 */
final class WavFrames implements Closeable {

    private final Path path;
    private final PcmFormat format;
    private final boolean loop;
    private final float[] samples;
    private WavFile file;
    private MonoStream stream;

    /**
     * Opens the file.
     *
     * @param loop whether the file repeats
     * @throws AudioUnavailableException when the file cannot be read
     */
    WavFrames(Path path, PcmFormat format, boolean loop) throws AudioUnavailableException {
        this.path = path;
        this.format = format;
        this.loop = loop;
        this.samples = new float[format.frameSamples()];
        this.file = WavFile.open(path);
        this.stream = resampled(file, format);
    }

    private static MonoStream resampled(WavFile file, PcmFormat format) {
        return file.sampleRateHz() == format.sampleRateHz()
                ? file
                : new SincResampler(file, file.sampleRateHz(), format.sampleRateHz());
    }

    /** Returns what is wrong with the file although it can be played, for people; empty when nothing is. */
    Optional<String> warning() {
        return file.warning();
    }

    /**
     * Reads the next frame; a repeated file continues without a gap.
     *
     * @return false at the end of the file
     * @throws IOException when the file cannot be read
     */
    boolean read(short[] frame) throws IOException {
        int got = stream.read(samples, 0, samples.length);
        while (loop && got < samples.length) {
            restart();
            int more = stream.read(samples, got, samples.length - got);
            if (more == 0) {
                break;
            }
            got += more;
        }
        if (got == 0) {
            return false;
        }
        for (int i = 0; i < got; i++) {
            frame[i] = toShort(samples[i]);
        }
        Arrays.fill(frame, got, format.frameSamples(), (short) 0);
        return true;
    }

    private void restart() throws IOException {
        file.close();
        try {
            file = WavFile.open(path);
            stream = resampled(file, format);
        } catch (AudioUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Converts exactly what 16 bits can hold, and clips the rest. */
    private static short toShort(float sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * PcmFormat.FULL_SCALE)));
    }

    @Override
    public void close() {
        file.close();
    }
}
