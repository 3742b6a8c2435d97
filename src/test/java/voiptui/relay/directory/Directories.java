package voiptui.relay.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import voiptui.time.NanoClock;

/** Directories for tests, whose files are read and written on the calling thread. */
public final class Directories {

    private Directories() {}

    /** Opens a directory with the default limits. */
    public static Directory open(Path stateDir, AccessPolicy access) {
        return open(DirectorySettings.of(stateDir, access), warning -> {}, NanoClock.SYSTEM, InstantSource.system());
    }

    /** As above, with everything given. */
    public static Directory open(
            DirectorySettings settings, Consumer<String> warn, NanoClock clock, InstantSource wallClock) {
        try {
            return Directory.open(settings, warn, clock, wallClock);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
