package voiptui.report.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import voiptui.files.BaseDirectory;
import voiptui.files.OwnerOnly;

/**
 * A log file that is rotated when it reaches its maximum size: it is renamed to {@code NAME.1}, {@code NAME.1} to {@code
 * NAME.2} and so on, and the oldest file is deleted.
 *
 * <p>Rotation never splits a line. Write errors are ignored: a full disk must not end a call. Any thread.
 */
public final class LogFile extends OutputStream {

    /** Maximum size of a log file, in bytes. */
    static final long MAX_BYTES = 1 << 20;
    /** Number of rotated files kept. */
    static final int OLDER = 3;

    private final Path path;
    private final long maxBytes;
    private OutputStream file;
    private long bytes;

    private LogFile(Path path, long maxBytes) throws IOException {
        this.path = path;
        this.maxBytes = maxBytes;
        open();
    }

    /**
     * Opens {@code name} in the user's folder for logs, {@link BaseDirectory#STATE}, and appends to it.
     *
     * @param environment the process environment
     * @throws IOException if it cannot be opened for writing
     */
    public static LogFile open(String name, Map<String, String> environment) throws IOException {
        return open(BaseDirectory.STATE.folder(environment).resolve(name), MAX_BYTES);
    }

    static LogFile open(Path path, long maxBytes) throws IOException {
        return new LogFile(path, maxBytes);
    }

    private void open() throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        // It shows whom its owner talks with.
        file = Channels.newOutputStream(Files.newByteChannel(path, options, OwnerOnly.file(path)));
        bytes = Files.size(path);
    }

    /** Returns the path of the current file. */
    public Path path() {
        return path;
    }

    /** Returns a stream that writes one whole line at a time. */
    public PrintStream lines() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
        try {
            file.write(source, offset, length);
            bytes += length;
            boolean atLineEnd = length > 0 && source[offset + length - 1] == '\n';
            if (bytes >= maxBytes && atLineEnd) {
                rotate();
            }
        } catch (IOException full) {
            // Write errors are ignored: a full disk must not end a call.
        }
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    private void rotate() throws IOException {
        file.close();
        for (int i = OLDER; i > 0; i--) {
            Path newer = i == 1 ? path : older(i - 1);
            if (Files.exists(newer)) {
                Files.move(newer, older(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private Path older(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
