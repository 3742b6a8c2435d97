package voiptui.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.files.BaseDirectory;
import voiptui.files.PrivateFiles;
import voiptui.files.WholeText;

/**
 * The calls of a user in a file of JSON Lines (mode 0600), the newest last. Any number of processes may append to it at a time: each
 * line is written at once, under a lock of the file. It keeps the last 10,000 calls or 5 MB; then the oldest tenth is dropped. What
 * is not a line of ours is skipped and counted.
 *
 * <p>All methods may wait for the disk. Any thread.
 */
public final class CallHistory {

    /** The most lines that are kept. */
    static final int MAX_LINES = 10_000;
    /** The largest file that is kept, in bytes. */
    static final int MAX_BYTES = 5_000_000;
    /** Below this size there is no need to count lines, in bytes: the shortest has more than 20. */
    private static final int COUNT_FROM_BYTES = 20 * MAX_LINES;
    /** The largest file that is read, in bytes. */
    private static final int MAX_READ_BYTES = 2 * MAX_BYTES;
    /** How many of the newest lines are searched for missed calls that were not seen. */
    private static final int UNSEEN_LINES = 1_000;

    /**
     * What was read.
     *
     * @param calls the calls, the newest first
     * @param damagedLines lines that were skipped
     */
    public record Contents(List<CallRecord> calls, int damagedLines) {

        /** Copies the list. */
        public Contents {
            calls = List.copyOf(calls);
        }
    }

    private final Path file;

    /** Uses {@code file}, which may not exist yet. */
    public CallHistory(Path file) {
        this.file = file;
    }

    /**
     * Returns the history of the current user, {@code $XDG_STATE_HOME/voiptui/history}.
     *
     * @param environment environment variables, as from {@link System#getenv()}
     * @throws IOException if the user has no home directory; its message is for the user
     */
    public static CallHistory ofUser(Map<String, String> environment) throws IOException {
        return new CallHistory(BaseDirectory.STATE.folder(environment).resolve("history"));
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /**
     * Returns the newest calls; none if there is no file.
     *
     * @param last the most calls to return
     * @param which those to return
     * @throws IOException if the file exists and cannot be read, or is larger than 10 MB
     */
    public Contents read(int last, Predicate<CallRecord> which) throws IOException {
        List<CallRecord> calls = new ArrayList<>();
        int damaged = 0;
        List<String> lines = lines();
        for (int at = lines.size() - 1; at >= 0 && calls.size() < last; at--) {
            Optional<CallRecordJson.Line> line = CallRecordJson.parse(lines.get(at));
            damaged += line.isEmpty() ? 1 : 0;
            line.map(CallRecordJson.Line::call).filter(which).ifPresent(calls::add);
        }
        return new Contents(calls, damaged);
    }

    /**
     * Returns the missed calls that the user has not seen yet, the newest first, among the last thousand calls.
     *
     * @param last the most calls to return
     * @throws IOException if the file exists and cannot be read, or is larger than 10 MB
     */
    public List<CallRecord> unseenMissed(int last) throws IOException {
        List<CallRecord> missed = new ArrayList<>();
        List<String> lines = lines();
        int oldest = Math.max(0, lines.size() - UNSEEN_LINES);
        for (int at = lines.size() - 1; at >= oldest && missed.size() < last; at--) {
            Optional<CallRecordJson.Line> line = CallRecordJson.parse(lines.get(at));
            if (line.isPresent() && line.get().seen() != null) {
                break;
            }
            line.map(CallRecordJson.Line::call).filter(CallRecord::isMissed).ifPresent(missed::add);
        }
        return missed;
    }

    private List<String> lines() throws IOException {
        try {
            checkSize(Files.size(file));
            return PrivateFiles.lines(file);
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    /**
     * Adds a call.
     *
     * @throws IOException if the file cannot be written
     */
    public void add(CallRecord call) throws IOException {
        append(CallRecordJson.of(call));
    }

    /**
     * Adds that the user has seen all missed calls so far.
     *
     * @throws IOException if the file cannot be written
     */
    public void addSeen(OffsetDateTime at) throws IOException {
        append(CallRecordJson.ofSeen(at));
    }

    private void append(String line) throws IOException {
        PrivateFiles.createFolderOf(file);
        while (!appendOnce(line)) {
            // Another process has replaced the file meanwhile.
        }
    }

    /** Appends a line unless the file was replaced before it was locked; returns whether it did. */
    private boolean appendOnce(String line) throws IOException {
        // Locks belong to processes, so threads of this one exclude each other by the class's monitor.
        synchronized (CallHistory.class) {
            Object before = identityOfFile();
            try (FileChannel channel = PrivateFiles.open(
                            file,
                            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
                    FileLock lock = channel.lock()) {
                if (!lock.isValid() || !Objects.equals(before, identityOfFile())) {
                    return false;
                }
                write(channel, line);
                return true;
            }
        }
    }

    /** Returns what tells the file from one that replaces it; null: there is no file, or nothing that tells. */
    private @Nullable Object identityOfFile() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private void write(FileChannel channel, String line) throws IOException {
        checkSize(channel.size());
        WholeText.appendLines(channel, List.of(line), StandardCharsets.UTF_8);
        if (channel.size() > COUNT_FROM_BYTES) {
            dropOldest(channel.size());
        }
    }

    private static void checkSize(long bytes) throws IOException {
        if (bytes > MAX_READ_BYTES) {
            throw new IOException("it is larger than 10 MB; remove lines from it");
        }
    }

    private void dropOldest(long size) throws IOException {
        List<String> lines = PrivateFiles.lines(file);
        if (lines.size() <= MAX_LINES && size <= MAX_BYTES) {
            return;
        }
        int from = Math.max(0, lines.size() - MAX_LINES * 9 / 10);
        long bytes = 0;
        for (int at = lines.size() - 1; at >= from; at--) {
            bytes += lines.get(at).getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > MAX_BYTES / 10 * 9) {
                from = at + 1;
            }
        }
        PrivateFiles.replace(file, lines.subList(from, lines.size()));
    }
}
