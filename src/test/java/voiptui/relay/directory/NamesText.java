package voiptui.relay.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a relay reads of its {@code names} file, for tests in other packages. */
public final class NamesText {

    /** The file's name in the state directory. */
    public static final String FILE_NAME = NameFile.FILE_NAME;

    private final List<String> warnings = new ArrayList<>();
    private final NameRegistry names;

    /** Reads the file in {@code stateDir}. */
    public NamesText(Path stateDir) {
        names = new NameRegistry(stateDir, AccessPolicy.OPEN, warnings::add);
    }

    /** Returns the names. */
    public Set<String> names() {
        return names.names();
    }

    /** Returns what was wrong with the file. */
    public List<String> warnings() {
        return warnings;
    }

    /** Gives a name to a certificate, if it may have it; returns whether it may. */
    public boolean register(String name, String fingerprint) {
        if (names.refusal(name, fingerprint).isPresent()) {
            return false;
        }
        names.register(name, fingerprint);
        return true;
    }
}
