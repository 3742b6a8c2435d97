package voiptui.audio.wav;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.dsp.MonoStream;
import voiptui.audio.wav.format.BlockDecoder;
import voiptui.audio.wav.format.UnreadableWavException;
import voiptui.audio.wav.format.WavLayout;

/**
 * Reads a WAV file as mono samples at the file's own rate, a block at a time: RIFF, RIFX, RF64 and BW64, with integers of 8 to 64
 * bits, floats, G.711, and IMA and MS ADPCM. Several channels are averaged. Owned by one thread.
 */
final class WavFile implements MonoStream, Closeable {

    private final FileChannel file;
    private final WavLayout layout;
    private final BlockDecoder decoder;
    private final ByteBuffer block;
    private final float[] decoded;
    private int decodedSamples;
    private int decodedAt;
    private long at;
    private long bytesLeft;
    private long framesLeft;

    private WavFile(FileChannel file, WavLayout layout) {
        this.file = file;
        this.layout = layout;
        this.decoder = BlockDecoder.of(layout.format());
        this.block = ByteBuffer.allocate(decoder.blockBytes());
        this.decoded = new float[decoder.blockFrames()];
        this.at = layout.start();
        this.bytesLeft = layout.bytes();
        this.framesLeft = layout.frames();
    }

    /**
     * Opens the file and reads its header.
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
        @Nullable FileChannel file = null;
        try {
            file = FileChannel.open(path);
            return new WavFile(file, WavLayout.read(file));
        } catch (UnreadableWavException e) {
            closeQuietly(file);
            throw unreadable(path, e.reason());
        } catch (IOException e) {
            closeQuietly(file);
            throw unreadable(path, e instanceof AccessDeniedException ? "Permission denied" : FileErrorText.of(e));
        }
    }

    static AudioUnavailableException unreadable(Path path, String why) {
        return new AudioUnavailableException(
                AudioUnavailableException.Subject.FILE, "cannot read " + path + ": " + why);
    }

    /** Returns the sample rate in hertz. */
    int sampleRateHz() {
        return layout.format().sampleRateHz();
    }

    /** Returns what is wrong with the file although it can be played, for people; empty when nothing is. */
    Optional<String> warning() {
        return Optional.ofNullable(layout.warning());
    }

    @Override
    public int read(float[] samples, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (decodedAt == decodedSamples && !nextBlock()) {
                return done;
            }
            int some = Math.min(count - done, decodedSamples - decodedAt);
            System.arraycopy(decoded, decodedAt, samples, offset + done, some);
            decodedAt += some;
            done += some;
        }
        return count;
    }

    private boolean nextBlock() throws IOException {
        block.clear();
        block.limit((int) Math.min(block.capacity(), bytesLeft));
        while (block.hasRemaining() && file.read(block, at + block.position()) >= 0) {
            // the rest of a short read
        }
        at += block.position();
        bytesLeft -= block.position();
        decodedSamples = (int) Math.min(framesLeft, decoder.decode(block.array(), block.position(), decoded));
        decodedAt = 0;
        framesLeft -= decodedSamples;
        return decodedSamples > 0;
    }

    @Override
    public void close() {
        closeQuietly(file);
    }

    private static void closeQuietly(@Nullable FileChannel file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // nothing was written, so nothing is lost
        }
    }
}
