package voiptui.relay.directory;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.protocol.RefusalCode;
import voiptui.time.NanoClock;

/**
 * The relay's names and blocks: decides in memory, on the control thread, who may sign in, and keeps the files of the state
 * directory in step on the thread {@code relay-state}, so that a slow disk delays no client.
 *
 * <p>A new name counts at once and is written as soon as the disk allows. What people or commands change in the files counts
 * within two seconds, or at once after {@link #reload}. Before {@link #start}, everything happens on the calling thread.
 */
public final class Directory implements AutoCloseable {

    private static final long CLOSE_MS = 2_000;
    /** No name expires before the relay has run this long: its owner may have waited for it, or the clock was wrong. */
    private static final long MIN_UPTIME_MS = 24 * 3_600_000;

    private static final long MAX_EXPIRY_CHECK_MS = 60_000;
    private static final int MAX_LISTED = 10;

    /** What the state thread tells the control thread. */
    private record Snapshot(Map<String, NameEntry> names, Blocklist blocks, Set<String> settled) {}

    /** An operation on the files. */
    @FunctionalInterface
    public interface FileTask<T> {
        T run() throws IOException;
    }

    /** Set by the control thread. */
    private volatile DirectorySettings settings;

    private final Consumer<String> warn;
    private final NanoClock clock;
    private final InstantSource wallClock;
    private final NameRegistry names;
    private final LastSeen lastSeen;
    private NewNameLimit newNames;
    private final long startNs;
    private final AtomicBoolean checking = new AtomicBoolean();
    /** Owned by the state thread. */
    private final DirectoryFiles files;
    /** Fingerprints by name, to be written. Owned by the state thread. */
    private final Map<String, String> pending = new LinkedHashMap<>();
    /** The revision of the files that the control thread knows. Owned by the state thread. */
    private int published;
    /** Whether an error was reported already. Owned by the state thread. */
    private boolean failing;

    private volatile Blocklist blocks;
    /** Those of the file. Owned by the control thread. */
    private Blocklist ownBlocks;
    /** Those of other relays. Owned by the control thread. */
    private Blocklist otherBlocks = Blocklist.NOBODY;

    private SharedDirectory shared = SharedDirectory.NONE;
    /** When names were claimed since the start, in milliseconds since 1970; empty without other relays. Owned by the control thread. */
    private final Map<String, Long> claimedMs = new HashMap<>();

    private Executor control = Runnable::run;
    private Executor state = Runnable::run;
    private @Nullable ThreadPoolExecutor stateThread;
    /** Its thread; if that dies, the pool has another, but what it was doing is lost. */
    private volatile @Nullable Thread firstThread;

    private Runnable review = () -> {};
    private long expiryCheckedNs;

    private Directory(
            DirectorySettings settings,
            DirectoryFiles files,
            LastSeen lastSeen,
            Consumer<String> warn,
            NanoClock clock,
            InstantSource wallClock) {
        this.settings = settings;
        this.files = files;
        this.lastSeen = lastSeen;
        this.warn = warn;
        this.clock = clock;
        this.wallClock = wallClock;
        this.names = new NameRegistry(settings.access(), files.names());
        this.ownBlocks = files.blocks();
        this.blocks = ownBlocks;
        this.published = files.revision();
        this.newNames = new NewNameLimit(settings.limits().newPerAddress(), clock);
        this.startNs = clock.nanoTime();
        this.expiryCheckedNs = startNs;
        names.expiring(LocalDate.MAX, name -> lastSeen.of(name) == 0)
                .forEach(name -> lastSeen.note(name, wallClock.millis()));
    }

    /**
     * Reads the files.
     *
     * @param warn receives lines for the operator; called on any thread
     * @param clock measures intervals
     * @param wallClock tells when clients were seen
     * @throws IOException if a file exists but cannot be read; the message is for the operator
     */
    public static Directory open(
            DirectorySettings settings, Consumer<String> warn, NanoClock clock, InstantSource wallClock)
            throws IOException {
        DirectoryFiles files = DirectoryFiles.open(settings.stateDir(), warn);
        if (settings.limits().expiryMs() > 0) {
            dateNames(files, settings, warn, wallClock);
        }
        return new Directory(settings, files, new LastSeen(settings.stateDir(), warn, clock), warn, clock, wallClock);
    }

