package voiptui.relay.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import voiptui.protocol.RefusalCode;

/**
 * Which name belongs to which certificate. Kept in a {@link NameFile} where the relay has a state directory; what cannot be
 * written there is known until the relay stops. A name that a person takes out of the file is free at the next sign-in.
 *
 * <p>Owned by the control thread, which reads the file when it has changed and adds a line for a new name: short, and seldom.
 */
public final class NameRegistry {

    /** How many names one certificate may take by itself. More can be written into the file. */
    static final int MAX_NAMES_EACH = 8;
    /** How many names are given away at most, so that nobody can fill the disk or the lists of contacts. */
    static final int MAX_NAMES = 10_000;

    private final NameFile file;
    private final AccessPolicy access;
    private final Consumer<String> warn;
    /** Names and fingerprints, as the file has them. */
    private Map<String, String> written = new LinkedHashMap<>();
    /** Names that found no way into the file. */
    private final Map<String, String> unwritten = new LinkedHashMap<>();
    /** So that a file that cannot be read or written is told of once, not at each sign-in. */
    private boolean failing;

    /**
     * Opens the book.
     *
     * @param stateDir where the file is; {@code null} for none
     * @param warn told of what is wrong with the file, for people
     */
    public NameRegistry(Path stateDir, AccessPolicy access, Consumer<String> warn) {
        this.file = stateDir == null ? null : new NameFile(stateDir);
        this.access = access;
        this.warn = warn;
        refresh();
    }

    /** Reads the file again if it has changed. */
    private void refresh() {
        if (file == null) {
            return;
        }
        try {
            file.readIfChanged(warn).ifPresent(this::onRead);
        } catch (IOException unreadable) {
            fail("the names cannot be read, those of before stand: ", unreadable);
        }
    }

    private void onRead(Map<String, String> names) {
        written = names;
        failing = false;
    }

    /** Why a certificate may not be called {@code name}; nothing when it may. Looks into the file first. */
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

    /** Enters a name for a certificate that was not {@linkplain #refusal refused} it. What is entered already stays. */
    public void take(String name, String fingerprint) {
        if (owner(name) != null) {
            return;
        }
        if (file != null) {
            try {
                file.add(name, fingerprint);
                written.put(name, fingerprint);
                failing = false;
                return;
            } catch (IOException unwritable) {
                fail("a name cannot be written down and is known until the relay stops: ", unwritable);
            }
        }
        unwritten.put(name, fingerprint);
    }

    /** All names that belong to somebody, in the order of the alphabet. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(written.keySet());
        names.addAll(unwritten.keySet());
        return names;
    }

    private String owner(String name) {
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
