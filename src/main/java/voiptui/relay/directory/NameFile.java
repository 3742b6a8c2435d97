package voiptui.relay.directory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientName;

/**
 * The {@code names} file in a relay's state directory: one line {@code NAME FINGERPRINT} for each name that belongs to a
 * certificate. People may edit it; {@code #} starts a comment, and empty lines are ignored. This class appends lines but
 * never changes existing ones.
 *
 * <p>Used by one thread at a time; several processes may append lines.
 */
final class NameFile {

    /** The file's name in the state directory. */
    static final String FILE_NAME = "names";

    private static final String COMMENT = "#";
    /** The greatest number of invalid lines reported one by one, in case the file is something else altogether. */
    private static final int MAX_WARNINGS = 10;

    /** Modification time and size, compared to detect changes; {@code bytes} is -1 if there is no file. */
    private record Version(FileTime modified, long bytes) {
        static final Version ABSENT = new Version(FileTime.fromMillis(0), -1);
    }

    private final Path file;
    /** The version read last; null: not read yet. */
    private @Nullable Version lastRead;

    /** Refers to the file in {@code stateDir}; neither needs to exist yet. */
    NameFile(Path stateDir) {
        this.file = stateDir.resolve(FILE_NAME);
    }

    /** Returns the path of the file. */
    Path path() {
        return file;
    }

    /**
     * Reads the file if it may have changed since the last call.
     *
     * @param warn receives a message for each invalid line, with its number; the line is skipped
     * @return fingerprints by name, in file order; empty if the file has not changed
     * @throws IOException if the file exists but cannot be read
     */
    Optional<Map<String, String>> readIfChanged(Consumer<String> warn) throws IOException {
        Version now = version();
        if (now.equals(lastRead)) {
            return Optional.empty();
        }
        Map<String, String> names = now.equals(Version.ABSENT) ? new LinkedHashMap<>() : read(warn);
        lastRead = now;
        return Optional.of(names);
    }

    private Map<String, String> read(Consumer<String> warn) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        // Malformed UTF-8 is replaced, so it invalidates only its own line.
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int invalid = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("(?s)" + COMMENT + ".*", "").strip();
            Optional<String> problem = line.isEmpty() ? Optional.empty() : readLine(line, names);
            if (problem.isPresent() && ++invalid <= MAX_WARNINGS) {
                warn.accept(file + ", line " + (i + 1) + ": " + problem.get());
            }
        }
        if (invalid > MAX_WARNINGS) {
            warn.accept(file + ": " + (invalid - MAX_WARNINGS) + " more invalid lines");
        }
        return names;
    }

    /** Adds the entry on a line to {@code names}, or returns what is wrong with the line. */
    private static Optional<String> readLine(String line, Map<String, String> names) {
        String[] words = line.split("\\s+");
        if (words.length != 2) {
            return Optional.of("expected a name and a fingerprint");
        }
        Optional<String> name = ClientName.parse(words[0]);
        if (name.isEmpty()) {
            return Optional.of("invalid name");
        }
        if (Fingerprint.parse(words[1]).isEmpty()) {
            return Optional.of("invalid fingerprint");
        }
        String owner = names.putIfAbsent(name.get(), words[1]);
        return owner == null || owner.equals(words[1])
                ? Optional.empty()
                : Optional.of("'" + name.get() + "' is already assigned to another certificate");
    }

    /**
     * Appends a line. Creates the file and its directory when missing.
     *
     * @param name a name as returned by {@link ClientName#parse}
     * @throws IOException if the file cannot be written
     */
    void add(String name, String fingerprint) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] line =
                ((endsWithNewline() ? "" : "\n") + name + " " + fingerprint + "\n").getBytes(StandardCharsets.UTF_8);
        long bytesBefore = Math.max(0, version().bytes());
        boolean unchanged = lastRead == null || version().equals(lastRead);
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Version after = version();
        if (unchanged && after.bytes() == bytesBefore + line.length) {
            // No other process wrote in between, so the file needs no reading for this line.
            lastRead = after;
        }
    }

    /** Returns whether the file is empty or its last line is terminated; an editor may have left it unterminated. */
    private boolean endsWithNewline() throws IOException {
        if (version().bytes() <= 0) {
            return true;
        }
        try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
            end.seek(end.length() - 1);
            return end.read() == '\n';
        }
    }

    private Version version() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size());
        } catch (NoSuchFileException absent) {
            return Version.ABSENT;
        }
    }
}
