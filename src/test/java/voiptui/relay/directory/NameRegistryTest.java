package voiptui.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.protocol.RefusalCode;
import voiptui.relay.call.RegistrarFixture;

/** Which name belongs to whom, with a file that people edit and others add to. */
class NameRegistryTest {

    private static final String ONE = RegistrarFixture.fingerprint("one");
    private static final String OTHER = RegistrarFixture.fingerprint("other");

    @TempDir
    private Path stateDir;

    private final List<String> warnings = new ArrayList<>();

    private NameRegistry open(AccessPolicy access) {
        return new NameRegistry(stateDir, access, warnings::add);
    }

    private Path file() {
        return stateDir.resolve("names");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private void append(String line) throws IOException {
        Files.writeString(file(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void takeIfAllowed(NameRegistry book, String name, String fingerprint) {
        if (book.refusal(name, fingerprint).isEmpty()) {
            book.take(name, fingerprint);
        }
    }

    @Test
    void shouldGiveANameToTheFirstThatSaysIt() throws IOException {
        NameRegistry book = open(AccessPolicy.OPEN);
        takeIfAllowed(book, "dora", ONE);

        assertThat(book.refusal("dora", ONE)).isEmpty();
        assertThat(book.refusal("dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(Files.readString(file())).isEqualTo("dora " + ONE + "\n");
    }

    @Test
    void shouldWriteANameOnce() throws IOException {
        NameRegistry book = open(AccessPolicy.OPEN);
        for (int i = 0; i < 3; i++) {
            takeIfAllowed(book, "dora", ONE);
        }
        takeIfAllowed(open(AccessPolicy.OPEN), "dora", ONE);

        assertThat(Files.readAllLines(file())).hasSize(1);
    }

    @Test
    void shouldLeaveWhatAPersonHasWrittenAsItIs() throws IOException {
        String written = "# the phones of the house\n\n  Dora\t" + ONE + "   # by the window\nattic " + OTHER;
        write(written);
        NameRegistry book = open(AccessPolicy.OPEN);
        takeIfAllowed(book, "hall", ONE);

        assertThat(Files.readString(file())).isEqualTo(written + "\nhall " + ONE + "\n");
        assertThat(book.names()).containsExactly("attic", "dora", "hall");
        assertThat(open(AccessPolicy.OPEN).names()).containsExactly("attic", "dora", "hall");
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dora                    | a name and a fingerprint",
                "dora %s and more        | a name and a fingerprint",
                "10.0.0.1 %s             | no name",
                "../dora %s              | no name",
                "dora SHA256:short       | no fingerprint",
                "attic %s                | another certificate",
            })
    void shouldWarnOfABrokenLineByItsNumberAndReadOn(String line, String warning) throws IOException {
        write("# comment\nattic " + OTHER + "\n" + line.formatted(ONE) + "\nhall " + ONE + "\n");
        NameRegistry book = open(AccessPolicy.OPEN);

        assertThat(warnings).singleElement().asString().contains("line 3").contains(warning);
        assertThat(book.names()).containsExactly("attic", "hall");
        assertThat(book.refusal("attic", OTHER)).isEmpty();
    }

    @Test
    void shouldNotWarnOfEachLineOfAnotherFile() throws IOException {
        write("this is another file\n".repeat(1_000));
        open(AccessPolicy.OPEN);

        assertThat(warnings).hasSize(11).last().asString().contains("990 more");
    }

    @Test
    void shouldSurviveAFileThatIsNoText() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, 0, (byte) 0xc3, '\n', 'x', ' ', (byte) 0x80, '\n'});
        append("dora " + ONE + "\n");

        assertThat(open(AccessPolicy.OPEN).names()).containsExactly("dora");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void shouldNoticeWhatIsAddedWhileItIsOpen() throws IOException {
        NameRegistry book = open(AccessPolicy.KNOWN);
        assertThat(book.refusal("dora", ONE)).contains(RefusalCode.NOT_ALLOWED);
        append("dora " + ONE + "\n");
        assertThat(book.refusal("dora", ONE)).isEmpty();
        append("attic " + OTHER + "\n");
        assertThat(book.refusal("attic", OTHER)).isEmpty();
    }

    @Test
    void shouldNoticeWhatOthersAddBetweenItsOwnLines() throws IOException {
        NameRegistry book = open(AccessPolicy.OPEN);
        takeIfAllowed(book, "dora", ONE);
        append("attic " + OTHER + "\n");
        book.take("hall", ONE);

        assertThat(book.refusal("attic", ONE)).contains(RefusalCode.NAME_TAKEN);
        assertThat(book.names()).containsExactly("attic", "dora", "hall");
    }

    @Test
    void shouldFreeANameThatIsTakenOut() throws IOException {
        NameRegistry book = open(AccessPolicy.OPEN);
        takeIfAllowed(book, "dora", ONE);
        write("");
        assertThat(book.refusal("dora", OTHER)).isEmpty();
        takeIfAllowed(book, "dora", OTHER);
        Files.delete(file());
        assertThat(book.refusal("dora", ONE)).isEmpty();
    }

    @Test
    void shouldWarnAgainOnlyOfAFileThatHasChanged() throws IOException {
        write("nonsense\n");
        NameRegistry book = open(AccessPolicy.OPEN);
        for (int i = 0; i < 5; i++) {
            takeIfAllowed(book, "dora", ONE);
        }
        assertThat(warnings).hasSize(1);
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({
        "one,   dora,  ",
        "one,   attic, NOT_ALLOWED",
        "one,   hall,  NOT_ALLOWED",
        "other, dora,  NOT_ALLOWED",
    })
    void shouldKnowCertificatesByTheirNameOnly(String who, String name, RefusalCode refusal) throws IOException {
        write("dora " + ONE + "\nattic " + OTHER + "\n");

        assertThat(open(AccessPolicy.KNOWN)
                        .refusal(name, RegistrarFixture.fingerprint(who))
                        .orElse(null))
                .isEqualTo(refusal);
    }

    @Test
    void shouldGiveOneCertificateSoManyNamesAndNoMore() throws IOException {
        NameRegistry book = open(AccessPolicy.OPEN);
        for (int i = 0; i < NameRegistry.MAX_NAMES_EACH; i++) {
            takeIfAllowed(book, "name" + i, ONE);
        }
        assertThat(book.refusal("onemore", ONE)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(book.refusal("onemore", OTHER)).isEmpty();
        append("onemore " + ONE + "\n");
        assertThat(book.refusal("onemore", ONE)).as("a person may").isEmpty();
    }

    @Test
    void shouldGiveNoNamesAwayWithoutEnd() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < NameRegistry.MAX_NAMES; i++) {
            many.append("n")
                    .append(i)
                    .append(' ')
                    .append(RegistrarFixture.fingerprint("f" + i))
                    .append('\n');
        }
        Files.write(file(), many.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(open(AccessPolicy.OPEN).refusal("onemore", ONE)).contains(RefusalCode.FULL);
    }

    @Test
    void shouldGoOnFromMemoryWhereTheFileCannotBeWritten() throws IOException {
        Path occupied = Files.writeString(stateDir.resolve("occupied"), "a file, no directory");
        NameRegistry book = new NameRegistry(occupied, AccessPolicy.OPEN, warnings::add);
        takeIfAllowed(book, "dora", ONE);
        takeIfAllowed(book, "attic", OTHER);

        assertThat(book.refusal("dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(book.names()).containsExactly("attic", "dora");
        assertThat(warnings).as("said once").hasSize(1);
    }

    @Test
    void shouldKeepNamesInMemoryWithoutAStateDirectory() {
        NameRegistry book = new NameRegistry(null, AccessPolicy.OPEN, warnings::add);
        takeIfAllowed(book, "dora", ONE);

        assertThat(book.refusal("dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldMakeTheStateDirectory() {
        stateDir = stateDir.resolve("not/yet/there");
        takeIfAllowed(open(AccessPolicy.OPEN), "dora", ONE);

        assertThat(file()).exists();
        assertThat(warnings).isEmpty();
    }
}
