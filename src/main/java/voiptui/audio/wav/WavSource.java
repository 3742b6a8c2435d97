package voiptui.audio.wav;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FramePacer;
import voiptui.audio.PacedSource;
import voiptui.audio.PcmFormat;

/**
 * Delivers a WAV file in real time; after its end silence, or the file again. Any sample rate, and what {@link WavFile} reads.
 *
 * <p>A thread of its own reads and converts a second ahead, so that a slow disk does not stall the capture thread. The two
 * threads recycle a fixed set of frames.
 */
public final class WavSource extends PacedSource {

    private static final int AHEAD_MS = 1_000;

    private final Path path;
    private final WavFrames frames;
    private final Optional<String> warning;
    private final BlockingQueue<short[]> filled;
    private final BlockingQueue<short[]> empty;
    private final Thread reader;
    /** Why reading stopped; null while it has not failed. */
    private volatile @Nullable String problem;

    private WavSource(Path path, WavFrames frames, PcmFormat format, FramePacer pacer) {
        super("the file " + path, pacer);
        this.path = path;
        this.frames = frames;
        this.warning = frames.warning();
        int count = Math.max(2, AHEAD_MS / Math.max(1, format.frameMs()));
        this.filled = new ArrayBlockingQueue<>(count);
        this.empty = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            empty.add(new short[format.frameSamples()]);
        }
        this.reader = new Thread(this::readAhead, "wav-reader");
        this.reader.setDaemon(true);
    }

    /**
     * Opens the file and reads its first second.
     *
     * @param loop whether the file repeats
     * @param pacer paces the frames; closed with the source
     * @throws AudioUnavailableException when the file is missing, damaged, empty, not a WAV file, or of an unsupported format
     */
    public static WavSource open(Path path, PcmFormat format, boolean loop, FramePacer pacer)
            throws AudioUnavailableException {
        WavFrames frames = new WavFrames(path, format, loop);
        WavSource source = new WavSource(path, frames, format, pacer);
        try {
            if (!source.fillOne()) {
                throw WavFile.unreadable(path, "no audio in it");
            }
            while (!source.empty.isEmpty() && source.fillOne()) {
                // the rest of the first second
            }
        } catch (AudioUnavailableException e) {
            frames.close();
            throw e;
        } catch (IOException e) {
            frames.close();
            throw WavFile.unreadable(path, FileErrorText.of(e));
        } catch (InterruptedException e) {
            frames.close();
            Thread.currentThread().interrupt();
            throw WavFile.unreadable(path, "interrupted");
        }
        source.reader.start();
        return source;
    }

    private void readAhead() {
        try {
            while (fillOne()) {
                // blocks until a frame is free
            }
        } catch (IOException e) {
            problem = "cannot read " + path + ": " + FileErrorText.of(e);
        } catch (InterruptedException closed) {
            // only close() interrupts this thread
        } finally {
            frames.close();
        }
    }

    private boolean fillOne() throws IOException, InterruptedException {
        short[] frame = empty.take();
        if (!frames.read(frame)) {
            empty.put(frame);
            return false;
        }
        filled.put(frame);
        return true;
    }

    @Override
    public void read(short[] frame) throws AudioLostException {
        awaitTurn();
        String failure = problem;
        short[] next = filled.poll();
        if (next != null) {
            System.arraycopy(next, 0, frame, 0, next.length);
            empty.add(next);
        } else if (failure != null) {
            throw new AudioLostException(failure);
        } else {
            Arrays.fill(frame, (short) 0);
        }
    }

    @Override
    public String name() {
        return "file " + path;
    }

    @Override
    public Optional<String> warning() {
        return warning;
    }

    @Override
    public void close() {
        super.close();
        reader.interrupt();
    }
}
