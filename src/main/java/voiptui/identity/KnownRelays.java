package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The relays that a user has met, each with the fingerprint that it showed then: a line {@code HOST:PORT FINGERPRINT} for
 * each, in a file that people can read and edit. Any thread.
 */
public final class KnownRelays {

    /** What is known of a relay: its fingerprint, and the number of its line, from 1. */
    public record Entry(Fingerprint fingerprint, int line) {
    }

    private final Path file;

    /** Uses {@code file}, which need not be there yet. */
    public KnownRelays(Path file) {
        this.file = file;
    }

    /** Where they are kept. */
    public Path file() {
        return file;
    }

    /**
     * What is known of {@code relay}, which is as the user names it, with its port.
     *
     * @throws IOException when the file is there and cannot be read
     */
    public Optional<Entry> find(String relay) throws IOException {
        throw new UnsupportedOperationException("later");
    }

    /**
     * Adds a relay. Other lines stay as they are.
     *
     * @throws IOException when the file cannot be written
     */
    public void add(String relay, Fingerprint fingerprint) throws IOException {
        throw new UnsupportedOperationException("later");
    }
}
