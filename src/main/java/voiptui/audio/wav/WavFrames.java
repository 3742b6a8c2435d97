package voiptui.audio.wav;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.MonoStream;
import voiptui.audio.dsp.SincResampler;

/**
 * A WAV file as frames of the wanted format, once or over and over. Samples of 16 bits at the wanted rate and in mono come
 * through bit for bit. The last frame is filled up with silence. Owned by one thread.
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
     * @throws AudioUnavailableException when it cannot be read
     */
    WavFrames(Path path, PcmFormat format, boolean loop) throws AudioUnavailableException {
        this.path = path;
        this.format = format;
        this.loop = loop;
        this.samples = new float[format.frameSamples()];
        rewind();
    }

    private void rewind() throws AudioUnavailableException {
        file = WavFile.open(path);
        stream = file.sampleRateHz() == format.sampleRateHz()
                ? file
                : new SincResampler(file, file.sampleRateHz(), format.sampleRateHz());
    }

    /**
     * Reads the next frame; where the file begins anew, seamlessly.
     *
     * @return {@code false} when there is none: the file has ended
     * @throws IOException when the file cannot be read any further
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
            rewind();
        } catch (AudioUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Exact for what 16 bits hold; beyond full scale it clips. */
    private static short toShort(float sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * PcmFormat.FULL_SCALE)));
    }

    @Override
    public void close() {
        file.close();
    }
}
