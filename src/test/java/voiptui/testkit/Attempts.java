package voiptui.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Repeats a test of audio in real time, which a busy machine can interrupt: what is asserted must hold in one attempt as a
 * whole.
 */
public final class Attempts {

    private static final int MAX = 4;

    private Attempts() {}

    /** A test. */
    @FunctionalInterface
    public interface Attempt {

        /** Runs the test with a directory of its own. */
        void run(Path folder) throws Exception;
    }

    /** Runs {@code attempt} until it passes, four times at most; fails as the last one did. */
    public static void untilUndisturbed(Path folder, Attempt attempt) throws Exception {
        for (int i = 1; i < MAX; i++) {
            try {
                attempt.run(subfolder(folder, i));
                return;
            } catch (AssertionError disturbed) {
                System.err.println("Attempt " + i + " of " + MAX + " failed: " + disturbed.getMessage());
            }
        }
        attempt.run(subfolder(folder, MAX));
    }

    private static Path subfolder(Path folder, int number) throws IOException {
        return Files.createDirectory(folder.resolve("attempt " + number));
    }
}
