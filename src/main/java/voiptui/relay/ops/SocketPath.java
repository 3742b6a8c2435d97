package voiptui.relay.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the operator's socket is: {@code control.sock} in the state directory or, where that path is too long for a socket or
 * the file system has no sockets, in a directory of its own, which the file {@code control.path} names.
 *
 * <p>Stateless; any thread.
 */
final class SocketPath {

    /** The longest path of a socket, in bytes: 108 on Linux, 104 on macOS, with a zero at the end (unix(7)). */
    static final int MAX_BYTES = 103;

    static final String SOCKET_NAME = "control.sock";
    static final String POINTER_NAME = "control.path";
    private static final String RUNTIME_VARIABLE = "XDG_RUNTIME_DIR";

    private SocketPath() {}

    /** Returns whether a socket can have this path. */
    static boolean fits(Path path) {
        return path.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /** Returns the socket that a relay in {@code stateDir} would use, whether or not there is one. */
    static Path of(Path stateDir) {
        return elsewhere(stateDir).orElse(stateDir.resolve(SOCKET_NAME));
    }

    private static Optional<Path> elsewhere(Path stateDir) {
        try {
            String path = Files.readString(stateDir.resolve(POINTER_NAME)).strip();
            return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
        } catch (IOException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /**
     * Creates a directory outside the state directory for the socket, accessible to its owner only, in
     * {@code $XDG_RUNTIME_DIR} or else among the temporary files.
     */
    static Path createFolder(Map<String, String> environment) throws IOException {
        String runtime = environment.getOrDefault(RUNTIME_VARIABLE, "");
        if (!runtime.isEmpty() && Files.isDirectory(Path.of(runtime)) && Files.isWritable(Path.of(runtime))) {
            Path folder = Files.createTempDirectory(Path.of(runtime), "voiptui-relay-");
            if (fits(folder.resolve(SOCKET_NAME))) {
                return folder;
            }
            Files.delete(folder);
        }
        return Files.createTempDirectory("voiptui-relay-");
    }
}
