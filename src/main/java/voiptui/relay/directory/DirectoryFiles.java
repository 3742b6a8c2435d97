package voiptui.relay.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;

/**
 * The files {@code names} and {@code blocked} of a relay's state directory, and what an operator does with them. Used by the
 * running relay, on its thread {@code relay-state}, and by commands while no relay runs.
 *
 * <p>Blocks on the disk; one thread at a time. All errors name the path and the reason.
 */
public final class DirectoryFiles {

    /** The result of {@link #allow}. */
    public enum Allowance {
        /** The name now belongs to the certificate, for good. */
        ADDED,
        /** The name already belonged to the certificate. */
        ALREADY_ALLOWED,
        /** The name belongs to another certificate; nothing was changed. */
        TAKEN
    }

    private final NameFile names;
    private final BlockFile blocked;
    private final Consumer<String> warn;
    /** Increases whenever names or blocks have changed. */
    private int revision;

    private DirectoryFiles(Path stateDir, Consumer<String> warn) {
        this.names = new NameFile(stateDir);
        this.blocked = new BlockFile(stateDir);
        this.warn = warn;
    }

    /**
     * Reads the files.
     *
     * @param stateDir the relay's state directory, which need not exist
     * @param warn receives a line for the operator about each invalid line, which is skipped
     * @throws IOException if a file exists but cannot be read; the message is for the operator
     */
    public static DirectoryFiles open(Path stateDir, Consumer<String> warn) throws IOException {
        DirectoryFiles files = new DirectoryFiles(stateDir, warn);
        files.refresh();
        return files;
    }

    /** Reads what has changed. */
    void refresh() throws IOException {
        note(names.refresh(warn));
        note(blocked.refresh(warn));
    }

    /**
     * Reads what has changed.
     *
     * @throws IOException also if a line is invalid, so that nothing of its file was taken over
     */
    void reload() throws IOException {
        note(names.refresh(reported -> {}));
        note(blocked.refresh(reported -> {}));
        Optional<String> problem = names.problem().or(blocked::problem);
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }

    /** Reads what has changed and was not being written a moment ago, at the last call. */
    void refreshIfSettled() throws IOException {
        note(names.refreshIfSettled(warn));
        note(blocked.refresh(warn));
    }

    private void note(boolean changed) {
        revision += changed ? 1 : 0;
    }

    /** Returns a number that differs whenever names or blocks have changed. */
    int revision() {
        return revision;
    }

    /** Returns the names with their owners, in file order; a copy. */
    public Map<String, NameEntry> names() {
        return names.content();
    }

    /** Returns who is blocked. */
    Blocklist blocks() {
        return blocked.content();
    }

    /** Returns the path of the {@code names} file. */
    public Path namesPath() {
        return names.path();
    }

    /** Returns what to block in the notation of the {@code blocked} file; empty if the text is no fingerprint and no address. */
    public static Optional<String> blockEntry(String text) {
        return BlockFile.entry(text);
    }

    /** Assigns {@code name} to a certificate, for good: it does not expire. */
    public Allowance allow(String name, Fingerprint fingerprint) throws IOException {
        return names.locked(() -> {
            note(names.refresh(warn));
            NameEntry owner = names.content().get(name);
            if (owner != null && !owner.fingerprint().equals(fingerprint.text())) {
                return Allowance.TAKEN;
            }
            if (owner != null && !owner.expires() && !names.hasUncommented(name)) {
                return Allowance.ALREADY_ALLOWED;
            }
            if (owner != null) {
                names.remove(Set.of(name));
            }
            names.append(Map.of(name, fingerprint.text()), null);
            note(true);
            return owner == null ? Allowance.ADDED : Allowance.ALREADY_ALLOWED;
        });
    }

    /**
     * Adds names that certificates have registered themselves, unless they have another owner by now.
     *
     * @param wanted fingerprints by name
     */
    void register(Map<String, String> wanted, LocalDate today) throws IOException {
        names.locked(() -> {
            note(names.refresh(warn));
            Map<String, NameEntry> owned = names.content();
            Map<String, String> fresh = new LinkedHashMap<>(wanted);
            fresh.keySet().removeAll(owned.keySet());
            if (!fresh.isEmpty()) {
                names.append(fresh, today);
                note(true);
            }
            return fresh.size();
        });
    }

    /**
     * Lets names expire, from {@code today} on, that the file of an earlier version says nothing about; once in a state
     * directory.
     *
     * @param today null: nobody registers names here, so that all are the operator's
     * @return how many there were
     */
    int dateOnce(@Nullable LocalDate today) throws IOException {
        return names.isUndated() ? names.dateOnce(today) : 0;
    }

    /** Gives names to other owners, who had them first at another relay. */
    void reassign(Map<String, String> owners, LocalDate since) throws IOException {
        names.locked(() -> {
            note(names.refresh(warn));
            names.remove(owners.keySet());
            names.append(owners, since);
            note(true);
            return true;
        });
    }

    /** Removes a name; returns false if it belongs to nobody. */
    public boolean remove(String name) throws IOException {
        return remove(Set.of(name)) > 0;
    }

    /** Removes names; returns how many there were. */
    int remove(Set<String> unwanted) throws IOException {
        return names.locked(() -> {
            note(names.refresh(warn));
            int before = names.content().size();
            if (names.content().keySet().stream().noneMatch(unwanted::contains)) {
                return 0;
            }
            names.remove(unwanted);
            note(true);
            return before - names.content().size();
        });
    }

    /** Blocks a fingerprint or address, as {@link #blockEntry} returns it; returns false if it was blocked already. */
    public boolean block(String entry) throws IOException {
        return editBlocks(() -> blocked.add(entry));
    }

    /** Removes what {@link #block} has added; returns false if there is no such entry. */
    public boolean unblock(String entry) throws IOException {
        return editBlocks(() -> blocked.remove(entry));
    }

    private boolean editBlocks(StateFile.Edit<Boolean> edit) throws IOException {
        return blocked.locked(() -> {
            boolean changed = edit.run();
            note(blocked.refresh(warn));
            return changed;
        });
    }
}
