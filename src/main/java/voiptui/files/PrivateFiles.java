package voiptui.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Creates files that only their owner can read, from the first byte on. On file systems without POSIX permissions, such as
 * on Windows, the defaults apply. Stateless; any thread.
 */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Returns the lines of a text file in UTF-8; none if there is no file. */
    public static List<String> lines(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    /** Creates the directory of {@code file} and its parents if missing (mode 0700). Returns the directory. */
    public static Path createFolderOf(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        createFolder(folder);
        return folder;
    }

    /** Creates a directory and its parents if missing (mode 0700). */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, OwnerOnly.folder(folder));
        }
    }

    /** Creates an empty file with a unique name (mode 0600). */
    public static Path createTemporary(Path folder, String prefix) throws IOException {
        return Files.createTempFile(folder, prefix, "", OwnerOnly.file(folder));
    }

    /** Opens a file; if that creates it, its mode is 0600. */
    public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return FileChannel.open(file, options, OwnerOnly.file(file));
    }

    /** Replaces a text file in UTF-8 as a whole, or creates it (mode 0600): no reader ever sees half of it. */
    public static void replace(Path file, List<String> lines) throws IOException {
        Path temporary = createTemporary(createFolderOf(file), "." + file.getFileName());
        try {
            String text = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
            try (FileChannel channel = open(temporary, EnumSet.of(StandardOpenOption.WRITE))) {
                WholeText.write(channel, 0, text, StandardCharsets.UTF_8);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
