package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A terminal with a shell in a private tmux server. Closing it ends all programs in it.
 *
 * <p>Owned by the test's thread.
 */
public final class Tmux implements AutoCloseable {

    private static final long START_MS = 60_000;
    private static final long COMMAND_S = 60;
    private static final String SHELL = "bash --norc --noprofile";
    /** Each prompt has its number, so that the one before a command is not taken for the one after it. */
    private static final String COUNT_PROMPTS = "prompts=$((prompts + 1)); PS1=\"ready $prompts> \"";

    /** Each look at the screen is a process. */
    private static final long LOOK_MS = 40;

    private final Path folder;
    private final Path socket;
    private int prompts = 1;

    private Tmux(Path folder) {
        this.folder = folder;
        this.socket = folder.resolve("tmux");
    }

    /**
     * Opens a terminal of that size with a shell, in {@code workingFolder}, and waits for its prompt. Where tmux is not
     * installed the calling test is skipped, or, with {@code CI=true} in the environment, fails.
     */
    public static Tmux open(int width, int height, Path workingFolder, Map<String, String> environment)
            throws IOException {
        Programs.require("tmux");
        Tmux tmux = new Tmux(Files.createTempDirectory("voiptui-tmux"));
        List<String> shell = new ArrayList<>(List.of(
                "/usr/bin/env",
                "TERM=screen-256color",
                "PROMPT_COMMAND=" + COUNT_PROMPTS,
                // Otherwise the shell writes its history when it is told to end, while the test deletes its folder.
                "HISTFILE="));
        environment.forEach((name, value) -> shell.add(name + "=" + value));
        try {
            tmux.run(
                    "-f",
                    "/dev/null",
                    "new-session",
                    "-d",
                    "-x",
                    Integer.toString(width),
                    "-y",
                    Integer.toString(height),
                    "-c",
                    workingFolder.toString(),
                    quoted(shell) + " " + SHELL);
            tmux.awaitPrompt(START_MS);
            return tmux;
        } catch (RuntimeException | Error failed) {
            tmux.close();
            throw failed;
        }
    }

    /** Words as one line for a shell. */
    public static String quoted(List<String> words) {
        return String.join(
                " ",
                words.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .toList());
    }

    /** Types a command and presses Enter; {@link #awaitPrompt} waits for its end. */
    public void enter(String line) {
        prompts++;
        run("send-keys", "-l", line);
        run("send-keys", "Enter");
    }

    /** Presses keys, one after the other, by their names in tmux: {@code m}, {@code Enter}, {@code C-c}. */
    public void press(String... keys) {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(Arrays.asList(keys));
        run(words.toArray(String[]::new));
    }

    /** What is on the screen, as text. */
    public String screen() {
        return run("capture-pane", "-p");
    }

    /** What is on the screen, with what steers its looks. */
    public String styledScreen() {
        return run("capture-pane", "-p", "-e");
    }

    /** Whether the program in the terminal has taken the alternate screen. */
    public boolean isAlternate() {
        return run("display-message", "-p", "#{alternate_on}").strip().equals("1");
    }

    /** Gives the terminal another size. */
    public void resize(int width, int height) {
        run("resize-window", "-x", Integer.toString(width), "-y", Integer.toString(height));
    }

    /** Starts writing all output to the terminal to {@code file}. */
    public void copyOutputTo(Path file) {
        run("pipe-pane", "cat > " + quoted(List.of(file.toString())));
    }

    /** Waits for a screen that {@code wanted} accepts, and returns it. */
    public String await(long timeoutMs, String what, Predicate<String> wanted) {
        String[] last = {""};
        boolean shown = Deadline.await(timeoutMs, LOOK_MS, () -> {
            last[0] = screen();
            return wanted.test(last[0]);
        });
        if (!shown) {
            throw new AssertionError("not within " + timeoutMs + " ms: " + what + " on this screen:\n" + last[0]);
        }
        return last[0];
    }

    /** Waits until the screen contains {@code text}, and returns it. */
    public String awaitText(long timeoutMs, String text) {
        return await(timeoutMs, "'" + text + "'", screen -> screen.contains(text));
    }

    /**
     * Waits until every command that was entered has ended, and the shell asks for the next one. Returns the screen.
     */
    public String awaitPrompt(long timeoutMs) {
        String prompt = "ready " + prompts + ">";
        return await(
                timeoutMs, "'" + prompt + "'", screen -> screen.stripTrailing().endsWith(prompt) && !isAlternate());
    }

    private String run(String... words) {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(Arrays.asList(words));
        try {
            Process process = CleanEnvironment.apply(new ProcessBuilder(command), Map.of())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + said);
            }
            return said;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    @Override
    public void close() {
        try {
            run("kill-server");
        } catch (UncheckedIOException neverStarted) {
            // then there is nothing to end
        }
        TemporaryFolder.delete(folder);
    }
}
