package voiptui.relay.directory;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voiptui.time.NanoClock;

/**
 * When each client was last signed in, kept across restarts in the file {@code last_seen} of the state directory: one line
 * {@code NAME MILLISECONDS} each, with the time since 1970. Invalid lines are skipped. For clients that are signed in when the
 * relay is killed, the time of the last write counts, which is at most a day ago.
 *
 * <p>Owned by the control thread; the file is written by another.
 */
public final class LastSeen {

    /** The file's name in the state directory. */
    static final String FILE_NAME = "last_seen";
    /** The shortest interval between two writes by {@link #writeIfDue}, in milliseconds. */
    static final int WRITE_INTERVAL_MS = 60_000;
    /** The interval of writes while clients are signed in and nothing else changes, in milliseconds. */
    static final int ONLINE_INTERVAL_MS = 24 * 3_600_000;

    private static final Pattern LINE = Pattern.compile("([a-z0-9._-]{1,32}) ([0-9]{1,15})");

    private final StateFile file;
    private final Consumer<String> warn;
    private final NanoClock clock;
    private final Map<String, Long> times;
    private final AtomicBoolean writing = new AtomicBoolean();
    private Executor writer = Runnable::run;
    private boolean changed;
    private long writtenNs;
    /** Whether the last write failed. Set by the writing thread. */
    private volatile boolean failing;

    /**
     * Reads the file.
     *
     * @param stateDir the relay's state directory; created on the first write
     * @param warn receives a message, for people, when the file cannot be written
     * @throws IOException if the file exists but cannot be read: names would expire that are in use
     */
    LastSeen(Path stateDir, Consumer<String> warn, NanoClock clock) throws IOException {
        this.file = new StateFile(stateDir.resolve(FILE_NAME));
        this.warn = warn;
        this.clock = clock;
        this.writtenNs = clock.nanoTime();
        this.times = read(file);
    }

    /** Returns the times in the file of {@code stateDir}, in milliseconds since 1970, by name. */
    public static Map<String, Long> read(Path stateDir) throws IOException {
        return read(new StateFile(stateDir.resolve(FILE_NAME)));
    }

    private static Map<String, Long> read(StateFile file) throws IOException {
        Map<String, Long> times = new TreeMap<>();
        file.lines().stream()
                .limit(2L * NameRegistry.MAX_NAMES)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> times.put(line.group(1), Long.parseLong(line.group(2))));
        return times;
    }

    /** Lets {@code executor} write the file from now on. */
    void writeOn(Executor executor) {
        writer = executor;
    }

    /** Records that {@code name} was signed in at {@code atMs}, in milliseconds since 1970. */
    public void note(String name, long atMs) {
        changed |= !Long.valueOf(atMs).equals(times.put(name, atMs));
    }

    /** Returns when {@code name} was last signed in, in milliseconds since 1970; 0: never. */
    public long of(String name) {
        return times.getOrDefault(name, 0L);
    }

    /** Forgets the names that do not match. */
    void retain(Predicate<String> known) {
        changed |= times.keySet().removeIf(known.negate());
    }

    /**
     * Writes the times unless nothing has changed or the last write was less than {@link #WRITE_INTERVAL_MS} ago.
     *
     * @param online the names signed in now, written as seen now
     * @param nowMs the time since 1970, in milliseconds
     */
    void writeIfDue(Collection<String> online, long nowMs) {
        long sinceMs = (clock.nanoTime() - writtenNs) / NS_PER_MS;
        if ((changed || failing) && sinceMs >= WRITE_INTERVAL_MS
                || !online.isEmpty() && sinceMs >= ONLINE_INTERVAL_MS) {
            write(online, nowMs);
        }
    }

    /** Writes the file, unless the disk is still busy with the last write. An error is reported once, until a write succeeds; {@link #writeIfDue} tries again. */
    void write(Collection<String> online, long nowMs) {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        writtenNs = clock.nanoTime();
        changed = false;
        Map<String, Long> seen = new TreeMap<>(times);
        online.forEach(name -> seen.put(name, nowMs));
        List<String> lines = new ArrayList<>(seen.size());
        seen.forEach((name, atMs) -> lines.add(name + " " + atMs));
        try {
            writer.execute(() -> replace(lines));
        } catch (RejectedExecutionException stopping) {
            writing.set(false);
        }
    }

    private void replace(List<String> lines) {
        try {
            file.replace(lines);
            failing = false;
        } catch (IOException unwritable) {
            if (!failing) {
                failing = true;
                warn.accept("last-seen times: " + unwritable.getMessage());
            }
        } finally {
            writing.set(false);
        }
    }
}
