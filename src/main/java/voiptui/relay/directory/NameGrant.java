package voiptui.relay.directory;

import java.io.IOException;
import java.nio.file.Path;
import voiptui.identity.Fingerprint;

/** Gives a name to a certificate by hand, before or while the relay runs. Any thread. */
public final class NameGrant {

    /** What came of it. */
    public enum Outcome {
        /** The name is that certificate's from now on. */
        ADDED,
        /** It was already. */
        KNOWN_ALREADY,
        /** It is another's; nothing was changed. */
        TAKEN
    }

    private NameGrant() {}

    /**
     * Writes {@code name} down for {@code fingerprint}.
     *
     * @param stateDir the relay's folder
     * @param name a name as {@link voiptui.protocol.ClientName#parse} returns it
     * @throws IOException when the file of names cannot be read or written
     */
    public static Outcome allow(Path stateDir, Fingerprint fingerprint, String name) throws IOException {
        NameFile file = new NameFile(stateDir);
        // A line that is broken means nothing, and the relay tells of it.
        String owner = file.readIfChanged(broken -> {}).orElseThrow().get(name);
        if (owner == null) {
            file.add(name, fingerprint.text());
            return Outcome.ADDED;
        }
        return owner.equals(fingerprint.text()) ? Outcome.KNOWN_ALREADY : Outcome.TAKEN;
    }

    /** The file of names in {@code stateDir}. */
    public static Path file(Path stateDir) {
        return new NameFile(stateDir).path();
    }
}
