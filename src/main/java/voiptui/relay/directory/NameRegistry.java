package voiptui.relay.directory;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.RefusalCode;

/**
 * Which certificate owns each client name: what the {@code names} file says, and the names that are still to be written to
 * it. Rules only, no files; see {@link Directory}.
 *
 * <p>Owned by the control thread.
 */
public final class NameRegistry {

    /** The greatest number of names a certificate can register itself. The operator can add more to the file. */
    static final int MAX_NAMES_EACH = 8;
    /** The greatest number of names in all, so that nobody can fill the disk or the contact lists. */
    static final int MAX_NAMES = 10_000;

    private AccessPolicy access;
    /** As in the file. */
    private Map<String, NameEntry> written;
    /** Fingerprints by name, for names that are not known to be in the file yet. */
    private final Map<String, String> unwritten = new LinkedHashMap<>();

    /** Starts with the names of the file. */
    NameRegistry(AccessPolicy access, Map<String, NameEntry> written) {
        this.access = access;
        this.written = written;
    }

    /**
     * Takes over the content of the file.
     *
     * @param content what was read or written last
     * @param settled names that need not be kept here any longer: written, or removed by the operator
     */
    void load(Map<String, NameEntry> content, Set<String> settled) {
        written = content;
        unwritten.keySet().removeIf(name -> settled.contains(name) || content.containsKey(name));
    }

    /** Changes who may sign in. */
    void admit(AccessPolicy whom) {
        access = whom;
    }

    /** Returns why a certificate may not sign in as {@code name}, or empty if it may. */
    Optional<Refusal> refusal(String name, String fingerprint) {
        String owner = owner(name);
        if (fingerprint.equals(owner)) {
            return Optional.empty();
        }
        if (access == AccessPolicy.KNOWN) {
            return Optional.of(
                    new Refusal(RefusalCode.NOT_ALLOWED, "only names that the operator has assigned may sign in"));
        }
        if (owner != null) {
            return Optional.of(Refusal.of(RefusalCode.NAME_TAKEN));
        }
        if (size() >= MAX_NAMES) {
            return Optional.of(new Refusal(RefusalCode.FULL, "no more names can be registered"));
        }
        return namesOf(fingerprint) >= MAX_NAMES_EACH
                ? Optional.of(new Refusal(
                        RefusalCode.NOT_ALLOWED,
                        "this certificate has " + MAX_NAMES_EACH
                                + " names already: use one of them, or ask the relay's operator for another"))
                : Optional.empty();
    }

    /** Returns why a client that is signed in as {@code name} may not stay so, or empty if it may. */
    Optional<Refusal> objection(String name, String fingerprint) {
        String owner = owner(name);
        if (fingerprint.equals(owner)) {
            return Optional.empty();
        }
        return Optional.of(
                owner == null
                        ? new Refusal(RefusalCode.NOT_ALLOWED, "this name was removed by the relay's operator")
                        : new Refusal(RefusalCode.NAME_TAKEN, "this name was given to another client"));
    }

    /** Registers {@code name}; returns false if it has an owner already. */
    boolean register(String name, String fingerprint) {
        return owner(name) == null && unwritten.put(name, fingerprint) == null;
    }

    /** Gives a name to another owner, who had it first at another relay. */
    void reassign(String name, String fingerprint) {
        written = new HashMap<>(written);
        written.remove(name);
        unwritten.put(name, fingerprint);
    }

    /** Returns how many names have an owner. */
    public int size() {
        return written.size() + unwritten.size();
    }

    /** Returns all names that have an owner, in alphabetical order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(written.keySet());
        names.addAll(unwritten.keySet());
        return names;
    }

    /** Returns all entries by name; a copy. */
    Map<String, NameEntry> entries() {
        Map<String, NameEntry> entries = new HashMap<>(written);
        unwritten.forEach(
                (name, fingerprint) -> entries.putIfAbsent(name, new NameEntry(fingerprint, LocalDate.EPOCH)));
        return entries;
    }

    /**
     * Returns the written names that may expire and match.
     *
     * @param lastDay names that were registered later do not match
     */
    List<String> expiring(LocalDate lastDay, Predicate<String> matches) {
        return written.entrySet().stream()
                .filter(entry -> isUpTo(lastDay, entry.getValue().since()) && matches.test(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isUpTo(LocalDate lastDay, @Nullable LocalDate since) {
        return since != null && !since.isAfter(lastDay);
    }

    /** Returns whether a certificate has a name. */
    public boolean knows(String fingerprint) {
        return namesOf(fingerprint) > 0;
    }

    /** Returns whether {@code name} has an owner. */
    public boolean isOwned(String name) {
        return owner(name) != null;
    }

    /** Returns the entry of a name; null: nobody owns it. */
    @Nullable
    NameEntry entry(String name) {
        NameEntry entry = written.get(name);
        String fresh = unwritten.get(name);
        return entry != null || fresh == null ? entry : new NameEntry(fresh, LocalDate.EPOCH);
    }

    private @Nullable String owner(String name) {
        NameEntry owner = written.get(name);
        return owner != null ? owner.fingerprint() : unwritten.get(name);
    }

    private long namesOf(String fingerprint) {
        return written.values().stream()
                        .filter(entry -> entry.fingerprint().equals(fingerprint))
                        .count()
                + unwritten.values().stream().filter(fingerprint::equals).count();
    }
}
