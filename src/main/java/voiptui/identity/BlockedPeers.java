package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import voiptui.files.PrivateFiles;

/**
 * The callers whom a user has blocked, in a text file that people can edit: a line {@code NAME FINGERPRINT} for each, with
 * the name that the caller had. Empty lines and lines that start with {@code #} are ignored. Any thread.
 */
public final class BlockedPeers {

    /**
     * A blocked caller.
     *
     * @param name the caller's name when they were blocked
     * @param fingerprint the fingerprint of their certificate
     */
    public record Entry(String name, Fingerprint fingerprint) {}

    private final Path file;

    /** Uses {@code file}, which may not exist yet. */
    public BlockedPeers(Path file) {
        this.file = file;
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /**
     * Returns everybody in the file, in its order.
     *
     * @throws IOException if the file exists and cannot be read
     */
    public List<Entry> entries() throws IOException {
        return PrivateFiles.lines(file).stream()
                .flatMap(line -> entry(line).stream())
                .toList();
    }

    private static Optional<Entry> entry(String line) {
        String[] words = line.strip().split("\\s+");
        return words.length == 2 && !words[0].startsWith("#")
                ? Fingerprint.parse(words[1]).map(fingerprint -> new Entry(words[0], fingerprint))
                : Optional.empty();
    }

    /**
     * Adds a caller who is not in the file yet; all lines stay as they are.
     *
     * @throws IOException if the file cannot be read or written
     */
    public void add(Entry entry) throws IOException {
        List<String> lines = new ArrayList<>(PrivateFiles.lines(file));
        if (lines.stream().noneMatch(line -> isAbout(line, entry.fingerprint()))) {
            lines.add(printable(entry.name()) + " " + entry.fingerprint());
            PrivateFiles.replace(file, lines);
        }
    }

    /**
     * Removes a caller; all other lines stay as they are.
     *
     * @throws IOException if the file cannot be read or written
     */
    public void remove(Fingerprint fingerprint) throws IOException {
        List<String> lines = new ArrayList<>(PrivateFiles.lines(file));
        if (lines.removeIf(line -> isAbout(line, fingerprint))) {
            PrivateFiles.replace(file, lines);
        }
    }

    /** Returns a name, which a relay sent, as one word. */
    private static String printable(String name) {
        String word = name.replaceAll("[^A-Za-z0-9._-]", "?");
        return word.isEmpty() ? "?" : word;
    }

    private static boolean isAbout(String line, Fingerprint fingerprint) {
        return entry(line)
                .filter(entry -> entry.fingerprint().equals(fingerprint))
                .isPresent();
    }
}
