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
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.protocol.RefusalCode;
import voiptui.relay.call.RegistrarFixture;

/** Includes changes to the file by its operator and by other processes. */
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

    private static void registerIfAllowed(NameRegistry registry, String name, String fingerprint) {
        if (registry.refusal(name, fingerprint).isEmpty()) {
            registry.register(name, fingerprint);
        }
    }

    @Test
    void shouldGiveANameToTheFirstCertificateThatUsesIt() throws IOException {
        NameRegistry registry = open(AccessPolicy.OPEN);
        registerIfAllowed(registry, "dora", ONE);

        assertThat(registry.refusal("dora", ONE)).isEmpty();
        assertThat(registry.refusal("dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(Files.readString(file())).isEqualTo("dora " + ONE + "\n");
    }

    @Test
    void shouldWriteANameOnlyOnce() throws IOException {
        NameRegistry registry = open(AccessPolicy.OPEN);
        for (int i = 0; i < 3; i++) {
            registerIfAllowed(registry, "dora", ONE);
        }
        registerIfAllowed(open(AccessPolicy.OPEN), "dora", ONE);

        assertThat(Files.readAllLines(file())).hasSize(1);
    }

    @Test
    void shouldLeaveHandWrittenLinesUnchanged() throws IOException {
        String written = "# phones at home\n\n  Dora\t" + ONE + "   # by the window\nattic " + OTHER;
        write(written);
        NameRegistry registry = open(AccessPolicy.OPEN);
        registerIfAllowed(registry, "hall", ONE);

        assertThat(Files.readString(file())).isEqualTo(written + "\nhall " + ONE + "\n");
        assertThat(registry.names()).containsExactly("attic", "dora", "hall");
        assertThat(open(AccessPolicy.OPEN).names()).containsExactly("attic", "dora", "hall");
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dora                    | expected a name and a fingerprint",
                "dora %s and more        | expected a name and a fingerprint",
                "10.0.0.1 %s             | invalid name",
                "../dora %s              | invalid name",
                "dora SHA256:short       | invalid fingerprint",
                "attic %s                | 'attic' is already assigned to another certificate",
            })
    void shouldReportAnInvalidLineByNumberAndSkipIt(String line, String warning) throws IOException {
        write("# comment\nattic " + OTHER + "\n" + line.formatted(ONE) + "\nhall " + ONE + "\n");
        NameRegistry registry = open(AccessPolicy.OPEN);

        assertThat(warnings).singleElement().asString().contains("line 3").contains(warning);
        assertThat(registry.names()).containsExactly("attic", "hall");
        assertThat(registry.refusal("attic", OTHER)).isEmpty();
    }

    @Test
    void shouldReportOnlyTheFirstInvalidLinesOneByOne() throws IOException {
        write("this is another file\n".repeat(1_000));
        open(AccessPolicy.OPEN);

        assertThat(warnings).hasSize(11).last().asString().contains("990 more invalid lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029", "\u0085"})
    void shouldNotEndACommentWhereALineGoesOn(String separator) throws IOException {
        write("# " + separator + "mallory " + ONE + "\n");
        assertThat(open(AccessPolicy.OPEN).names()).isEmpty();
    }

    @Test
    void shouldSkipBinaryData() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, 0, (byte) 0xc3, '\n', 'x', ' ', (byte) 0x80, '\n'});
        append("dora " + ONE + "\n");

        assertThat(open(AccessPolicy.OPEN).names()).containsExactly("dora");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void shouldReadLinesAddedAfterItWasOpened() throws IOException {
        NameRegistry registry = open(AccessPolicy.KNOWN);
        assertThat(registry.refusal("dora", ONE)).contains(RefusalCode.NOT_ALLOWED);
        append("dora " + ONE + "\n");
        assertThat(registry.refusal("dora", ONE)).isEmpty();
        append("attic " + OTHER + "\n");
        assertThat(registry.refusal("attic", OTHER)).isEmpty();
    }

    @Test
    void shouldReadLinesThatOthersAdded() throws IOException {
        NameRegistry registry = open(AccessPolicy.OPEN);
        registerIfAllowed(registry, "dora", ONE);
        append("attic " + OTHER + "\n");
        registry.register("hall", ONE);

        assertThat(registry.refusal("attic", ONE)).contains(RefusalCode.NAME_TAKEN);
        assertThat(registry.names()).containsExactly("attic", "dora", "hall");
    }

    @Test
    void shouldFreeANameRemovedFromTheFile() throws IOException {
        NameRegistry registry = open(AccessPolicy.OPEN);
        registerIfAllowed(registry, "dora", ONE);
        write("");
        assertThat(registry.refusal("dora", OTHER)).isEmpty();
        registerIfAllowed(registry, "dora", OTHER);
        Files.delete(file());
        assertThat(registry.refusal("dora", ONE)).isEmpty();
    }

    @Test
    void shouldReportAnInvalidLineOnlyOnce() throws IOException {
        write("nonsense\n");
        NameRegistry registry = open(AccessPolicy.OPEN);
        for (int i = 0; i < 5; i++) {
            registerIfAllowed(registry, "dora", ONE);
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
    void shouldAllowOnlyListedNamesWithKnownAccess(String who, String name, RefusalCode refusal) throws IOException {
        write("dora " + ONE + "\nattic " + OTHER + "\n");

        assertThat(open(AccessPolicy.KNOWN)
                        .refusal(name, RegistrarFixture.fingerprint(who))
                        .orElse(null))
                .isEqualTo(refusal);
    }

    @Test
    void shouldLimitTheNamesACertificateCanRegister() throws IOException {
        NameRegistry registry = open(AccessPolicy.OPEN);
        for (int i = 0; i < NameRegistry.MAX_NAMES_EACH; i++) {
            registerIfAllowed(registry, "name" + i, ONE);
        }
        assertThat(registry.refusal("onemore", ONE)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(registry.refusal("onemore", OTHER)).isEmpty();
        append("onemore " + ONE + "\n");
        assertThat(registry.refusal("onemore", ONE))
                .as("the operator can add more")
                .isEmpty();
    }

    @Test
    void shouldLimitTheNumberOfNames() throws IOException {
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
    void shouldKeepNamesInMemoryWhenTheFileCannotBeWritten() throws IOException {
        Path occupied = Files.writeString(stateDir.resolve("occupied"), "a file, not a directory");
        NameRegistry registry = new NameRegistry(occupied, AccessPolicy.OPEN, warnings::add);
        registerIfAllowed(registry, "dora", ONE);
        registerIfAllowed(registry, "attic", OTHER);

        assertThat(registry.refusal("dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(registry.names()).containsExactly("attic", "dora");
        assertThat(warnings).as("reported once").hasSize(1);
    }

    @Test
    void shouldCreateTheStateDirectory() {
        stateDir = stateDir.resolve("not/yet/there");
        registerIfAllowed(open(AccessPolicy.OPEN), "dora", ONE);

        assertThat(file()).exists();
        assertThat(warnings).isEmpty();
    }
}
