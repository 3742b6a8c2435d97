package voiptui.relay.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.files.PrivateFiles;
import voiptui.files.WholeText;
import voiptui.identity.FileProblem;

/**
 * A text file of a relay's state directory that several processes and people edit: bounded reading, appending that leaves no
 * half a line, and replacing that never leaves half a file. All errors name the path and the reason.
 *
 * <p>Blocks on the disk: used by the thread {@code relay-state} and by commands, never by a thread that serves clients.
 */
final class StateFile {

    /** A file of this length is read however small the heap is, in bytes: about 200,000 names. */
    static final long ALWAYS_READ_BYTES = 16 * 1024 * 1024;
    /** The heap that each byte of a file may need while it is read again: as text, and as entries before and after. */
    static final int HEAP_PER_BYTE = 10;

    private static final int BYTES_PER_MB = 1024 * 1024;
    /** Keeps every byte of a line that is not touched, whatever its encoding. */
    static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final String LOCK_NAME = ".edit-lock";
    private static final int LOCK_ATTEMPTS = 100;
    private static final long LOCK_RETRY_NS = 20_000_000;

    /** Modification time and size, compared to detect changes; {@code bytes} is -1 if there is no file. */
    record Version(FileTime modified, @Nullable Object key, long bytes) {
        static final Version ABSENT = new Version(FileTime.fromMillis(0), null, -1);
    }

    /** Something that edits files. */
    @FunctionalInterface
    interface Edit<T> {
        T run() throws IOException;
    }

    /** Something that writes files. */
    @FunctionalInterface
    interface Change {
        void run() throws IOException;
    }

    private final Path file;
    private final long maxHeapBytes;
    /** The version whose content its user knows; null: not read yet. */
    private @Nullable Version lastRead;

    /** Refers to {@code file}; neither it nor its directory needs to exist. */
    StateFile(Path file) {
        this(file, Runtime.getRuntime().maxMemory());
    }

    /** As above, for a process with a heap of at most {@code maxHeapBytes}, which limits the files that it reads. */
    StateFile(Path file, long maxHeapBytes) {
        this.file = file;
        this.maxHeapBytes = maxHeapBytes;
    }

    /** Returns the path. */
    Path path() {
        return file;
    }

    /** Returns the present version. */
    Version version() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.fileKey(), attributes.size());
        } catch (NoSuchFileException absent) {
            return Version.ABSENT;
        } catch (IOException unreadable) {
            throw FileProblem.of("read", file, unreadable);
        }
    }

    /** Returns the lines, each byte as a character; none if the file does not exist. */
    List<String> lines() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException("it is not a regular file");
            }
            requireRoomFor(attributes.size());
            return Files.readAllLines(file, BYTES);
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException unreadable) {
            throw FileProblem.of("read", file, unreadable);
        }
    }

    private void requireRoomFor(long bytes) throws IOException {
        if (bytes > Math.max(ALWAYS_READ_BYTES, maxHeapBytes / HEAP_PER_BYTE)) {
            throw new IOException(
                    "its %d MB are too many for a heap of %d MB: remove lines, or set VOIPTUI_JAVA_OPTS=-Xmx%dm"
                            .formatted(inMb(bytes), inMb(maxHeapBytes), inMb(bytes) * HEAP_PER_BYTE));
        }
    }

    /** Rounds up. */
    private static long inMb(long bytes) {
        return (bytes + BYTES_PER_MB - 1) / BYTES_PER_MB;
    }

    /**
     * Returns the lines, or nothing if {@code now} is the version that was read last, or {@linkplain #editKnown written}
     * since.
     */
    Optional<List<String>> linesIfChanged(Version now) throws IOException {
        if (now.equals(lastRead)) {
            return Optional.empty();
        }
        List<String> lines = lines();
        lastRead = now;
        return Optional.of(lines);
    }

    /**
     * Runs a change whose result the file's user knows, so that it need not be read; unless somebody else has changed the
     * file since it was read.
     */
    void editKnown(Change change) throws IOException {
        boolean current = version().equals(lastRead);
        change.run();
        lastRead = current ? version() : null;
    }

    /** Notes that the file's user knows its present content, having written all of it. */
    void noteKnown() throws IOException {
        lastRead = version();
    }

    /**
     * Appends lines, all or none of them. Creates the file and its directory when missing.
     *
     * @param lines the lines, in ASCII, without terminators
     */
    void append(List<String> lines) throws IOException {
        try {
            createFolder();
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long end = channel.size();
                WholeText.appendLines(channel, lines, BYTES);
                if (end == 0) {
                    giveToOwnerOfFolder(file);
                }
            }
        } catch (IOException unwritable) {
            throw FileProblem.of("write", file, unwritable);
        }
    }

    /** Replaces the whole file, whose owner and mode stay as they are. */
    void replace(List<String> lines) throws IOException {
        try {
            createFolder();
            // A link to a file elsewhere stays a link.
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path fresh = target.resolveSibling(target.getFileName() + ".new");
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                WholeText.write(channel, 0, lines.isEmpty() ? "" : String.join("\n", lines) + "\n", BYTES);
                channel.force(false);
            }
            keepOwnerAndMode(target, fresh);
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw FileProblem.of("write", file, unwritable);
        }
    }

    private void createFolder() throws IOException {
        PrivateFiles.createFolder(folder());
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    private static void keepOwnerAndMode(Path from, Path to) {
        if (!Files.exists(from)) {
            giveToOwnerOfFolder(to);
            return;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null) {
            try {
                PosixFileAttributes former = Files.readAttributes(from, PosixFileAttributes.class);
                view.setPermissions(former.permissions());
                view.setOwner(former.owner());
                view.setGroup(former.group());
            } catch (IOException notRoot) {
                // A user's own file: owner and mode are those of the directory's user anyway.
            }
        }
    }

    /** Lets a relay that runs as another user write to a file that root has created for it. */
    private static void giveToOwnerOfFolder(Path file) {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.setOwner(file, Files.getOwner(folder));
        } catch (IOException | UnsupportedOperationException notRoot) {
            // Only root may give a file away, and only root needs to.
        }
    }

    /**
     * Runs {@code edit} while no other process of ours edits files in the same directory.
     *
     * @throws IOException if the edit fails, or another process holds the lock for two seconds
     */
    <T> T locked(Edit<T> edit) throws IOException {
        Path lockFile = folder().resolve(LOCK_NAME);
        FileChannel channel;
        try {
            createFolder();
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            giveToOwnerOfFolder(lockFile);
        } catch (IOException unwritable) {
            throw FileProblem.of("write", lockFile, unwritable);
        }
        try (channel;
                FileLock lock = lock(channel, lockFile)) {
            return edit.run();
        }
    }

    private static FileLock lock(FileChannel channel, Path lockFile) throws IOException {
        for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException busy) {
                // held by another thread of this process
            }
            LockSupport.parkNanos(LOCK_RETRY_NS);
        }
        throw new IOException("another process has locked " + lockFile + " for too long: try again");
    }

    /** Returns a line without its comment, and the comment: two elements, stripped. */
    static String[] splitComment(String line) {
        int hash = line.indexOf('#');
        return hash < 0
                ? new String[] {line.strip(), ""}
                : new String[] {
                    line.substring(0, hash).strip(), line.substring(hash + 1).strip()
                };
    }

    /** Returns the words of a line without its comment; none for an empty line. */
    static List<String> words(String line) {
        String content = splitComment(line)[0];
        return content.isEmpty() ? List.of() : Arrays.asList(content.split("\\s+"));
    }
}
