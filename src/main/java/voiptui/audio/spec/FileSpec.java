package voiptui.audio.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Parses {@code file:PATH}, which both {@code --mic} and {@code --speaker} take. */
final class FileSpec {

    static final String FILE_PREFIX = "file:";

    private FileSpec() {}

    /**
     * Returns the path in a {@code file:PATH}.
     *
     * @throws IllegalArgumentException when there is no path, or it is invalid
     */
    static Path pathOf(String text) {
        String path = text.substring(FILE_PREFIX.length());
        if (path.isBlank()) {
            throw new IllegalArgumentException("no path given after 'file:'; name a WAV file");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("'" + path + "' is not a valid path");
        }
    }
}
