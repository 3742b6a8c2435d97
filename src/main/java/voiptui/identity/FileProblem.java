package voiptui.identity;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Explains failures of files to people: what could not be done, the path, the reason, and what to do. Java's own messages
 * are often the path alone, or the reason without the path. Stateless; any thread.
 */
public final class FileProblem {

    private FileProblem() {}

    /**
     * Returns an exception whose message is one line for the user: {@code cannot read /etc/x: permission denied; …}.
     *
     * @param action what failed, such as {@code read} or {@code write}
     * @param file the file or directory
     * @param cause the failure as Java reports it
     */
    public static IOException of(String action, Path file, IOException cause) {
        return new IOException("cannot " + action + " " + file + ": " + reason(file, cause), cause);
    }

    /** Returns why {@code cause} happened to {@code file}, and what to do about it. */
    static String reason(Path file, IOException cause) {
        Path where = cause instanceof FileSystemException failed && failed.getFile() != null
                ? file.getFileSystem().getPath(failed.getFile())
                : file;
        if (cause instanceof AccessDeniedException) {
            return denied(where);
        }
        if (cause instanceof NoSuchFileException) {
            return firstMissing(where) + " does not exist";
        }
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return where + " is in the way: move it";
        }
        String said = cause instanceof FileSystemException failed ? failed.getReason() : cause.getMessage();
        return said == null
                ? cause.toString()
                : lowerFirst(said) + (where.equals(file) ? "" : " (" + where + ")") + remedy(said);
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /** Returns what to do, for the reasons that the system gives in English. */
    private static String remedy(String reason) {
        if (reason.startsWith("No space left") || reason.startsWith("Disk quota exceeded")) {
            return "; free some space";
        }
        return reason.startsWith("Read-only file system") ? "; choose another directory" : "";
    }

    private static Path firstMissing(Path file) {
        Path missing = file.toAbsolutePath();
        for (Path parent = missing.getParent(); parent != null && !Files.exists(parent); parent = parent.getParent()) {
            missing = parent;
        }
        return missing;
    }

    /** Returns whose file or directory denies access, and who is denied. */
    private static String denied(Path file) {
        Path culprit = culprit(file.toAbsolutePath());
        String owner = owner(culprit);
        String user = System.getProperty("user.name", "?");
        String facts = owner == null
                ? ""
                : "; " + culprit + " belongs to user " + owner + mode(culprit) + ", and this process runs as " + user;
        return "permission denied" + facts;
    }

    /** Returns the first directory on the way that may not be entered, else the file itself or, if it is new, its directory. */
    private static Path culprit(Path file) {
        for (int names = 1; names < file.getNameCount(); names++) {
            Path folder = Objects.requireNonNull(file.getRoot()).resolve(file.subpath(0, names));
            if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
                return folder;
            }
        }
        Path existing = file;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static @Nullable String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException unknown) {
            return null;
        }
    }

    private static String mode(Path file) {
        try {
            return " with mode " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException | UnsupportedOperationException unknown) {
            return "";
        }
    }
}
