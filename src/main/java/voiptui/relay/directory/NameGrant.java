package voiptui.relay.directory;

import java.io.IOException;
import java.nio.file.Path;
import voiptui.identity.Fingerprint;

/** Assigns a name to a certificate on behalf of the relay's operator, whether or not the relay is running. Any thread. */
public final class NameGrant {

    /** The result of {@link #allow}. */
    public enum Outcome {
        /** The name was added and now belongs to the certificate. */
        ADDED,
        /** The name already belonged to the certificate. */
        ALREADY_ALLOWED,
        /** The name belongs to another certificate; nothing was changed. */
        TAKEN
    }

    private NameGrant() {}

    /**
     * Assigns {@code name} to the certificate with the given fingerprint.
     *
     * @param stateDir the relay's state directory; created when missing
     * @param name a name as returned by {@link voiptui.protocol.ClientName#parse}
     * @throws IOException if the {@code names} file cannot be read or written
     */
    public static Outcome allow(Path stateDir, Fingerprint fingerprint, String name) throws IOException {
        NameFile file = new NameFile(stateDir);
        // Invalid lines are ignored here; the relay reports them.
        String owner = file.readIfChanged(invalid -> {}).orElseThrow().get(name);
        if (owner == null) {
            file.add(name, fingerprint.text());
            return Outcome.ADDED;
        }
        return owner.equals(fingerprint.text()) ? Outcome.ALREADY_ALLOWED : Outcome.TAKEN;
    }

    /** Returns the path of the {@code names} file in {@code stateDir}. */
    public static Path file(Path stateDir) {
        return new NameFile(stateDir).path();
    }
}
