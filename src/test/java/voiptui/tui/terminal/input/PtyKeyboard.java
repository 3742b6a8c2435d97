package voiptui.tui.terminal.input;

import com.googlecode.lanterna.input.KeyStroke;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import voiptui.testkit.CleanEnvironment;
import voiptui.testkit.Tmux;
import voiptui.tui.terminal.TerminalSession;
import voiptui.tui.terminal.input.KeyTables.Sequence;

/**
 * A keyboard on a real terminal: what is typed goes through a pseudoterminal of script(1) to a {@link TerminalSession} in a process
 * of its own, which reports what it makes of it.
 */
final class PtyKeyboard implements AutoCloseable {

    /** Ends what was typed; no sequence of the tables has it. */
    private static final char MARK = ']';

    private static final byte[] MARK_BYTES = {0x1D};
    private static final int START_MS = 30_000;
    /** Longer than what the terminal waits for the rest of a control string. */
    private static final int ANSWER_MS = 2_000;

    private final Process script;
    private final Socket socket;
    private final BufferedReader answers;
    private final OutputStream keys;

    /** Starts the terminal; returns when it reads keys. */
    PtyKeyboard() throws IOException {
        this(false);
    }

    /**
     * Starts the terminal; returns when it reads keys.
     *
     * @param asksForReleases whether it is asked to report when keys are released
     */
    PtyKeyboard(boolean asksForReleases) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Terminal.class.getName(),
                    Integer.toString(server.getLocalPort()),
                    Boolean.toString(asksForReleases));
            ProcessBuilder builder = new ProcessBuilder("script", "-qec", Tmux.quoted(command), "/dev/null");
            script = CleanEnvironment.apply(builder, Map.of("TERM", "xterm"))
                    .redirectErrorStream(true)
                    .redirectOutput(asksForReleases ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.DISCARD)
                    .start();
            keys = script.getOutputStream();
            server.setSoTimeout(START_MS);
            socket = server.accept();
            socket.setSoTimeout(ANSWER_MS);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }
    }

    /** Returns what the program writes until it has written {@code end}. */
    String written(String end) throws IOException {
        StringBuilder written = new StringBuilder();
        while (written.indexOf(end) < 0) {
            int octet = script.getInputStream().read();
            if (octet < 0) {
                throw new IOException("the terminal has ended, after " + written);
            }
            written.append((char) octet);
        }
        return written.toString();
    }

    /** Has the program restore the terminal: it ends with the first key that nobody asks about. */
    void leave() throws IOException, InterruptedException {
        socket.close();
        try {
            while (!script.waitFor(20, TimeUnit.MILLISECONDS)) {
                keys.write('m');
                keys.flush();
            }
        } catch (IOException ended) {
            // it has restored the terminal
        }
    }

    /** Types pieces one after the other, and returns what they were taken for, one line each. */
    List<String> type(long pauseMs, byte[]... pieces) throws IOException, InterruptedException {
        for (byte[] piece : pieces) {
            keys.write(piece);
            keys.flush();
            TimeUnit.MILLISECONDS.sleep(pauseMs);
        }
        keys.write(MARK_BYTES);
        keys.flush();
        List<String> taken = new ArrayList<>();
        String mark = line(new TerminalInput.Key(new KeyStroke(MARK, true, false)));
        for (String line = answers.readLine(); !mark.equals(line); line = answers.readLine()) {
            if (line == null) {
                throw new IOException("the terminal has ended");
            }
            taken.add(line);
        }
        return taken;
    }

    /** Returns the line that stands for a key or pasted text. */
    static String line(TerminalInput input) {
        return input.toString().replace("\r", "\\r").replace("\n", "\\n");
    }

    /** Returns the lines for the keys of sequences. */
    static List<String> lines(List<Sequence> sequences) {
        // The terminal makes Ctrl+M of Ctrl+J and the other way round, which are both Enter, and pastes differ by that,
        // too.
        return sequences.stream()
                .flatMap(sequence -> sequence.means().stream())
                // The session drops what it has not asked for.
                .filter(input -> !(input instanceof TerminalInput.BackgroundColor))
                .filter(input -> !(input instanceof TerminalInput.KeyboardFlags))
                .filter(input -> !(input instanceof TerminalInput.Mouse))
                .map(PtyKeyboard::line)
                .map(line -> line.replace("\\r", "\\n"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        script.destroy();
    }

    /** The process on the terminal. */
    static final class Terminal {

        private Terminal() {}

        public static void main(String[] arguments) throws Exception {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
                    TerminalSession terminal = TerminalSession.open(
                            System.in, new FileOutputStream(FileDescriptor.out), System.getenv())) {
                if (Boolean.parseBoolean(arguments[1])) {
                    terminal.askForReleases();
                }
                PrintStream answers = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
                while (!answers.checkError()) {
                    TerminalInput input = terminal.poll(System.nanoTime() / 1_000_000);
                    if (input == null) {
                        TimeUnit.MILLISECONDS.sleep(1);
                    } else {
                        answers.println(line(input));
                    }
                }
            }
        }
    }

    /** Types every sequence, split at each byte with pauses, and 10,000 random ones; prints what was wrong. Takes minutes. */
    public static void main(String[] arguments) throws Exception {
        int wrong = 0;
        int typed = 0;
        try (PtyKeyboard keyboard = new PtyKeyboard()) {
            List<Sequence> keys = KeyTables.keys();
            List<Sequence> all = new ArrayList<>(keys);
            all.addAll(KeyTables.reports());
            for (Sequence sequence : all) {
                byte[] bytes = sequence.bytes();
                for (int at = 1; at < Math.min(bytes.length, 50); at++) {
                    for (long pauseMs : new long[] {20, 45}) {
                        List<String> taken = keyboard.type(
                                pauseMs, Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length));
                        typed++;
                        wrong += judge(sequence + " split at " + at, taken, List.of(sequence));
                    }
                }
            }
            Random random = new Random(12);
            for (int round = 0; round < 10_000; round++) {
                List<Sequence> sent = new ArrayList<>();
                for (int i = 1 + random.nextInt(5); i > 0; i--) {
                    sent.add(
                            random.nextBoolean()
                                    ? KeyTables.randomReport(random)
                                    : keys.get(random.nextInt(keys.size())));
                }
                byte[] bytes = KeyTables.joined(sent);
                int at = random.nextInt(bytes.length);
                List<String> taken = keyboard.type(
                        random.nextInt(5), Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length));
                typed++;
                wrong += judge(sent.toString(), taken, sent);
            }
        }
        System.out.println(typed + " typed, " + wrong + " wrong");
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static int judge(String what, List<String> taken, List<Sequence> sent) {
        if (taken.equals(lines(sent))) {
            return 0;
        }
        System.out.println(what + " was taken for " + taken);
        return 1;
    }
}
