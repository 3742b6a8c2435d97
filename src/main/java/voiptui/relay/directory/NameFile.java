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
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientName;

/**
 * The file {@code names} in a relay's state directory: a line {@code NAME FINGERPRINT} for each name that belongs to a
 * certificate. People may read and edit it; {@code #} begins a comment, lines may be empty. Lines are only ever added
 * here, never changed.
 *
 * <p>Any one thread at a time; several processes may add lines.
 */
final class NameFile {

    /** Its name in the state directory. */
    static final String FILE_NAME = "names";

    private static final String COMMENT = "#";
    /** Who takes another file for this one need not hear of each of its lines. */
    private static final int MAX_WARNINGS = 10;

    /** What tells that a file has changed. */
    private record Version(FileTime modified, long bytes) {
        static final Version ABSENT = new Version(FileTime.fromMillis(0), -1);
    }

    private final Path file;
    private Version seen;

    /** The file in {@code stateDir}, which need not exist yet. */
    NameFile(Path stateDir) {
        this.file = stateDir.resolve(FILE_NAME);
    }

    /** Where it is. */
    Path path() {
        return file;
    }

    /**
     * What stands in it, if that may be something else than the last time.
     *
     * @param warn told of each line that is broken, by its number, and left out
     * @return names and fingerprints in their order; nothing when the file is as it was
     * @throws IOException when it is there and cannot be read
     */
    Optional<Map<String, String>> readIfChanged(Consumer<String> warn) throws IOException {
        Version now = version();
        if (now.equals(seen)) {
            return Optional.empty();
        }
        Map<String, String> names = now.equals(Version.ABSENT) ? new LinkedHashMap<>() : read(warn);
        seen = now;
        return Optional.of(names);
    }

    private Map<String, String> read(Consumer<String> warn) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        // Bytes that are no UTF-8 break their own line only.
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int broken = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst(COMMENT + ".*", "").strip();
            Optional<String> problem = line.isEmpty() ? Optional.empty() : readLine(line, names);
            if (problem.isPresent() && ++broken <= MAX_WARNINGS) {
                warn.accept(file + ", line " + (i + 1) + ": " + problem.get());
            }
        }
        if (broken > MAX_WARNINGS) {
            warn.accept(file + ": " + (broken - MAX_WARNINGS) + " more lines are broken");
        }
        return names;
    }

    /** Enters what a line says; what is wrong with it, if anything. */
    private static Optional<String> readLine(String line, Map<String, String> names) {
        String[] words = line.split("\\s+");
        if (words.length != 2) {
            return Optional.of("there should be a name and a fingerprint");
        }
        Optional<String> name = ClientName.parse(words[0]);
        if (name.isEmpty()) {
            return Optional.of("this is no name");
        }
        if (Fingerprint.parse(words[1]).isEmpty()) {
            return Optional.of("this is no fingerprint");
        }
        String owner = names.putIfAbsent(name.get(), words[1]);
        return owner == null || owner.equals(words[1])
                ? Optional.empty()
                : Optional.of("'" + name.get() + "' belongs to another certificate, further up");
    }

    /**
     * Adds a line. The directory is made if need be.
     *
     * @param name in small letters, see {@link ClientName}
     * @throws IOException when it cannot be written
     */
    void add(String name, String fingerprint) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] line = ((endsInLine() ? "" : "\n") + name + " " + fingerprint + "\n").getBytes(StandardCharsets.UTF_8);
        long bytesBefore = Math.max(0, version().bytes());
        boolean upToDate = version().equals(seen) || seen == null;
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Version after = version();
        if (upToDate && after.bytes() == bytesBefore + line.length) {
            // Nobody else wrote in between, so there is nothing in it that the last reading did not find.
            seen = after;
        }
    }

    /** A person's editor may have left the last line without its end. */
    private boolean endsInLine() throws IOException {
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
