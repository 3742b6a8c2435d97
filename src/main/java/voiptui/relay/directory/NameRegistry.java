package voiptui.relay.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.RefusalCode;

/**
 * Which certificate owns each client name. Names are stored in a {@link NameFile}; a name that cannot be written is kept in
 * memory until the relay stops. A name that a person removes from the file is free at the next sign-in.
 *
 * <p>Owned by the control thread, which reads the file when it has changed and appends a line for a new name; both are short
 * and rare enough not to delay it.
 */
public final class NameRegistry {

    /** The greatest number of names a certificate can register itself. The operator can add more to the file. */
    static final int MAX_NAMES_EACH = 8;
    /** The greatest number of names in all, so that nobody can fill the disk or the contact lists. */
    static final int MAX_NAMES = 10_000;

    private final NameFile file;
    private final AccessPolicy access;
    private final Consumer<String> warn;
    /** Fingerprints by name, as in the file. */
    private Map<String, String> written = new LinkedHashMap<>();
    /** Fingerprints by name, for names that could not be written to the file. */
    private final Map<String, String> unwritten = new LinkedHashMap<>();
    /** Whether a read or write error has been reported already, so that it is not repeated at each sign-in. */
    private boolean failing;

    /**
     * Reads the names.
     *
     * @param stateDir the relay's state directory; created when the first name is written
     * @param warn receives messages, for people, about errors in the file
     */
    public NameRegistry(Path stateDir, AccessPolicy access, Consumer<String> warn) {
        this.file = new NameFile(stateDir);
        this.access = access;
        this.warn = warn;
        refresh();
    }

    /** Rereads the file if it has changed. */
    private void refresh() {
        try {
            file.readIfChanged(warn).ifPresent(this::onRead);
        } catch (IOException unreadable) {
            fail("cannot read the names file, keeping the names read before: ", unreadable);
        }
    }

    private void onRead(Map<String, String> names) {
        written = names;
        failing = false;
    }

    /**
     * Returns why a certificate may not sign in as {@code name}, or empty if it may. Rereads the file first if it has
     * changed.
     */
    public Optional<RefusalCode> refusal(String name, String fingerprint) {
        refresh();
        String owner = owner(name);
        if (fingerprint.equals(owner)) {
            return Optional.empty();
        }
        if (access == AccessPolicy.KNOWN) {
            return Optional.of(RefusalCode.NOT_ALLOWED);
        }
        if (owner != null) {
            return Optional.of(RefusalCode.NAME_TAKEN);
        }
        if (written.size() + unwritten.size() >= MAX_NAMES) {
            return Optional.of(RefusalCode.FULL);
        }
        return namesOf(fingerprint) >= MAX_NAMES_EACH ? Optional.of(RefusalCode.NOT_ALLOWED) : Optional.empty();
    }

    /** Returns whether a certificate has a name. */
    public boolean knows(String fingerprint) {
        return namesOf(fingerprint) > 0;
    }

    /** Registers {@code name} for a certificate that was not {@linkplain #refusal refused}. A name with an owner keeps it. */
    public void register(String name, String fingerprint) {
        if (owner(name) != null) {
            return;
        }
        try {
            file.add(name, fingerprint);
            written.put(name, fingerprint);
            failing = false;
        } catch (IOException unwritable) {
            fail("cannot write to the names file, keeping new names until the relay stops: ", unwritable);
            unwritten.put(name, fingerprint);
        }
    }

    /** Returns all names that have an owner, in alphabetical order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(written.keySet());
        names.addAll(unwritten.keySet());
        return names;
    }

    private @Nullable String owner(String name) {
        String owner = written.get(name);
        return owner != null ? owner : unwritten.get(name);
    }

    private long namesOf(String fingerprint) {
        return written.values().stream().filter(fingerprint::equals).count()
                + unwritten.values().stream().filter(fingerprint::equals).count();
    }

    private void fail(String what, IOException why) {
        if (!failing) {
            failing = true;
            warn.accept(what + why);
        }
    }
}
