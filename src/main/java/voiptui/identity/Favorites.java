package voiptui.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The people whom a user wants to see first, by relay and name, in a text file that people can edit: a line {@code RELAY NAME} for each.
 * Empty lines and lines that start with {@code #} are ignored. Any thread; may wait for the disk.
 */
public final class Favorites {

    /** A name, or a host with its port; nothing that controls a terminal. */
    private static final Pattern WORD = Pattern.compile("[!-~]{1,260}");

    private final PeopleFile file;

    /** Uses {@code file}, which may not exist yet. */
    public Favorites(Path file) {
        this.file = new PeopleFile(file);
    }

    /**
     * Returns the names at a relay, in the order of the file.
     *
     * @param relay host and port as the user typed them; case does not matter
     * @throws IOException if the file exists and cannot be read, or is too large; its message is for the user
     */
    public Set<String> names(String relay) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (String line : file.lines()) {
            String[] words = PeopleFile.words(line, 3);
            if (words.length == 2
                    && words[0].equalsIgnoreCase(relay)
                    && WORD.matcher(words[1]).matches()) {
                names.add(words[1]);
            }
        }
        return names;
    }

    /**
     * Adds a name that is not in the file yet, or removes it; all other lines stay as they are.
     *
     * @param relay host and port as the user typed them
     * @throws IOException if the file cannot be read or written, or is full; its message is for the user
     */
    public void put(String relay, String name, boolean favorite) throws IOException {
        if (!WORD.matcher(relay).matches() || !WORD.matcher(name).matches() || relay.startsWith("#")) {
            throw new IOException("neither spaces nor special characters can be saved in " + file.path());
        }
        List<String> lines = file.lines();
        boolean known = lines.stream().anyMatch(line -> isAbout(line, relay, name));
        if (favorite && !known) {
            file.add(lines, relay + " " + name);
        } else if (!favorite && known) {
            lines.removeIf(line -> isAbout(line, relay, name));
            file.replace(lines);
        }
    }

    private static boolean isAbout(String line, String relay, String name) {
        String[] words = PeopleFile.words(line, 3);
        return words.length == 2 && words[0].equalsIgnoreCase(relay) && words[1].equals(name);
    }
}
