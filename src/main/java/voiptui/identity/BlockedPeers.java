package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

    private final PeopleFile file;

    /** Uses {@code file}, which may not exist yet. */
    public BlockedPeers(Path file) {
        this.file = new PeopleFile(file);
    }

    /** Returns the file. */
    public Path file() {
        return file.path();
    }

    /**
     * Returns everybody in the file, in its order.
     *
     * @throws IOException if the file exists and cannot be read, or is too large; its message is for the user
     */
    public List<Entry> entries() throws IOException {
        return file.lines().stream().flatMap(line -> entry(line).stream()).toList();
    }

    private static Optional<Entry> entry(String line) {
        String[] words = PeopleFile.words(line, 3);
        return words.length == 2
                ? Fingerprint.parse(words[1]).map(fingerprint -> new Entry(words[0], fingerprint))
                : Optional.empty();
    }

    /**
     * Adds a caller who is not in the file yet; all lines stay as they are.
     *
     * @throws IOException if the file cannot be read or written; its message is for the user
     */
    public void add(Entry entry) throws IOException {
        List<String> lines = file.lines();
        if (lines.stream().noneMatch(line -> isAbout(line, entry.fingerprint()))) {
            file.add(lines, printable(entry.name()) + " " + entry.fingerprint());
        }
    }

    /**
     * Removes a caller; all other lines stay as they are.
     *
     * @throws IOException if the file cannot be read or written; its message is for the user
     */
    public void remove(Fingerprint fingerprint) throws IOException {
        List<String> lines = file.lines();
        if (lines.removeIf(line -> isAbout(line, fingerprint))) {
            file.replace(lines);
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
