package voiptui.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Who has access to a file. */
enum FileAccess {
    /** Its owner only, or nobody can tell. */
    OWNER,
    /** Also a group that this process belongs to. */
    OWN_GROUP,
    /** Somebody else, too. */
    OTHERS;

    private static final Set<PosixFilePermission> OWNERS_OWN = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** The permissions that a container platform may have set, which knows groups only: Kubernetes adds {@code g+rw}. */
    private static final Set<PosixFilePermission> OWN_AND_GROUPS = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE);

    /** Returns who has access to {@code file}. */
    static FileAccess of(Path file) throws IOException {
        return of(file, ProcessOwner.groups());
    }

    /** As above, for a process in {@code groups}. */
    static FileAccess of(Path file, Set<Integer> groups) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return OWNER;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (OWNERS_OWN.containsAll(permissions)) {
            return OWNER;
        }
        return OWN_AND_GROUPS.containsAll(permissions) && groups.contains(groupOf(file)) ? OWN_GROUP : OTHERS;
    }

    private static int groupOf(Path file) throws IOException {
        try {
            return (Integer) Files.getAttribute(file, "unix:gid");
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return -1;
        }
    }
}
