package voiptui.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import voiptui.files.PrivateFiles;

/**
 * A text file about people that its user can edit, with a line for each; empty lines and lines that start with {@code #} are not about
 * anybody. It is replaced as a whole; its mode is 0600, because it shows whom the user knows. Any thread; may wait for the disk.
 *
 * @param path the file, which may not exist yet
 */
record PeopleFile(Path path) {

    /** The largest file that is read, in bytes. */
    static final int MAX_BYTES = 1 << 20;
    /** The most lines that the file may have when one is added. */
    static final int MAX_LINES = 5_000;

    /**
     * Returns the lines; none if there is no file. The list may be changed.
     *
     * @throws IOException if the file exists and cannot be read, or is too large; its message is for the user
     */
    List<String> lines() throws IOException {
        try {
            if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
                throw new IOException("larger than 1 MB; remove lines from it");
            }
            return new ArrayList<>(PrivateFiles.lines(path));
        } catch (IOException unreadable) {
            throw FileProblem.of("read", path, unreadable);
        }
    }

    /**
     * Replaces the lines with these and one more.
     *
     * @throws IOException if the file cannot be written, or is full; its message is for the user
     */
    void add(List<String> lines, String line) throws IOException {
        if (lines.size() >= MAX_LINES) {
            throw new IOException(path + " is full: remove lines that you do not need");
        }
        lines.add(line);
        replace(lines);
    }

    /**
     * Replaces the lines.
     *
     * @throws IOException if the file cannot be written; its message is for the user
     */
    void replace(List<String> lines) throws IOException {
        try {
            PrivateFiles.replace(path, lines);
        } catch (IOException unwritable) {
            throw FileProblem.of("write", path, unwritable);
        }
    }

    /** Returns the words of a line; none if it is not about anybody. At most {@code most}; the last one has the rest. */
    static String[] words(String line, int most) {
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#") ? new String[0] : text.split("\\s+", most);
    }
}
