package voiptui.audio.webrtc;

import dev.onvoid.webrtc.internal.NativeLoader;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import voiptui.natives.NativeLibraries;

/**
 * The native library of webrtc-java, which {@code install.sh} puts next to the jar ({@link NativeLibraries}).
 *
 * <p>It is linked with libraries of the desktop (X11, PulseAudio), which a machine may lack: then there is no processing.
 * Any thread that may block.
 */
public final class WebRtcLibrary {

    /** The name of the library in webrtc-java's own list of what is loaded. */
    private static final String NAME = "webrtc-java";

    private WebRtcLibrary() {}

    /** Initialized by the first caller of {@link #load}; others wait. */
    private static final class Loading {
        static final @Nullable String FAILURE = attempt();

        private Loading() {}
    }

    /**
     * Loads the library unless that was done or tried before. Reads some 20 MB; takes about a tenth of a second.
     *
     * @return null if it is loaded, otherwise why it is not
     */
    public static @Nullable String load() {
        return Loading.FAILURE;
    }

    private static @Nullable String attempt() {
        try {
            System.load(file().toString());
            skipLoader();
            // Fails here rather than in a call if the library does not do what it should.
            WebRtcProcessor.all(48_000).close();
            return null;
        } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException notHere) {
            return String.valueOf(notHere.getMessage());
        }
    }

    /** Returns the path of the library: the only one of its name next to the program, since others do not fit the platform. */
    private static Path file() throws IOException {
        Path directory = NativeLibraries.directory();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + NAME + "*")) {
            for (Path library : found) {
                return library.toAbsolutePath();
            }
        }
        throw new IOException("no " + NAME + " in " + directory);
    }

    /**
     * Tells webrtc-java that its library is loaded. Otherwise it would copy it from the class path, where it is not, to a
     * temporary directory, which may forbid execution.
     */
    @SuppressWarnings("unchecked")
    private static void skipLoader() throws ReflectiveOperationException {
        Field loaded = NativeLoader.class.getDeclaredField("LOADED_LIB_SET");
        loaded.setAccessible(true);
        ((Collection<Object>) loaded.get(null)).add(NAME);
    }
}
