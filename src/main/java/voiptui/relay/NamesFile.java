package voiptui.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import voiptui.identity.Fingerprint;
import voiptui.signal.ClientName;

/**
 * Whose name is whose, as a file that people can read and edit: a line {@code NAME FINGERPRINT} for each, and comments from
 * {@code #} on. Lines that say neither are left alone and mean nothing. Any thread; a line is added in one write.
 */
final class NamesFile {

    /** What it is called in the relay's folder. */
    static final String NAME = "names";

    private final Path file;

    /** Uses the one in {@code stateDir}, which need not be there yet. */
    NamesFile(Path stateDir) {
        this.file = stateDir.resolve(NAME);
    }

    /** Where it is. */
    Path path() {
        return file;
    }

    /**
     * All names, in the order of the file. Of two lines for one name the first counts.
     *
     * @throws IOException when it is there and cannot be read
     */
    Map<String, Fingerprint> read() throws IOException {
        Map<String, Fingerprint> names = new LinkedHashMap<>();
        if (Files.exists(file)) {
            // Byte for byte: a stray character of another encoding in a comment must not make the rest unreadable.
            for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\\R")) {
                String[] words = line.replaceFirst("#.*", "").trim().split("\\s+");
                Optional<String> name = ClientName.parse(words[0]);
                Optional<Fingerprint> fingerprint = words.length == 2 ? Fingerprint.parse(words[1]) : Optional.empty();
                if (name.isPresent() && fingerprint.isPresent()) {
                    names.putIfAbsent(name.get(), fingerprint.get());
                }
            }
        }
        return names;
    }

    /**
     * Adds a line at the end; makes the file and its folder where they are missing.
     *
     * @param name as {@link ClientName#parse} returns it
     * @throws IOException when it cannot be written
     */
    void add(String name, Fingerprint fingerprint) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String begin = endsInTheMiddleOfALine() ? "\n" : "";
        Files.writeString(file, begin + name + " " + fingerprint + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private boolean endsInTheMiddleOfALine() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        byte[] bytes = Files.readAllBytes(file);
        return bytes.length > 0 && bytes[bytes.length - 1] != '\n';
    }
}
