package voiptui.files;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The permissions of new files and directories that only their owner may read, from the first byte on. None on file systems without
 * POSIX permissions.
 */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Returns the mode of a file (0600). */
    public static FileAttribute<?>[] file(Path path) {
        return mode(path, "rw-------");
    }

    /** Returns the mode of a directory (0700). */
    public static FileAttribute<?>[] folder(Path path) {
        return mode(path, "rwx------");
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
