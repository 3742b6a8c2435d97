package voiptui.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that tests make and delete. Any thread. */
public final class TemporaryFolder {

    private TemporaryFolder() {}

    /** Makes a folder that is deleted with all that is in it when this process ends. */
    public static Path untilExit(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    /** Deletes {@code folder} with all that is in it; what a process that is ending still holds or deletes is left to it. */
    static void delete(Path folder) {
        List<Path> deepestFirst = List.of();
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | java.io.UncheckedIOException changing) {
            // a folder for temporary files
        }
        for (Path file : deepestFirst) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stillInUse) {
                // a folder for temporary files
            }
        }
    }
}
