package voiptui.natives;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.lwjgl.system.Configuration;

/**
 * Finds the native libraries, which {@code install.sh} puts into the directory {@value #DIRECTORY} next to the jar. They are
 * loaded from there, so that a temporary directory that forbids execution does no harm.
 */
public final class NativeLibraries {

    private static final String DIRECTORY = "natives";
    /** From this version of Java on, LWJGL can do without sun.misc.Unsafe, about which Java prints a warning. */
    private static final int JAVA_WITH_MEMORY_SEGMENTS = 25;

    static {
        // While a library is loaded, Java holds a lock, and the library may look for classes of ours, which Java checks
        // with
        // CRC32. This class must not be first used by another thread meanwhile: it loads a library, too, and waits for
        // that
        // lock, while the first thread waits for it.
        new CRC32();
    }

    private NativeLibraries() {}

    /**
     * Makes LWJGL load its libraries from next to the jar, and from nowhere else, without printing anything. Any
     * thread; may be called again.
     *
     * @throws UnsatisfiedLinkError if the directory does not exist
     */
    public static void prepare() {
        Path directory = directory();
        Configuration.LIBRARY_PATH.set(directory.toString());
        Configuration.SHARED_LIBRARY_EXTRACT_DIRECTORY.set("voiptui-none");
        Configuration.MEMORY_ALLOCATOR.set("system");
        if (Runtime.version().feature() >= JAVA_WITH_MEMORY_SEGMENTS) {
            Configuration.MEMORY_BACKEND.set("ffm");
        }
        Configuration.DEBUG_STREAM.set(new PrintStream(OutputStream.nullOutputStream()));
    }

    /**
     * Returns the directory of the libraries. Any thread.
     *
     * @throws UnsatisfiedLinkError if it does not exist
     */
    public static Path directory() {
        Path directory = nextToProgram();
        if (!Files.isDirectory(directory)) {
            throw new UnsatisfiedLinkError("no directory " + directory);
        }
        return directory;
    }

    private static Path nextToProgram() {
        try {
            Path program = Path.of(NativeLibraries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return program.resolveSibling(DIRECTORY);
        } catch (URISyntaxException | IllegalArgumentException | NullPointerException unknown) {
            throw new UnsatisfiedLinkError("the location of the program is unknown");
        }
    }
}
