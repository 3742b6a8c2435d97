package voiptui.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A directory for one kind of a user's files (XDG Base Directory Specification 0.8). Any thread. */
public enum BaseDirectory {
    /** Configuration: {@code $XDG_CONFIG_HOME}, by default {@code ~/.config}. */
    CONFIG("XDG_CONFIG_HOME", ".config"),
    /** Logs and what else outlives a process: {@code $XDG_STATE_HOME}, by default {@code ~/.local/state}. */
    STATE("XDG_STATE_HOME", ".local/state");

    private static final String PROGRAM = "voiptui";

    private final String variable;
    private final String inHome;

    BaseDirectory(String variable, String inHome) {
        this.variable = variable;
        this.inHome = inHome;
    }

    /**
     * Returns this program's folder in the directory; it may not exist yet. {@code HOME} counts first, then the user
     * database. The specification requires relative paths to be ignored.
     *
     * @param environment environment variables, as from {@link System#getenv()}
     * @param userHome the user's home directory by the user database, as in the system property {@code user.home}
     * @throws IOException if no directory is an absolute path: nothing is ever written relative to the current one; its
     *     message is for the user
     */
    public Path folder(Map<String, String> environment, String userHome) throws IOException {
        for (Path base : List.of(
                Path.of(environment.getOrDefault(variable, "")),
                Path.of(environment.getOrDefault("HOME", ""), inHome),
                Path.of(userHome, inHome))) {
            if (base.isAbsolute()) {
                return base.resolve(PROGRAM);
            }
        }
        throw new IOException("no home directory: set HOME to an absolute path");
    }

    /** As {@link #folder(Map, String)}, with the home directory of the current user. */
    public Path folder(Map<String, String> environment) throws IOException {
        return folder(environment, System.getProperty("user.home"));
    }
}
