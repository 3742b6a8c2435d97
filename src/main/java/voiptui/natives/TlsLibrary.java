package voiptui.natives;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads the native library of Netty's TLS engine from next to the jar ({@link NativeLibraries}), before Netty looks for it elsewhere: it
 * would unpack it to a temporary directory, which may forbid execution.
 */
public final class TlsLibrary {

    private TlsLibrary() {}

    /**
     * Loads the library. Any thread; may be called again.
     *
     * @throws UnsatisfiedLinkError if there is none for this platform, or it cannot be loaded
     */
    public static void load() {
        Path file = NativeLibraries.directory()
                .resolve(fileName(System.getProperty("os.name", ""), System.getProperty("os.arch", "")));
        if (!Files.isReadable(file)) {
            throw new UnsatisfiedLinkError("no file " + file);
        }
        System.load(file.toString());
    }

    /** Returns the name of the file for an operating system and a processor, as Java names them. */
    static String fileName(String system, String processor) {
        boolean isMac = system.toLowerCase(Locale.ROOT).startsWith("mac");
        String architecture = switch (processor) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "aarch_64";
            default -> processor;
        };
        return "libnetty_tcnative_" + (isMac ? "osx" : system.toLowerCase(Locale.ROOT)) + "_" + architecture
                + (isMac ? ".jnilib" : ".so");
    }
}
