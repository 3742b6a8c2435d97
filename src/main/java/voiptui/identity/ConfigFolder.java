package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A user's configuration directory: {@code voiptui} in {@code $XDG_CONFIG_HOME}, or in {@code ~/.config} if that is not
 * set or not an absolute path (XDG Base Directory Specification 0.8). Immutable; any thread.
 *
 * @param path the directory; it may not exist yet
 */
public record ConfigFolder(Path path) {

    private static final String VARIABLE = "XDG_CONFIG_HOME";

    /**
     * Returns the directory for an environment. {@code HOME} counts first, then the user database.
     *
     * @param environment environment variables, as from {@link System#getenv()}
     * @param home the user's home directory by the user database, as in the system property {@code user.home}
     * @throws IOException if no directory is an absolute path: nothing is ever written relative to the current one
     */
    public static ConfigFolder of(Map<String, String> environment, String home) throws IOException {
        for (Path base : List.of(
                Path.of(environment.getOrDefault(VARIABLE, "")),
                Path.of(environment.getOrDefault("HOME", ""), ".config"),
                Path.of(home, ".config"))) {
            if (base.isAbsolute()) {
                return new ConfigFolder(base.resolve("voiptui"));
            }
        }
        throw new IOException("no home directory for the configuration: set HOME to an absolute path");
    }

    /**
     * Returns the directory of the current user.
     *
     * @throws IOException if the user has no home directory; its message is for the user
     */
    public static ConfigFolder ofUser() throws IOException {
        return of(System.getenv(), System.getProperty("user.home"));
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

    /** Returns the callers whom the user has blocked. */
    public BlockedPeers blockedPeers() {
        return new BlockedPeers(path.resolve("blocked_peers"));
    }
}
