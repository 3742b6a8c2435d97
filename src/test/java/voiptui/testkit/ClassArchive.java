package voiptui.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An archive of the program's classes (class data sharing), such as {@code install.sh} makes, beside the jar: hundreds of
 * processes start more quickly by it. The first test that needs it makes it; other test processes wait. Java ignores one
 * that does not fit the jar.
 */
final class ClassArchive {

    private static final long MAKE_S = 120;

    private ClassArchive() {}

    /** Returns the options by which {@code java} uses the archive for {@code jar}: none where it cannot be made. */
    static List<String> optionsFor(String java, List<String> javaOptions, Path jar) {
        Path archive = jar.resolveSibling("test-classes.jsa");
        Path mark = jar.resolveSibling("test-classes.lock");
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                make(java, javaOptions, jar, archive);
            }
            return Files.exists(archive) && lock.isValid()
                    ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                    : List.of();
        } catch (IOException notHere) {
            return List.of();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** A demo call has both a relay and clients in it, and TLS between them. */
    private static void make(String java, List<String> javaOptions, Path jar, Path archive)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("voiptui-archive");
        try {
            Path made = folder.resolve("classes.jsa");
            List<String> command = new ArrayList<>(List.of(java));
            command.addAll(javaOptions);
            command.addAll(List.of("-XX:ArchiveClassesAtExit=" + made, "-jar", jar.toString()));
            command.addAll(List.of("demo", "--speaker", "null", "--duration", "1s"));
            Process process = CleanEnvironment.apply(new ProcessBuilder(command), Map.of())
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(MAKE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            } else if (Files.exists(made)) {
                Path beside = archive.resolveSibling("test-classes.new");
                Files.copy(made, beside, StandardCopyOption.REPLACE_EXISTING);
                Files.move(beside, archive, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            TemporaryFolder.delete(folder);
        }
    }
}
