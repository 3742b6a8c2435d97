package voiptui.relay.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import voiptui.identity.Fingerprint;
import voiptui.net.IpNetwork;

/**
 * The {@code blocked} file in a relay's state directory: on each line a fingerprint, or an address {@code ADDRESS[/PREFIX]}.
 * People may edit it; {@code #} starts a comment.
 *
 * <p>Blocks on the disk; used by one thread at a time. Several processes may edit the file, each within {@link #locked}.
 */
final class BlockFile {

    /** The file's name in the state directory. */
    static final String FILE_NAME = "blocked";

    /** The greatest number of entries: each is compared with the address of each connection. */
    static final int MAX_ENTRIES = 10_000;

    private final StateFile file;
    private Blocklist content = Blocklist.NOBODY;
    private final ReadingGuard guard = new ReadingGuard();

    /** Refers to the file in {@code stateDir}; neither needs to exist yet. */
    BlockFile(Path stateDir) {
        this.file = new StateFile(stateDir.resolve(FILE_NAME));
    }

    /** Returns the path of the file. */
    Path path() {
        return file.path();
    }

    /** Returns the entries as read last. */
    Blocklist content() {
        return content;
    }

    /**
     * Returns the entry for what the operator typed, as it is written to the file; empty if it is neither a fingerprint nor
     * an address.
     */
    static Optional<String> entry(String text) {
        return Fingerprint.parse(text)
                .map(Fingerprint::text)
                .or(() -> IpNetwork.parse(text).map(IpNetwork::toString));
    }

    /**
     * Reads the file if it may have changed since the last call.
     *
     * @param warn receives a message for the invalid lines. At the first call, they are skipped; later, the entries stay as they
     *     were, so that a slip of the editor lets nobody in
     * @return whether the entries were replaced
     * @throws IOException if the file exists but cannot be read; the entries stay as they were
     */
    boolean refresh(Consumer<String> warn) throws IOException {
        Optional<List<String>> changed = file.linesIfChanged(file.version());
        if (changed.isEmpty()) {
            return false;
        }
        Optional<Blocklist> read = guard.read(problems -> parse(changed.get(), problems), warn);
        read.ifPresent(entries -> content = entries);
        return read.isPresent();
    }

    /** Returns what is wrong with the file as it was read last, so that the entries stayed as they were. */
    Optional<String> problem() {
        return guard.problem();
    }

    private Blocklist parse(List<String> lines, Consumer<String> warn) {
        Set<String> fingerprints = new HashSet<>();
        List<IpNetwork> networks = new ArrayList<>();
        List<Integer> invalid = new ArrayList<>();
        for (int i = 0; i < lines.size() && fingerprints.size() + networks.size() < MAX_ENTRIES; i++) {
            String word = StateFile.splitComment(lines.get(i))[0];
            if (Fingerprint.parse(word).isPresent()) {
                fingerprints.add(word);
            } else if (IpNetwork.parse(word).isPresent()) {
                networks.add(IpNetwork.parse(word).get());
            } else if (!word.isEmpty()) {
                invalid.add(i + 1);
            }
        }
        if (!invalid.isEmpty()) {
            warn.accept(path() + ", line " + invalid.get(0) + ": expected a fingerprint or an address"
                    + (invalid.size() > 1 ? " (" + (invalid.size() - 1) + " more lines are invalid)" : ""));
        }
        if (fingerprints.size() + networks.size() >= MAX_ENTRIES) {
            warn.accept(path() + ": only the first " + MAX_ENTRIES + " entries count");
        }
        return new Blocklist(Set.copyOf(fingerprints), List.copyOf(networks));
    }

    /** Returns the entries of other relays; what is invalid counts as nothing. */
    static Blocklist parse(Collection<String> entries) {
        Set<String> fingerprints = new HashSet<>();
        List<IpNetwork> networks = new ArrayList<>();
        for (String entry : entries) {
            if (Fingerprint.parse(entry).isPresent()) {
                fingerprints.add(entry);
            } else {
                IpNetwork.parse(entry).ifPresent(networks::add);
            }
        }
        return new Blocklist(Set.copyOf(fingerprints), List.copyOf(networks));
    }

    /** Runs {@code edit} while no other process of ours edits the file. */
    <T> T locked(StateFile.Edit<T> edit) throws IOException {
        return file.locked(edit);
    }

    /** Appends an {@linkplain #entry entry}; returns false if it is there already. */
    boolean add(String entry) throws IOException {
        if (file.lines().stream().anyMatch(line -> isEntry(line, entry))) {
            return false;
        }
        file.append(List.of(entry));
        return true;
    }

    /** Removes an {@linkplain #entry entry}; returns false if there is none. */
    boolean remove(String entry) throws IOException {
        List<String> lines = file.lines();
        List<String> kept = lines.stream().filter(line -> !isEntry(line, entry)).toList();
        if (kept.size() == lines.size()) {
            return false;
        }
        file.replace(kept);
        return true;
    }

    private static boolean isEntry(String line, String entry) {
        return entry(StateFile.splitComment(line)[0]).equals(Optional.of(entry));
    }
}