    /**
     * Lets names expire that an earlier version has written without a date. Where only known clients sign in, nobody registers
     * names, so that all stay.
     */
    private static void dateNames(
            DirectoryFiles files, DirectorySettings settings, Consumer<String> warn, InstantSource wallClock) {
        try {
            boolean registers = settings.access() == AccessPolicy.OPEN;
            int dated = files.dateOnce(registers ? LocalDate.ofInstant(wallClock.instant(), ZoneOffset.UTC) : null);
            if (dated > 0) {
                warn.accept(dated + " names in " + files.namesPath()
                        + " had no date: from now on they expire when not used for "
                        + settings.limits().expiryText() + "; keep one with 'voiptui relay allow'");
            }
        } catch (IOException unwritable) {
            warn.accept(unwritable.getMessage() + "; names without a date do not expire");
        }
    }

    /** Starts the thread {@code relay-state}. From now on, {@code controlThread} is told what the files say. */
    public void start(Executor controlThread) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);
        executor.prestartCoreThread();
        stateThread = executor;
        state = executor;
        control = controlThread;
        lastSeen.writeOn(executor);
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "relay-state");
        if (firstThread == null) {
            firstThread = thread;
        }
        return thread;
    }

    /** Returns the thread that writes the files; empty before {@link #start}. It ends with {@link #close} only. Any thread. */
    public Optional<Thread> thread() {
        return Optional.ofNullable(firstThread);
    }

    /** Sets what is called, on the control thread, after names or blocks have changed. */
    public void onChange(Runnable reviewAccess) {
        review = reviewAccess;
    }

    /** Takes over other settings; the directory stays the same. Control thread. */
    public void use(DirectorySettings changed) {
        if (changed.limits().newPerAddress() != settings.limits().newPerAddress()) {
            newNames = new NewNameLimit(changed.limits().newPerAddress(), clock);
        }
        names.admit(changed.access());
        settings = changed;
    }

    /** Returns the names and their owners. Control thread. */
    public NameRegistry names() {
        return names;
    }

    /** Returns when clients were last seen. Control thread. */
    public LastSeen lastSeen() {
        return lastSeen;
    }

    /** Returns whether an address is blocked. Any thread. */
    public boolean isBlocked(InetAddress address) {
        return blocks.contains(address);
    }

    /** Returns why a client may not sign in, or empty if it may. Control thread. */
    public Optional<Refusal> refusal(String name, String fingerprint, InetAddress from) {
        return blocked(fingerprint, from)
                .or(() -> names.refusal(name, fingerprint))
                .or(() -> names.isOwned(name) || newNames.allows(from)
                        ? Optional.empty()
                        : Optional.of(new Refusal(
                                RefusalCode.TOO_MANY,
                                "too many new names from this address; use a name that you had before, or try again"
                                        + " in an hour")));
    }

    /** Returns why a client that is signed in may not stay so, or empty if it may. Control thread. */
    public Optional<Refusal> objection(String name, String fingerprint, InetAddress from) {
        return blocked(fingerprint, from).or(() -> names.objection(name, fingerprint));
    }

    private Optional<Refusal> blocked(String fingerprint, InetAddress from) {
        if (blocks.contains(fingerprint)) {
            return Optional.of(new Refusal(RefusalCode.NOT_ALLOWED, "this certificate is blocked", true));
        }
        return blocks.contains(from)
                ? Optional.of(new Refusal(RefusalCode.NOT_ALLOWED, "this address is blocked", true))
                : Optional.empty();
    }

    /** Registers the name of a client that was not {@linkplain #refusal refused}; without effect if it has it already. */
    public void register(String name, String fingerprint, InetAddress from) {
        if (names.register(name, fingerprint)) {
            newNames.count(from);
            write(name, fingerprint);
            if (shared != SharedDirectory.NONE) {
                NameClaim claim = new NameClaim(fingerprint, wallClock.millis());
                claimedMs.put(name, claim.sinceMs());
                shared.onClaimed(name, claim);
            }
        }
    }

    private void write(String name, String fingerprint) {
        onState(() -> {
            pending.put(name, fingerprint);
            writePending();
        });
    }

    /** Begins to share names and blocks with other relays. They do not expire from now on. Control thread. */
    public void share(SharedDirectory others) {
        shared = others;
    }

    /** Returns all names with their owners, for other relays; a copy. Control thread. */
    public Map<String, NameClaim> claims() {
        Map<String, NameClaim> claims = new HashMap<>();
        names.entries().forEach((name, entry) -> claims.put(name, claim(name, entry)));
        return claims;
    }

    private NameClaim claim(String name, NameEntry entry) {
        Long exactly = claimedMs.get(name);
        return new NameClaim(entry.fingerprint(), exactly == null ? startMs(entry.since()) : exactly);
    }

    /** Returns the start of a day, in milliseconds since 1970, and 1 at least; 0: the day is not known. */
    private static long startMs(@Nullable LocalDate day) {
        return day == null
                ? 0
                : Math.max(1, day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    }

    /** Returns who is blocked in this relay's file. Control thread. */
    public Set<String> ownBlocks() {
        return ownBlocks.entries();
    }

    /**
     * Learns the owner of a name from another relay. Of two owners, the first one keeps it; of two times of one owner, the first one
     * counts, so that the relays agree. Control thread.
     *
     * @return the owner that counts
     */
    public NameClaim learn(String name, NameClaim claim) {
        NameEntry known = names.entry(name);
        if (known == null && names.register(name, claim.fingerprint())) {
            claimedMs.put(name, claim.sinceMs());
            write(name, claim.fingerprint());
            return claim;
        }
        NameClaim own = known == null ? claim : claim(name, known);
        if (!claim.isBefore(own)) {
            return own;
        }
        if (own.fingerprint().equals(claim.fingerprint())) {
            claimedMs.put(name, claim.sinceMs());
            return claim;
        }
        names.reassign(name, claim.fingerprint());
        claimedMs.put(name, claim.sinceMs());
        onState(() -> {
            pending.remove(name);
            try {
                files.reassign(
                        Map.of(name, claim.fingerprint()),
                        LocalDate.ofInstant(Instant.ofEpochMilli(claim.sinceMs()), ZoneOffset.UTC));
            } catch (IOException unwritable) {
                fail(unwritable);
            }
            publish(Set.of(name));
        });
        review.run();
        return claim;
    }

    /** Forgets a name that the operator of another relay has removed. Control thread. */
    public void forget(String name) {
        if (names.isOwned(name)) {
            claimedMs.remove(name);
            edit(() -> removeEntry(name), Set.of(name));
        }
    }

    /** Takes over who is blocked at other relays. Control thread. */
    public void useBlocksOfOthers(Collection<String> entries) {
        Blocklist changed = BlockFile.parse(entries);
        if (!changed.equals(otherBlocks)) {
            otherBlocks = changed;
            blocks = ownBlocks.and(changed);
            review.run();
        }
    }

    /**
     * Looks for changes in the files, writes what is due, and lets names expire. To be called once a second on the control
     * thread; without effect on the files while the disk is still busy with an earlier call.
     *
     * @param online the names signed in now
     */
    public void sweep(Collection<String> online) {
        lastSeen.writeIfDue(online, wallClock.millis());
        if (checking.compareAndSet(false, true)) {
            onState(() -> {
                try {
                    files.refreshIfSettled();
                    failing &= !pending.isEmpty();
                    writePending();
                } catch (IOException unreadable) {
                    fail(unreadable);
                } finally {
                    checking.set(false);
                }
                publish(Set.of());
            });
        }
        expire(online);
    }

    private void expire(Collection<String> online) {
        long expiryMs = settings.limits().expiryMs();
        long nowNs = clock.nanoTime();
        if (expiryMs == 0
                || shared != SharedDirectory.NONE
                || nowNs - startNs < Math.min(expiryMs, MIN_UPTIME_MS) * NS_PER_MS
                || nowNs - expiryCheckedNs < Math.min(expiryMs, MAX_EXPIRY_CHECK_MS) * NS_PER_MS) {
            return;
        }
        expiryCheckedNs = nowNs;
        long since = wallClock.millis() - expiryMs;
        LocalDate lastDay = LocalDate.ofInstant(Instant.ofEpochMilli(since), ZoneOffset.UTC);
        List<String> expired = names.expiring(lastDay, name -> !online.contains(name) && lastSeen.of(name) <= since);
        if (!expired.isEmpty()) {
            onState(() -> {
                try {
                    files.remove(Set.copyOf(expired));
                    warn.accept(expired.size() + " names expired, not used for "
                            + settings.limits().expiryText() + ": "
                            + String.join(" ", expired.subList(0, Math.min(MAX_LISTED, expired.size())))
                            + (expired.size() > MAX_LISTED ? " …" : ""));
                } catch (IOException unwritable) {
                    fail(unwritable);
                }
                publish(Set.of());
            });
        }
        lastSeen.retain(name -> names.isOwned(name) || online.contains(name));
    }

    /** Writes what is not yet written, because the relay stops; {@code online} are the names signed in now. */
    public void stop(Collection<String> online) {
        lastSeen.write(online, wallClock.millis());
    }

    /** Runs a task that reads or writes files on the state thread. Any thread. The future ends on the control thread. */
    public <T> CompletableFuture<T> onFiles(FileTask<T> task) {
        return edit(task, Set.of());
    }

    /** Rereads the files at once. Any thread. The future ends when what they say is in force; its value is true. */
    public CompletableFuture<Boolean> reload() {
        return edit(
                () -> {
                    files.reload();
                    return true;
                },
                Set.of());
    }

    /** Assigns a name, as {@link DirectoryFiles#allow}. Any thread. The future ends when the change is in force. */
    public CompletableFuture<DirectoryFiles.Allowance> allow(String name, Fingerprint fingerprint) {
        return edit(() -> files.allow(name, fingerprint), Set.of()).thenApply(result -> {
            if (result != DirectoryFiles.Allowance.TAKEN) {
                onControl(() -> {
                    if (shared != SharedDirectory.NONE) {
                        claimedMs.put(name, 0L);
                        shared.onClaimed(name, new NameClaim(fingerprint.text(), 0));
                    }
                });
            }
            return result;
        });
    }

    /** Removes a name, as {@link DirectoryFiles#remove}. Any thread. The future ends when the change is in force. */
    public CompletableFuture<Boolean> remove(String name) {
        return edit(() -> removeEntry(name), Set.of(name)).thenApply(removed -> {
            onControl(() -> {
                claimedMs.remove(name);
                shared.onRemoved(name);
            });
            return removed;
        });
    }

    private boolean removeEntry(String name) throws IOException {
        boolean written = files.remove(name);
        return pending.remove(name) != null || written;
    }

    /** Blocks somebody, as {@link DirectoryFiles#block}. Any thread. The future ends when the change is in force. */
    public CompletableFuture<Boolean> block(String entry) {
        return edit(() -> files.block(entry), Set.of());
    }

    /** Ends a block, as {@link DirectoryFiles#unblock}. Any thread. The future ends when the change is in force. */
    public CompletableFuture<Boolean> unblock(String entry) {
        return edit(() -> files.unblock(entry), Set.of());
    }

    /** Returns all names, in alphabetical order, with their owners; a copy. Control thread. */
    public Map<String, NameEntry> entries() {
        return new TreeMap<>(names.entries());
    }

    private <T> CompletableFuture<T> edit(FileTask<T> task, Set<String> removed) {
        CompletableFuture<T> done = new CompletableFuture<>();
        boolean accepted = onState(() -> {
            try {
                T result = task.run();
                publish(removed);
                if (!onControl(() -> done.complete(result))) {
                    done.completeExceptionally(new IOException("the relay is stopping"));
                }
            } catch (IOException | RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        if (!accepted) {
            done.completeExceptionally(new IOException("the relay is stopping"));
        }
        return done;
    }

    /** Writes names that are not in the file yet. On an error they stay, for the next call. State thread. */
    private void writePending() {
        if (pending.isEmpty()) {
            return;
        }
        Map<String, String> batch = new LinkedHashMap<>(pending);
        try {
            files.register(batch, LocalDate.ofInstant(wallClock.instant(), ZoneOffset.UTC));
            pending.clear();
            failing = false;
            publish(batch.keySet());
        } catch (IOException unwritable) {
            fail(unwritable);
        }
    }

    private void fail(IOException problem) {
        if (!failing) {
            failing = true;
            warn.accept(problem.getMessage() + "; trying again, with " + pending.size() + " new names kept in memory");
        }
    }

    /** Tells the control thread what the files say, if that has changed. State thread. */
    private void publish(Set<String> settled) {
        if (published == files.revision() && settled.isEmpty()) {
            return;
        }
        published = files.revision();
        Snapshot snapshot = new Snapshot(files.names(), files.blocks(), Set.copyOf(settled));
        onControl(() -> {
            names.load(snapshot.names, snapshot.settled);
            boolean isOtherBlocklist = !snapshot.blocks.equals(ownBlocks);
            ownBlocks = snapshot.blocks;
            blocks = ownBlocks.and(otherBlocks);
            review.run();
            if (isOtherBlocklist) {
                shared.onBlocks(ownBlocks.entries());
            }
        });
    }

    private boolean onState(Runnable task) {
        return execute(state, () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                warn.accept("internal error of the state directory: " + bug);
            }
        });
    }

    private boolean onControl(Runnable task) {
        return execute(control, task);
    }

    private static boolean execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    /** Ends the thread after it has written what it has been told to; waits two seconds at most. */
    @Override
    public void close() {
        ThreadPoolExecutor executor = stateThread;
        if (executor == null) {
            return;
        }
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                warn.accept("the state directory " + settings.stateDir() + " does not respond; giving it up");
                executor.shutdownNow();
            }
        } catch (InterruptedException stop) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
