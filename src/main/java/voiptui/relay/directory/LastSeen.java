package voiptui.relay.directory;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.time.NanoClock;

/**
 * When each client was last signed in, kept across restarts in the file {@code last_seen} of the state directory: one line
 * {@code NAME MILLISECONDS} each, with the time since 1970. The times are a convenience: invalid lines are skipped, and for
 * clients signed in when the relay is killed only their sign-in time is known.
 *
 * <p>Owned by the control thread.
 */
public final class LastSeen {

    /** The file's name in the state directory. */
    static final String FILE_NAME = "last_seen";
    /** The shortest interval between two writes by {@link #writeIfDue}, in milliseconds. */
    static final int WRITE_INTERVAL_MS = 60_000;

    private static final Pattern LINE = Pattern.compile("([a-z0-9._-]{1,32}) ([0-9]{1,15})");

    private final Path file;
    private final Consumer<String> warn;
    private final NanoClock clock;
    private final Map<String, Long> times = new TreeMap<>();
    private boolean changed;
    private boolean failing;
    private long writtenNs;

    /**
     * Reads the file.
     *
     * @param stateDir the relay's state directory; created on the first write
     * @param warn receives a message, for people, when the file cannot be read or written
     */
    public LastSeen(Path stateDir, Consumer<String> warn, NanoClock clock) {
        this.file = stateDir.resolve(FILE_NAME);
        this.warn = warn;
        this.clock = clock;
        this.writtenNs = clock.nanoTime();
        read();
    }

    private void read() {
        try {
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .limit(NameRegistry.MAX_NAMES)
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> times.put(line.group(1), Long.parseLong(line.group(2))));
        } catch (NoSuchFileException first) {
            // no client has signed in yet
        } catch (IOException unreadable) {
            warn.accept("cannot read last-seen times: " + unreadable);
        }
    }

    /** Records that {@code name} was signed in at {@code atMs}, in milliseconds since 1970. */
    public void note(String name, long atMs) {
        changed |= !Long.valueOf(atMs).equals(times.put(name, atMs));
    }

    /** Returns when {@code name} was last signed in, in milliseconds since 1970; 0: never. */
    public long of(String name) {
        return times.getOrDefault(name, 0L);
    }

    /** Writes changed times unless the last write was less than {@link #WRITE_INTERVAL_MS} ago. */
    public void writeIfDue() {
        if (changed && clock.nanoTime() - writtenNs >= WRITE_INTERVAL_MS * NS_PER_MS) {
            write();
        }
    }

    /** Writes the file if a time has changed. Errors are passed to {@code warn} once, until a write succeeds. */
    public void write() {
        if (!changed) {
            return;
        }
        writtenNs = clock.nanoTime();
        StringBuilder lines = new StringBuilder();
        times.forEach(
                (name, atMs) -> lines.append(name).append(' ').append(atMs).append('\n'));
        Path fresh = file.resolveSibling(FILE_NAME + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            changed = false;
            failing = false;
        } catch (IOException unwritable) {
            if (!failing) {
                failing = true;
                warn.accept("cannot write last-seen times: " + unwritable);
            }
        }
    }
}
