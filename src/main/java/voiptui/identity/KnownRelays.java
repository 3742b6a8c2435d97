package voiptui.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import voiptui.files.PrivateFiles;

/**
 * The relays that a user trusts, in a text file that people can edit: a line {@code HOST:PORT FINGERPRINT} for each relay.
 * Empty lines and lines that start with {@code #} are ignored. A relay of several machines has a line for the fingerprint of each. Any
 * thread.
 */
public final class KnownRelays {

    /** A relay's fingerprint, and the number of its line, from 1. */
    public record Entry(Fingerprint fingerprint, int line) {}

    private record Pin(String relay, Entry entry) {}

    private final Path file;

    /** Uses {@code file}, which may not exist yet. */
    public KnownRelays(Path file) {
        this.file = file;
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /**
     * Returns the entries of a relay, in the order of their lines; empty if it is unknown.
     *
     * @param relay host and port as the user typed them; case does not matter
     * @throws IOException if the file exists and cannot be read; its message is for the user and names the file
     */
    public List<Entry> find(String relay) throws IOException {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : lines()) {
            number++;
            pin(line, number)
                    .filter(known -> known.relay().equalsIgnoreCase(relay))
                    .ifPresent(known -> entries.add(known.entry()));
        }
        return entries;
    }

    /** Returns the lines of entries, of which there is at least one, in words: {@code line 3}, or {@code lines 3, 5}. */
    public static String linesText(List<Entry> entries) {
        return entries.stream()
                .map(entry -> Integer.toString(entry.line()))
                .collect(Collectors.joining(", ", entries.size() == 1 ? "line " : "lines ", ""));
    }

    /**
     * Returns the numbers, from 1, of invalid lines.
     *
     * @throws IOException if the file exists and cannot be read; its message is for the user and names the file
     */
    public List<Integer> brokenLines() throws IOException {
        List<Integer> broken = new ArrayList<>();
        int number = 0;
        for (String line : lines()) {
            number++;
            if (!isComment(line) && pin(line, number).isEmpty()) {
                broken.add(number);
            }
        }
        return broken;
    }

    private List<String> lines() throws IOException {
        try {
            return PrivateFiles.lines(file);
        } catch (IOException unreadable) {
            throw FileProblem.of("read", file, unreadable);
        }
    }

    private static boolean isComment(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private static Optional<Pin> pin(String line, int number) {
        String[] words = line.strip().split("\\s+");
        return words.length == 2 && !isComment(line)
                ? Fingerprint.parse(words[1]).map(fingerprint -> new Pin(words[0], new Entry(fingerprint, number)))
                : Optional.empty();
    }

    /**
     * Appends a relay; existing lines stay as they are. A new file is readable by its owner only (mode 0600, directory
     * 0700), because it shows which relays they use.
     *
     * @throws IOException if the file cannot be written
     */
    public void add(String relay, Fingerprint fingerprint) throws IOException {
        try {
            append(relay, fingerprint);
        } catch (IOException unwritable) {
            throw FileProblem.of("write", file, unwritable);
        }
    }

    /**
     * Replaces the fingerprint of a relay that has shown who follows it; all other lines stay as they are.
     *
     * @throws IOException if the file cannot be read or written, or has another fingerprint by now
     */
    public void replace(String relay, Fingerprint from, Fingerprint to) throws IOException {
        List<String> changed = new ArrayList<>(lines());
        Entry known = find(relay).stream()
                .filter(entry -> entry.fingerprint().equals(from))
                .findFirst()
                .orElseThrow(() -> new IOException(relay + " is not in " + file + " any more"));
        String line = changed.get(known.line() - 1);
        changed.set(known.line() - 1, line.replace(from.text(), to.text()));
        try {
            PrivateFiles.replace(file, changed);
        } catch (IOException unwritable) {
            throw FileProblem.of("write", file, unwritable);
        }
    }

    private void append(String relay, Fingerprint fingerprint) throws IOException {
        PrivateFiles.createFolderOf(file);
        // In one write, so that lines of concurrent processes do not mix.
        String line = (endsWithoutNewline() ? "\n" : "") + relay + " " + fingerprint + "\n";
        try (FileChannel channel =
                PrivateFiles.open(file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private boolean endsWithoutNewline() throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }
}
