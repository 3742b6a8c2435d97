package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The people whom a user has talked with, by relay and name, in a text file that people can edit: a line {@code RELAY NAME
 * FINGERPRINT} for each, with {@code verified} at its end if the user has verified the fingerprint. Empty lines and lines that
 * start with {@code #} are ignored. The first line about a name at a relay counts. Any thread.
 */
public final class KnownPeers {

    private static final String VERIFIED = "verified";
    /** A name, or a host with its port; nothing that controls a terminal. */
    private static final Pattern WORD = Pattern.compile("[!-~]{1,260}");

    /**
     * A person at one relay.
     *
     * @param name their name there
     * @param fingerprint the fingerprint of their certificate
     * @param verified whether the user has verified it
     */
    public record Entry(String name, Fingerprint fingerprint, boolean verified) {}

    private record Line(String relay, Entry entry) {
        boolean isAbout(String otherRelay, String name) {
            return relay.equalsIgnoreCase(otherRelay) && entry.name().equals(name);
        }
    }

    private final PeopleFile file;

    /** Uses {@code file}, which may not exist yet. */
    public KnownPeers(Path file) {
        this.file = new PeopleFile(file);
    }

    /** Returns the file. */
    public Path file() {
        return file.path();
    }

    /**
     * Returns everybody who is known at a relay, each name once.
     *
     * @param relay host and port as the user typed them; case does not matter
     * @throws IOException if the file exists and cannot be read, or is too large; its message is for the user
     */
    public List<Entry> entries(String relay) throws IOException {
        Map<String, Entry> first = new LinkedHashMap<>();
        for (String line : file.lines()) {
            parse(line)
                    .filter(known -> known.relay().equalsIgnoreCase(relay))
                    .ifPresent(known -> first.putIfAbsent(known.entry().name(), known.entry()));
        }
        return List.copyOf(first.values());
    }

    private static Optional<Line> parse(String line) {
        String[] words = PeopleFile.words(line, 5);
        boolean verified =
                words.length == 4 && words[3].toLowerCase(Locale.ROOT).equals(VERIFIED);
        if (words.length != 3 && !verified) {
            return Optional.empty();
        }
        return WORD.matcher(words[0]).matches() && WORD.matcher(words[1]).matches()
                ? Fingerprint.parse(words[2])
                        .map(fingerprint -> new Line(words[0], new Entry(words[1], fingerprint, verified)))
                : Optional.empty();
    }

    /**
     * Adds a person, or replaces the line about them; all other lines stay as they are. The file is replaced as a whole; its mode
     * is 0600, because it shows whom the user knows.
     *
     * @param relay host and port as the user typed them
     * @throws IOException if the file cannot be read or written, or is full; its message is for the user
     */
    public void put(String relay, Entry entry) throws IOException {
        List<String> lines = file.lines();
        String line = relay + " " + entry.name() + " " + entry.fingerprint() + (entry.verified() ? " " + VERIFIED : "");
        if (parse(line).isEmpty()) {
            throw new IOException("neither spaces nor special characters can be saved in " + file.path());
        }
        int at = indexOf(lines, relay, entry.name());
        if (at >= 0) {
            lines.set(at, line);
            file.replace(lines);
        } else {
            file.add(lines, line);
        }
    }

    private static int indexOf(List<String> lines, String relay, String name) {
        for (int at = 0; at < lines.size(); at++) {
            if (parse(lines.get(at)).filter(known -> known.isAbout(relay, name)).isPresent()) {
                return at;
            }
        }
        return -1;
    }
}
