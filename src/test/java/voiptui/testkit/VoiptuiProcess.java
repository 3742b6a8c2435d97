package voiptui.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process of the packaged program, with its output and exit status. */
public final class VoiptuiProcess implements AutoCloseable {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path JAR =
            Path.of(System.getProperty("voiptui.jar", "target/voiptui.jar")).toAbsolutePath();
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:Tier3BackEdgeThreshold=500",
            "-XX:Tier0BackedgeNotifyFreqLog=7",
            "-Xmx96m",
            "-XX:-UsePerfData");

    /** A test run in the background ignores Ctrl+C, and would hand that down; a user's shell does not. */
    private static final List<String> AS_FROM_A_TERMINAL = Files.isExecutable(Path.of("/usr/bin/env"))
                    && System.getProperty("os.name").equals("Linux")
            ? List.of("/usr/bin/env", "--default-signal=INT")
            : List.of();

    private final String name;
    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private VoiptuiProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.readers = List.of(collect(process.getInputStream(), out), collect(process.getErrorStream(), err));
    }

    /** Starts {@code voiptui args…} in the current folder. */
    public static VoiptuiProcess start(String... args) throws IOException {
        return start(Path.of("").toAbsolutePath(), Map.of(), args);
    }

    /** Starts {@code voiptui args…} in {@code folder}, with these variables besides {@link CleanEnvironment}'s. */
    public static VoiptuiProcess start(Path folder, Map<String, String> environment, String... args)
            throws IOException {
        return start(folder, environment, List.of(), args);
    }

    /** As above, with something in front of the command, such as a shell that sets limits. */
    public static VoiptuiProcess start(
            Path folder, Map<String, String> environment, List<String> wrapper, String... args) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(AS_FROM_A_TERMINAL);
        command.addAll(command());
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = CleanEnvironment.apply(new ProcessBuilder(command), environment);
        return new VoiptuiProcess(
                "voiptui " + String.join(" ", args),
                builder.directory(folder.toFile()).start());
    }

    /** Starts {@code main} of the tests, with the packaged program on its class path. */
    public static VoiptuiProcess startMain(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(JVM);
        String tests = Path.of(System.getProperty("voiptui.basedir", "."), "target", "test-classes")
                .toString();
        command.addAll(List.of("-cp", JAR + File.pathSeparator + tests, main.getName()));
        command.addAll(Arrays.asList(args));
        return new VoiptuiProcess(
                main.getSimpleName() + " " + String.join(" ", args),
                CleanEnvironment.apply(new ProcessBuilder(command), Map.of()).start());
    }

    /** Starts {@code launcher args…}, the start script, with these variables besides {@link CleanEnvironment}'s. */
    public static VoiptuiProcess startWith(Path launcher, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(AS_FROM_A_TERMINAL);
        command.add(launcher.toString());
        command.addAll(Arrays.asList(args));
        return new VoiptuiProcess(
                "voiptui " + String.join(" ", args),
                CleanEnvironment.apply(new ProcessBuilder(command), environment).start());
    }

    /** The command that starts the program under test. */
    public static List<String> command() {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(JVM);
        command.addAll(Archive.OPTIONS);
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    /** Made when the first process is started. */
    private static final class Archive {
        private static final List<String> OPTIONS = ClassArchive.optionsFor(JAVA, JVM, JAR);
    }

    private static Thread collect(InputStream stream, List<String> lines) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        reader.lines().forEach(lines::add);
                    } catch (IOException | java.io.UncheckedIOException gone) {
                        lines.add("(the process's output broke off: " + gone.getMessage() + ")");
                    }
                },
                "test-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for an event among the JSON lines of standard output that {@code wanted} accepts. */
    public JsonObject awaitEvent(long timeoutMs, String eventName, Predicate<JsonObject> wanted) {
        return awaitEventAfter(0, timeoutMs, eventName, wanted);
    }

    /** As above, looking only at lines from {@code firstLine} on; see {@link #lines()}. */
    public JsonObject awaitEventAfter(int firstLine, long timeoutMs, String eventName, Predicate<JsonObject> wanted) {
        return await(out, firstLine, timeoutMs, eventName, wanted);
    }

    /** Waits for an event among the JSON lines of standard error: a relay's log. */
    public JsonObject awaitLog(long timeoutMs, String eventName, Predicate<JsonObject> wanted) {
        return await(err, 0, timeoutMs, eventName, wanted);
    }

    private JsonObject await(
            List<String> lines, int firstLine, long timeoutMs, String eventName, Predicate<JsonObject> wanted) {
        String start = "{\"event\":\"" + eventName + "\"";
        int[] next = {firstLine};
        JsonObject[] found = {null};
        Deadline.require(timeoutMs, () -> "'" + eventName + "' of " + this, () -> {
            while (found[0] == null && next[0] < lines.size()) {
                String line = lines.get(next[0]++);
                if (line.startsWith(start)) {
                    JsonObject event = JsonParser.parseString(line).getAsJsonObject();
                    found[0] = wanted.test(event) ? event : null;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    /** Waits for the call to be in {@code state}. */
    public JsonObject awaitState(long timeoutMs, String state) {
        return awaitEvent(
                timeoutMs, "state", event -> event.get("state").getAsString().equals(state));
    }

    /** As above, looking only at lines from {@code firstLine} on. */
    public JsonObject awaitStateAfter(int firstLine, long timeoutMs, String state) {
        return awaitEventAfter(
                firstLine,
                timeoutMs,
                "state",
                event -> event.get("state").getAsString().equals(state));
    }

    /** How many lines of standard output there are by now. */
    public int lines() {
        return out.size();
    }

    /** Standard output so far. */
    public List<String> out() {
        return List.copyOf(out);
    }

    /** Standard error so far. */
    public List<String> err() {
        return List.copyOf(err);
    }

    /** Waits for the summary, which has to be the last line, and for the end. */
    public JsonObject awaitSummary(long timeoutMs) throws InterruptedException {
        awaitExit(timeoutMs);
        String last = out.get(out.size() - 1);
        JsonObject summary = JsonParser.parseString(last).getAsJsonObject();
        if (!summary.get("event").getAsString().equals("summary")) {
            throw new AssertionError("the last line is no summary: " + this);
        }
        return summary;
    }

    /** Waits for the end and returns the exit status. */
    public int awaitExit(long timeoutMs) throws InterruptedException {
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + timeoutMs + " ms: " + this);
        }
        for (Thread reader : readers) {
            reader.join(timeoutMs);
        }
        return process.exitValue();
    }

    /** Types a line. */
    public void type(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Closes standard input. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends a signal by its name, such as {@code INT}. */
    public void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + signal + " of " + name + " failed");
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /** Kills the process if it still runs, and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        List<String> said = new ArrayList<>(out.subList(Math.max(0, out.size() - 15), out.size()));
        said.addAll(err.subList(Math.max(0, err.size() - 15), err.size()));
        return name + (process.isAlive() ? "" : " (exited with " + process.exitValue() + ")") + " said:\n  "
                + String.join("\n  ", said);
    }
}
