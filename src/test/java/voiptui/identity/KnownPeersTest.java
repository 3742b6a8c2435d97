package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.identity.KnownPeers.Entry;

class KnownPeersTest {

    private static final String RELAY = "relay.example:8888";
    private static final Fingerprint BENS = new Fingerprint("SHA256:" + "b".repeat(43));
    private static final Fingerprint EVES = new Fingerprint("SHA256:" + "e".repeat(43));

    @TempDir
    private Path folder;

    private KnownPeers peers() {
        return new KnownPeers(folder.resolve("voiptui/known_peers"));
    }

    private void write(String text) throws IOException {
        Files.createDirectories(folder.resolve("voiptui"));
        Files.writeString(peers().file(), text);
    }

    @Test
    void shouldBeEmptyWithoutAFile() throws IOException {
        assertThat(peers().entries(RELAY)).isEmpty();
    }

    @Test
    void shouldKeepPeersByRelayAndNameInAFileThatOnlyTheUserCanRead() throws IOException {
        peers().put(RELAY, new Entry("ben", BENS, false));
        peers().put(RELAY, new Entry("eve", EVES, false));
        peers().put("other.example:8888", new Entry("ben", EVES, false));
        peers().put("Relay.Example:8888", new Entry("ben", BENS, true));

        assertThat(peers().entries(RELAY)).containsExactly(new Entry("ben", BENS, true), new Entry("eve", EVES, false));
        assertThat(peers().entries("other.example:8888")).containsExactly(new Entry("ben", EVES, false));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(peers().file())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder.resolve("voiptui"))) {
            assertThat(files).containsExactly(peers().file());
        }
    }

    @Test
    void shouldMakeAFileThatOthersCanReadPrivate() throws IOException {
        write("# mine\n");
        Files.setPosixFilePermissions(peers().file(), PosixFilePermissions.fromString("rw-r--r--"));

        peers().put(RELAY, new Entry("ben", BENS, false));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(peers().file())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldKeepEverythingElseThatTheUserWrote() throws IOException {
        write("# people\n\n" + RELAY + " ben " + EVES + " verified\nnonsense here\n" + RELAY + " eve " + EVES);

        peers().put(RELAY, new Entry("ben", BENS, false));

        assertThat(peers().file())
                .hasContent(
                        "# people\n\n" + RELAY + " ben " + BENS + "\nnonsense here\n" + RELAY + " eve " + EVES + "\n");
    }

    @Test
    void shouldCountTheFirstLineAboutAName() throws IOException {
        write(RELAY + " ben " + BENS + " verified\n" + RELAY + " ben " + EVES + "\n");

        assertThat(peers().entries(RELAY)).containsExactly(new Entry("ben", BENS, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relay.example:8888 ben",
                "relay.example:8888 ben SHA256:short",
                "relay.example:8888 ben SHA256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb perhaps",
                "relay.example:8888 ben SHA256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb verified twice",
                "#relay.example:8888 ben SHA256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                "relay.example:8888 b\u001b[31mn SHA256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            })
    void shouldIgnoreWhatIsNoPeer(String line) throws IOException {
        write(line + "\n");

        assertThat(peers().entries(RELAY)).isEmpty();
    }

    @Test
    void shouldReadBytesThatAreNoText() throws IOException {
        Files.createDirectories(folder.resolve("voiptui"));
        byte[] noise = new byte[100_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(peers().file(), noise);

        assertThat(peers().entries(RELAY)).isEmpty();
    }

    @Test
    void shouldRefuseAFileThatIsTooLargeInsteadOfTrustingEverybody() throws IOException {
        write("#".repeat(PeopleFile.MAX_BYTES + 1));

        assertThatThrownBy(() -> peers().entries(RELAY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 1 MB");
        assertThatThrownBy(() -> peers().put(RELAY, new Entry("ben", BENS, false)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldNotGrowWithoutBounds() throws IOException {
        write(IntStream.range(0, PeopleFile.MAX_LINES)
                .mapToObj(i -> RELAY + " p" + i + " " + EVES)
                .collect(Collectors.joining("\n")));

        assertThatThrownBy(() -> peers().put(RELAY, new Entry("ben", BENS, false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("full");
        peers().put(RELAY, new Entry("p7", BENS, true));
        assertThat(peers().entries(RELAY)).hasSize(PeopleFile.MAX_LINES).contains(new Entry("p7", BENS, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nbreak", "", "escape\u001b"})
    void shouldSaveNoNameThatItCouldNotReadAgain(String name) {
        assertThatThrownBy(() -> peers().put(RELAY, new Entry(name, BENS, false)))
                .isInstanceOf(IOException.class);
        assertThat(peers().file()).doesNotExist();
    }

    @Test
    void shouldSayThatItCannotReadInsteadOfTrustingEverybody() throws IOException {
        Files.createDirectories(peers().file());

        assertThatThrownBy(() -> peers().entries(RELAY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("known_peers");
    }
}
