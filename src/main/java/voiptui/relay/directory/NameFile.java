package voiptui.relay.directory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voiptui.identity.FileProblem;
import voiptui.identity.Fingerprint;
import voiptui.protocol.ClientName;

/**
 * The {@code names} file in a relay's state directory: one line {@code NAME FINGERPRINT} for each name that belongs to a
 * certificate. People may edit it; {@code #} starts a comment, and empty lines are ignored. A line that the relay adds for a
 * newcomer ends with the comment {@code # since DATE}; only such names expire. A line for a name that the operator assigns ends
 * with {@code # allowed}. Earlier versions wrote neither; {@link #dateOnce} adds a date to what they wrote. Apart from that,
 * lines are appended and removed, others never changed.
 *
 * <p>Blocks on the disk; used by one thread at a time. Several processes may edit the file, each within {@link #locked}.
 */
final class NameFile {

    /** The file's name in the state directory. */
    static final String FILE_NAME = "names";

    private static final Pattern REGISTERED = Pattern.compile("since (\\d{4}-\\d{2}-\\d{2})");
    private static final String ALLOWED = " # allowed";
    /** The file in the state directory that tells that {@link #dateOnce} has been done. */
    private static final String DATED_NAME = ".names-dated";
    /** The greatest number of invalid lines reported one by one, in case the file is something else altogether. */
    private static final int MAX_WARNINGS = 10;

    private final StateFile file;
    private final Path stateDir;
    private final Path dated;
    /** Entries by name, in file order, as read or written last. */
    private Map<String, NameEntry> content = new LinkedHashMap<>();
    /** The version that {@link #refreshIfSettled} saw last; null: none. */
    private StateFile.@Nullable Version lastSeen;

    private final ReadingGuard guard = new ReadingGuard();

    /** Refers to the file in {@code stateDir}; neither needs to exist yet. */
    NameFile(Path stateDir) {
        this.file = new StateFile(stateDir.resolve(FILE_NAME));
        this.stateDir = stateDir;
        this.dated = stateDir.resolve(DATED_NAME);
    }

    /** Returns the path of the file. */
    Path path() {
        return file.path();
    }

    /** Returns the entries by name, in file order, as read or written last; a copy. */
    Map<String, NameEntry> content() {
        return new LinkedHashMap<>(content);
    }

    /**
     * Reads the file if it may have changed since the last call.
     *
     * @param warn receives a message for invalid lines, with their numbers. At the first call, the lines are skipped; later, the
     *     entries stay as they were, so that a slip of the editor takes no name from anybody
     * @return whether the entries were replaced
     * @throws IOException if the file exists but cannot be read; the entries stay as they were
     */
    boolean refresh(Consumer<String> warn) throws IOException {
        return refresh(file.version(), warn);
    }

    /** As above, but waits for the next call if the file has just changed: an editor may have written half of it. */
    boolean refreshIfSettled(Consumer<String> warn) throws IOException {
        StateFile.Version now = file.version();
        boolean settled = now.equals(lastSeen);
        lastSeen = now;
        return settled && refresh(now, warn);
    }

    private boolean refresh(StateFile.Version now, Consumer<String> warn) throws IOException {
        if (now.equals(StateFile.Version.ABSENT) && !content.isEmpty()) {
            warn.accept(path() + " is gone: writing it again with the names read before");
            restore();
            return false;
        }
        Optional<List<String>> changed = file.linesIfChanged(now);
        if (changed.isEmpty()) {
            return false;
        }
        Optional<Map<String, NameEntry>> read = guard.read(problems -> parse(changed.get(), problems), warn);
        read.ifPresent(names -> content = names);
        return read.isPresent();
    }

    /** Returns what is wrong with the file as it was read last, so that the entries stayed as they were. */
    Optional<String> problem() {
        return guard.problem();
    }

    private void restore() throws IOException {
        List<String> lines = new ArrayList<>();
        content.forEach((name, entry) -> lines.add(name + " " + entry.fingerprint() + comment(entry.since())));
        file.append(lines);
        file.noteKnown();
    }

    private Map<String, NameEntry> parse(List<String> lines, Consumer<String> warn) {
        Map<String, NameEntry> names = new LinkedHashMap<>();
        int invalid = 0;
        for (int i = 0; i < lines.size(); i++) {
            Optional<String> problem = readLine(lines.get(i), names);
            if (problem.isPresent() && ++invalid <= MAX_WARNINGS) {
                warn.accept(path() + ", line " + (i + 1) + ": " + problem.get());
            }
        }
        if (invalid > MAX_WARNINGS) {
            warn.accept(path() + ": " + (invalid - MAX_WARNINGS) + " more invalid lines");
        }
        return names;
    }

