package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import voiptui.files.BaseDirectory;

/**
 * A user's configuration directory, in {@link BaseDirectory#CONFIG}. Immutable; any thread.
 *
 * @param path the directory; it may not exist yet
 */
public record ConfigFolder(Path path) {

    /**
     * Returns the directory of the current user.
     *
     * @throws IOException if the user has no home directory; its message is for the user
     */
    public static ConfigFolder ofUser() throws IOException {
        return new ConfigFolder(BaseDirectory.CONFIG.folder(System.getenv()));
    }

    /** Returns the file of the user's identity; see {@link Identity#loadOrCreate}. */
    public Path identityFile() {
        return path.resolve("identity.pem");
    }

    /** Returns the relays that the user trusts. */
    public KnownRelays knownRelays() {
        return new KnownRelays(path.resolve("known_relays"));
    }

    /** Returns the people whom the user has talked with. */
    public KnownPeers knownPeers() {
        return new KnownPeers(path.resolve("known_peers"));
    }

    /** Returns the people whom the user wants to see first. */
    public Favorites favorites() {
        return new Favorites(path.resolve("favorites"));
    }

    /** Returns the callers whom the user has blocked. */
    public BlockedPeers blockedPeers() {
        return new BlockedPeers(path.resolve("blocked_peers"));
    }
}
