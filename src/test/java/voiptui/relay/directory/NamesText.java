package voiptui.relay.directory;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import voiptui.time.NanoClock;

/** What a relay reads of its {@code names} file, for tests in other packages. */
public final class NamesText {

    /** The file's name in the state directory. */
    public static final String FILE_NAME = NameFile.FILE_NAME;

    private final List<String> warnings = new ArrayList<>();
    private final Directory directory;

    /** Reads the file in {@code stateDir}. */
    public NamesText(Path stateDir) {
        directory = Directories.open(
                DirectorySettings.of(stateDir, AccessPolicy.OPEN),
                warnings::add,
                NanoClock.SYSTEM,
                InstantSource.system());
    }

    /** Returns the names. */
    public Set<String> names() {
        return directory.entries().keySet();
    }

    /** Returns what was wrong with the file. */
    public List<String> warnings() {
        return warnings;
    }

    /** Gives a name to a certificate, if it may have it; returns whether it may. */
    public boolean register(String name, String fingerprint) {
        InetAddress from = InetAddress.getLoopbackAddress();
        if (directory.refusal(name, fingerprint, from).isPresent()) {
            return false;
        }
        directory.register(name, fingerprint, from);
        return true;
    }
}
