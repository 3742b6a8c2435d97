package voiptui.cli.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tells whether standard error goes to the system's journal, which puts the time before each line itself (systemd.exec(5), {@code
 * $JOURNAL_STREAM}). Stateless; any thread.
 */
public final class JournalStream {

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private JournalStream() {}

    /** Returns whether standard error is the stream that the environment names. */
    public static boolean isStandardError(Map<String, String> environment) {
        return is(STANDARD_ERROR, environment);
    }

    /** Returns whether {@code file} is the stream that the environment names: device and inode are the same. */
    static boolean is(Path file, Map<String, String> environment) {
        String named = environment.getOrDefault("JOURNAL_STREAM", "");
        if (named.isEmpty()) {
            return false;
        }
        try {
            return named.equals(Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino"));
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }
}
