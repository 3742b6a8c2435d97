package voiptui.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import voiptui.identity.Fingerprint;
import voiptui.identity.KnownRelays;
import voiptui.protocol.ClientName;
import voiptui.relay.directory.NamesText;

/**
 * The files that people edit: the relays that a client knows, and the names of a relay's clients. A broken line harms nobody but itself,
 * and what a program adds can be read again.
 */
public final class FileFuzz {

    private static final String RELAY = "relay.example:8888";
    private static final String NAME = "dora";
    private static final Fingerprint FINGERPRINT = new Fingerprint("SHA256:" + "A".repeat(43));
    private static final int MAX_WARNINGS = 11;
    private static final Path FOLDER = folder();

    private FileFuzz() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("voiptui-fuzz");
            folder.toFile().deleteOnExit();
            folder.resolve("known_relays").toFile().deleteOnExit();
            folder.resolve(NamesText.FILE_NAME).toFile().deleteOnExit();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            checkKnownRelays(data);
            checkNames(data);
            checkComments(data);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void checkKnownRelays(byte[] data) throws IOException {
        Path file = FOLDER.resolve("known_relays");
        Files.write(file, data);
        KnownRelays relays = new KnownRelays(file);
        List<Integer> broken = relays.brokenLines();
        boolean known = !relays.find(RELAY).isEmpty();
        relays.find(RELAY)
                .forEach(entry -> Promise.check(
                        entry.line() >= 1 && !broken.contains(entry.line()), "an entry is no broken line", entry));
        Promise.check(new TreeSet<>(broken).size() == broken.size(), "a line is named once", broken);
        if (!known) {
            relays.add(RELAY, FINGERPRINT);
            Promise.check(
                    relays.find(RELAY).stream()
                            .anyMatch(entry -> entry.fingerprint().equals(FINGERPRINT)),
                    "what was added is found",
                    relays.find(RELAY));
            Promise.check(relays.brokenLines().equals(broken), "other lines stay as they are", relays.brokenLines());
        }
    }

    /** Whatever a comment contains, it is one. */
    private static void checkComments(byte[] data) throws IOException {
        String comments = new String(data, StandardCharsets.UTF_8)
                .lines()
                .map(line -> "# " + line + "\n")
                .collect(Collectors.joining());
        Files.writeString(FOLDER.resolve("known_relays"), comments);
        Promise.check(
                new KnownRelays(FOLDER.resolve("known_relays")).brokenLines().isEmpty(), "a comment is not broken");
        Files.writeString(FOLDER.resolve(NamesText.FILE_NAME), comments);
        NamesText names = new NamesText(FOLDER);
        Promise.check(names.names().isEmpty() && names.warnings().isEmpty(), "a comment names nobody", names.names());
    }

    private static void checkNames(byte[] data) throws IOException {
        Path file = FOLDER.resolve(NamesText.FILE_NAME);
        Files.write(file, data);
        NamesText names = new NamesText(FOLDER);
        Set<String> before = new TreeSet<>(names.names());
        long lines = new String(data, StandardCharsets.UTF_8).lines().count();
        Promise.check(before.size() <= lines, "a line has a name at most", before.size(), lines);
        Promise.check(
                names.warnings().size() <= MAX_WARNINGS,
                "warnings are few",
                names.warnings().size());
        for (String name : before) {
            Promise.check(
                    ClientName.parse(name).filter(name::equals).isPresent(), "names are what they ought to be", name);
        }
        boolean mayHave = names.register(NAME, FINGERPRINT.text());
        Promise.check(mayHave || before.contains(NAME) || !before.isEmpty(), "a free name can be had");
        if (mayHave) {
            before.add(NAME);
            Set<String> again = new NamesText(FOLDER).names();
            Promise.check(again.equals(before), "what was written is read", again, before);
        }
    }
}
