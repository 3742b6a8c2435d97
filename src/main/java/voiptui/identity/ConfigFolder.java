package voiptui.identity;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a user's own files are kept: {@code voiptui} in {@code $XDG_CONFIG_HOME}, which is {@code ~/.config} where it is
 * not set or is no absolute path (XDG Base Directory Specification 0.8). Immutable; any thread.
 *
 * @param path the folder, which need not be there yet
 */
public record ConfigFolder(Path path) {

    private static final String VARIABLE = "XDG_CONFIG_HOME";

    /**
     * The folder of the user with that environment.
     *
     * @param environment as {@link System#getenv()} has it
     * @param home the user's home, as the system property {@code user.home} has it
     */
    public static ConfigFolder of(Map<String, String> environment, String home) {
        String configured = environment.getOrDefault(VARIABLE, "");
        Path base = configured.isEmpty() || !Path.of(configured).isAbsolute()
                ? Path.of(home, ".config")
                : Path.of(configured);
        return new ConfigFolder(base.resolve("voiptui"));
    }

    /** The folder of the user who runs this. */
    public static ConfigFolder ofUser() {
        return of(System.getenv(), System.getProperty("user.home"));
    }

    /** Who the user is to relays; see {@link Identity#loadOrCreate}. */
    public Path identityFile() {
        return path.resolve("identity.pem");
    }

    /** The relays that the user trusts. */
    public KnownRelays knownRelays() {
        return new KnownRelays(path.resolve("known_relays"));
    }
}
