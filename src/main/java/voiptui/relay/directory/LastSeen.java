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
 * When each name was last there, over restarts: in the file {@code last_seen} of the state directory, where there is one,
 * a line {@code NAME MILLISECONDS} each. It is a convenience: broken lines are passed over, and of those who are there when a
 * relay is killed it knows only when they came.
 *
 * <p>Owned by the control thread.
 */
public final class LastSeen {

    /** Its name in the state directory. */
    static final String FILE_NAME = "last_seen";
    /** How long what has changed may stay unwritten, in milliseconds. */
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
     * Reads what there is.
     *
     * @param stateDir where the file is; {@code null} for none
     * @param warn told when it cannot be read or written, for people
     */
    public LastSeen(Path stateDir, Consumer<String> warn, NanoClock clock) {
        this.file = stateDir == null ? null : stateDir.resolve(FILE_NAME);
        this.warn = warn;
        this.clock = clock;
        this.writtenNs = clock.nanoTime();
        if (file != null) {
            read();
        }
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
            // nobody was ever there
        } catch (IOException unreadable) {
            warn.accept("when names were last there cannot be read: " + unreadable);
        }
    }

    /** Notes that {@code name} is there, or was until now; {@code atMs} in milliseconds since 1970. */
    public void note(String name, long atMs) {
        changed |= !Long.valueOf(atMs).equals(times.put(name, atMs));
    }

    /** When {@code name} was last there, in milliseconds since 1970; 0 for never. */
    public long of(String name) {
        return times.getOrDefault(name, 0L);
    }

    /** Writes what has changed, unless that was done a moment ago. */
    public void writeNowAndThen() {
        if (changed && clock.nanoTime() - writtenNs >= WRITE_INTERVAL_MS * NS_PER_MS) {
            write();
        }
    }

    /** Writes what has changed. */
    public void write() {
        if (!changed || file == null) {
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
                warn.accept("when names were last there cannot be written: " + unwritable);
            }
        }
    }
}
