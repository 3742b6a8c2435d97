package voiptui.audio.wav;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.dsp.MonoStream;

/**
 * Reads a WAV file as mono samples at the file's own rate, a block at a time. A file shorter than its header says ends
 * early. Owned by one thread.
 *
 * <p>The JDK parses the header, plain or extensible. Several channels are averaged.
 */
final class WavFile implements MonoStream, Closeable {

    private static final int MAX_CHANNELS = 32;
    private static final int MIN_RATE_HZ = 1_000;
    private static final int MAX_RATE_HZ = 384_000;
    private static final int BLOCK_FRAMES = 1024;

    private final AudioInputStream stream;
    private final AudioFormat format;
    private final SampleDecoder decoder;
    private final int channels;
    private final byte[] block;
    private int blockBytes;
    private int blockAt;

    private WavFile(AudioInputStream stream, SampleDecoder decoder) {
        this.stream = stream;
        this.format = stream.getFormat();
        this.decoder = decoder;
        this.channels = format.getChannels();
        this.block = new byte[BLOCK_FRAMES * channels * decoder.sampleBytes()];
    }

    /**
     * Opens the file and parses its header.
     *
     * @throws AudioUnavailableException when the file is missing, damaged, not a WAV file, or of an unsupported format
     */
    static WavFile open(Path path) throws AudioUnavailableException {
        if (!Files.exists(path)) {
            throw unreadable(path, "no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw unreadable(path, "not a regular file");
        }
        @Nullable InputStream bytes = null;
        try {
            bytes = new BufferedInputStream(Files.newInputStream(path));
            requireWave(path, bytes);
            AudioInputStream stream = AudioSystem.getAudioInputStream(bytes);
            return new WavFile(stream, decoderOf(path, stream.getFormat()));
        } catch (EOFException | UnsupportedAudioFileException | RuntimeException e) {
            closeQuietly(bytes);
            throw unreadable(path, "invalid or unsupported WAV header");
        } catch (IOException e) {
            closeQuietly(bytes);
            throw unreadable(path, e instanceof AccessDeniedException ? "Permission denied" : FileErrorText.of(e));
        } catch (AudioUnavailableException e) {
            closeQuietly(bytes);
            throw e;
        }
    }

    /** Rejects the AU, AIFF and MIDI files that the JDK would accept as well. */
    private static void requireWave(Path path, InputStream bytes) throws IOException, AudioUnavailableException {
        bytes.mark(12);
        byte[] start = bytes.readNBytes(12);
        bytes.reset();
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("RIFF") || !text.endsWith("WAVE")) {
            throw unreadable(path, "not a WAV file");
        }
    }

    private static SampleDecoder decoderOf(Path path, AudioFormat format) throws AudioUnavailableException {
        SampleDecoder decoder = format.isBigEndian() ? null : SampleDecoder.of(format);
        int channels = format.getChannels();
        if (decoder == null
                || channels < 1
                || channels > MAX_CHANNELS
                || format.getFrameSize() != channels * decoder.sampleBytes()) {
            throw unreadable(
                    path,
                    "unsupported sample format (" + format.getEncoding() + ", " + format.getSampleSizeInBits()
                            + " bit, " + channels + " channels)");
        }
        float rateHz = format.getSampleRate();
        if (!(rateHz >= MIN_RATE_HZ && rateHz <= MAX_RATE_HZ)) {
            throw unreadable(path, "unsupported sample rate (" + (long) rateHz + " Hz)");
        }
        return decoder;
    }

    static AudioUnavailableException unreadable(Path path, String why) {
        return new AudioUnavailableException(
                AudioUnavailableException.Subject.FILE, "cannot read " + path + ": " + why);
    }

    /** Returns the sample rate in hertz. */
    int sampleRateHz() {
        return Math.round(format.getSampleRate());
    }

    @Override
    public int read(float[] samples, int offset, int count) throws IOException {
        int sampleBytes = decoder.sampleBytes();
        for (int i = 0; i < count; i++) {
            if (blockAt == blockBytes && !nextBlock()) {
                return i;
            }
            float sum = 0;
            for (int channel = 0; channel < channels; channel++, blockAt += sampleBytes) {
                sum += decoder.decode(block, blockAt);
            }
            samples[offset + i] = sum / channels;
        }
        return count;
    }

    private boolean nextBlock() throws IOException {
        int got = stream.readNBytes(block, 0, block.length);
        int frameBytes = channels * decoder.sampleBytes();
        blockBytes = got - got % frameBytes;
        blockAt = 0;
        return blockBytes > 0;
    }

    @Override
    public void close() {
        closeQuietly(stream);
    }

    private static void closeQuietly(@Nullable InputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // nothing was written, so nothing is lost
        }
    }
}
