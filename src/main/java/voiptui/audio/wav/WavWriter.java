package voiptui.audio.wav;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.SampleBytes;
import voiptui.files.OwnerOnly;

/**
 * Writes a WAV file (signed 16 bit, any number of channels) that is complete and playable after every frame, even if the
 * process is killed.
 *
 * <p>The samples are appended first; then one write of 40 bytes updates the header from the RIFF size to the data size. A
 * process that dies between the two leaves a valid file without its last frame.
 *
 * <p>A RIFF file cannot exceed 4 GiB (13.5 hours of mono at 44.1 kHz); later frames are not written. Owned by one thread.
 * Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, chapter 2.
 */
public final class WavWriter implements Closeable {

    /** Most bytes of audio that fit: the 32-bit RIFF size includes the 36 bytes of header after it. */
    static final long MAX_DATA_BYTES = 0xFFFF_FFFEL - 36;

    private static final int HEADER_BYTES = 44;
    private static final int RIFF_SIZE_AT = 4;
    private static final int DATA_SIZE_AT = 40;

    private final Path path;
    private final long maxDataBytes;
    private final RandomAccessFile file;
    private final byte[] header;
    private byte[] buffer = new byte[0];
    private volatile long dataBytes;

    /**
     * Creates or replaces a mono file without audio.
     *
     * @throws AudioUnavailableException when the file cannot be written
     */
    public WavWriter(Path path, int sampleRateHz) throws AudioUnavailableException {
        this(path, sampleRateHz, 1, MAX_DATA_BYTES);
    }

    WavWriter(Path path, int sampleRateHz, int channels, long maxDataBytes) throws AudioUnavailableException {
        this.path = path;
        this.maxDataBytes = maxDataBytes;
        this.header = headerOf(sampleRateHz, channels);
        this.file = create(path);
        try {
            file.setLength(0);
            file.write(header);
        } catch (IOException e) {
            close();
            throw unwritable(path, FileErrorText.of(e));
        }
    }

    /**
     * Creates a file without audio, unless one of that name exists.
     *
     * @param channels number of channels, whose samples are interleaved
     * @return the writer; empty when the name exists, in which case nothing is changed
     * @throws AudioUnavailableException when the file cannot be written
     */
    public static Optional<WavWriter> createNew(Path path, int sampleRateHz, int channels)
            throws AudioUnavailableException {
        checkFolder(path);
        try {
            Files.createFile(path, OwnerOnly.file(path));
        } catch (FileAlreadyExistsException exists) {
            return Optional.empty();
        } catch (IOException e) {
            throw unwritable(path, FileErrorText.of(e));
        }
        try {
            return Optional.of(new WavWriter(path, sampleRateHz, channels, MAX_DATA_BYTES));
        } catch (AudioUnavailableException e) {
            path.toFile().delete();
            throw e;
        }
    }

    /** Returns the folder of a file, which exists. */
    static Path checkFolder(Path path) throws AudioUnavailableException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw unwritable(path, "no such directory: " + folder);
        }
        return folder;
    }

    private static RandomAccessFile create(Path path) throws AudioUnavailableException {
        checkFolder(path);
        if (Files.isDirectory(path)) {
            throw unwritable(path, "is a directory");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw unwritable(path, "not a regular file");
        }
        try {
            createIfMissing(path);
            return new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw unwritable(path, FileErrorText.of(e));
        }
    }

    private static void createIfMissing(Path path) throws IOException {
        try {
            Files.createFile(path, OwnerOnly.file(path));
        } catch (FileAlreadyExistsException exists) {
            // keeps its mode
        }
    }

    static AudioUnavailableException unwritable(Path path, String why) {
        return new AudioUnavailableException(
                AudioUnavailableException.Subject.FILE, "cannot write " + path + ": " + why);
    }

    private static byte[] headerOf(int sampleRateHz, int channels) {
        int frameBytes = channels * PcmFormat.BYTES_PER_SAMPLE;
        byte[] header = new byte[HEADER_BYTES];
        putText(header, 0, "RIFF");
        putInt(header, RIFF_SIZE_AT, HEADER_BYTES - 8);
        putText(header, 8, "WAVEfmt ");
        putInt(header, 16, 16);
        putInt(header, 20, 1 | channels << 16);
        putInt(header, 24, sampleRateHz);
        putInt(header, 28, sampleRateHz * frameBytes);
        putInt(header, 32, frameBytes | 16 << 16);
        putText(header, 36, "data");
        return header;
    }

    /**
     * Appends {@code frame}, the whole array.
     *
     * @return false when the file is full, in which case nothing is written
     * @throws IOException when the file cannot be written; what it holds stays valid
     */
    public boolean write(short[] frame) throws IOException {
        int bytes = frame.length * PcmFormat.BYTES_PER_SAMPLE;
        if (dataBytes + bytes > maxDataBytes) {
            return false;
        }
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
        SampleBytes.encode(frame, frame.length, buffer, 0);
        file.seek(HEADER_BYTES + dataBytes);
        file.write(buffer, 0, bytes);
        dataBytes += bytes;
        putInt(header, RIFF_SIZE_AT, (int) (HEADER_BYTES - 8 + dataBytes));
        putInt(header, DATA_SIZE_AT, (int) dataBytes);
        file.seek(RIFF_SIZE_AT);
        file.write(header, RIFF_SIZE_AT, HEADER_BYTES - RIFF_SIZE_AT);
        return true;
    }

    /** Returns the path of the file. */
    public Path path() {
        return path;
    }

    /** Returns the size of the audio in the file, in bytes. */
    public long dataBytes() {
        return dataBytes;
    }

    /** Closes the file. Every frame is in it already. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // every frame is in the file already, so nothing is lost
        }
    }

    /** Removes the file if nothing was written to it; to be called when it is closed. */
    void deleteIfEmpty() {
        if (dataBytes == 0) {
            path.toFile().delete();
        }
    }

    private static void putText(byte[] header, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            header[at + i] = (byte) text.charAt(i);
        }
    }

    private static void putInt(byte[] header, int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            header[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
