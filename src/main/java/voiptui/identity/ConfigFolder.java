package voiptui.identity;

import java.nio.file.Path;
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
     * Returns the directory for an environment.
     *
     * @param environment environment variables, as from {@link System#getenv()}
     * @param home the user's home directory, as in the system property {@code user.home}
     */
    public static ConfigFolder of(Map<String, String> environment, String home) {
        String configured = environment.getOrDefault(VARIABLE, "");
        Path base = configured.isEmpty() || !Path.of(configured).isAbsolute()
                ? Path.of(home, ".config")
                : Path.of(configured);
        return new ConfigFolder(base.resolve("voiptui"));
    }

    /** Returns the directory of the current user. */
    public static ConfigFolder ofUser() {
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