    /** Adds the entry on a line to {@code names}, or returns what is wrong with the line. */
    private static Optional<String> readLine(String line, Map<String, NameEntry> names) {
        List<String> words = StateFile.words(line);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.size() != 2) {
            return Optional.of("expected a name and a fingerprint");
        }
        Optional<String> name = ClientName.parse(words.get(0));
        if (name.isEmpty()) {
            return Optional.of("invalid name");
        }
        String fingerprint = words.get(1);
        if (Fingerprint.parse(fingerprint).isEmpty()) {
            return Optional.of("invalid fingerprint");
        }
        LocalDate since = since(StateFile.splitComment(line)[1]);
        NameEntry owner = names.get(name.get());
        if (owner != null && !owner.fingerprint().equals(fingerprint)) {
            return Optional.of("'" + name.get() + "' is already assigned to another certificate");
        }
        names.put(name.get(), new NameEntry(fingerprint, owner == null || owner.expires() ? since : null));
        return Optional.empty();
    }

    private static @Nullable LocalDate since(String comment) {
        Matcher registered = REGISTERED.matcher(comment);
        try {
            return registered.matches() ? LocalDate.parse(registered.group(1)) : null;
        } catch (DateTimeParseException noDay) {
            return null;
        }
    }

    /** Runs {@code edit} while no other process of ours edits the file. */
    <T> T locked(StateFile.Edit<T> edit) throws IOException {
        return file.locked(edit);
    }

    /**
     * Appends lines, all or none. Creates the file and its directory when missing.
     *
     * @param names fingerprints by name, as returned by {@link ClientName#parse}
     * @param since the day to note for names that may expire; null: the operator assigns the names
     * @throws IOException if the file cannot be written
     */
    void append(Map<String, String> names, @Nullable LocalDate since) throws IOException {
        List<String> lines = new ArrayList<>();
        names.forEach((name, fingerprint) -> lines.add(name + " " + fingerprint + comment(since)));
        file.editKnown(() -> file.append(lines));
        names.forEach((name, fingerprint) -> content.put(name, new NameEntry(fingerprint, since)));
    }

    private static String comment(@Nullable LocalDate since) {
        return since == null ? ALLOWED : " # since " + since;
    }

    /** Returns whether {@link #dateOnce} is still to be done. */
    boolean isUndated() {
        return Files.isDirectory(stateDir) && Files.notExists(dated);
    }

    /**
     * Lets names expire whose lines have no comment, by adding one with a date. Done once in a state directory: later such
     * lines are the operator's.
     *
     * @param since the date; null: nobody registers names here, so that all are the operator's
     * @return how many lines were changed
     * @throws IOException if the file cannot be written; it is unchanged then
     */
    int dateOnce(@Nullable LocalDate since) throws IOException {
        boolean hasSome = file.lines().stream().anyMatch(NameFile::isUncommented);
        int lines = since == null || !hasSome ? 0 : locked(() -> dateUncommented(since));
        try {
            Files.createFile(dated);
        } catch (FileAlreadyExistsException done) {
            // by another process
        } catch (IOException unwritable) {
            throw FileProblem.of("write", dated, unwritable);
        }
        return lines;
    }

    private int dateUncommented(LocalDate since) throws IOException {
        List<String> lines = new ArrayList<>(file.lines());
        int changed = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (isUncommented(lines.get(i))) {
                lines.set(i, lines.get(i).stripTrailing() + comment(since));
                changed++;
            }
        }
        if (changed > 0) {
            file.replace(lines);
            content = parse(lines, known -> {});
            file.noteKnown();
        }
        return changed;
    }

    /** Returns whether {@code name} has a line without a comment. */
    boolean hasUncommented(String name) throws IOException {
        return file.lines().stream()
                .anyMatch(line -> isUncommented(line) && nameIn(line).equals(name));
    }

    private static boolean isUncommented(String line) {
        return line.indexOf('#') < 0
                && readLine(line, new HashMap<>()).isEmpty()
                && !nameIn(line).isEmpty();
    }

    /**
     * Removes the lines of some names.
     *
     * @throws IOException if the file cannot be written; it is unchanged then
     */
    void remove(Set<String> names) throws IOException {
        List<String> kept = file.lines().stream()
                .filter(line -> !names.contains(nameIn(line)))
                .toList();
        file.editKnown(() -> file.replace(kept));
        content.keySet().removeAll(names);
    }

    private static String nameIn(String line) {
        List<String> words = StateFile.words(line);
        return words.isEmpty() ? "" : ClientName.parse(words.get(0)).orElse("");
    }
}
