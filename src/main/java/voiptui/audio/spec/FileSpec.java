package voiptui.audio.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The word {@code file:PATH}, which microphones and speakers have in common. */
final class FileSpec {

    static final String FILE_PREFIX = "file:";

    private FileSpec() {}

    /**
     * The path of a {@code file:PATH}.
     *
     * @throws IllegalArgumentException when there is none, or the system knows no such path
     */
    static Path pathOf(String text) {
        String path = text.substring(FILE_PREFIX.length());
        if (path.isBlank()) {
            throw new IllegalArgumentException("'file:' needs the path of a WAV file after it");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("'" + path + "' cannot be a file's path");
        }
    }
}
