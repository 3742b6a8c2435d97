package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownRelaysTest {

    private static final Fingerprint ONE = new Fingerprint("SHA256:" + "a".repeat(43));
    private static final Fingerprint OTHER = new Fingerprint("SHA256:" + "b".repeat(43));

    @TempDir
    private Path folder;

    private Path file;
    private KnownRelays known;

    @BeforeEach
    void place() {
        file = folder.resolve("voiptui/known_relays");
        known = new KnownRelays(file);
    }

    private void write(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void shouldStartEmpty() throws IOException {
        assertThat(known.find("relay.example:8888")).isEmpty();
        assertThat(known.brokenLines()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldRememberARelay() throws IOException {
        known.add("relay.example:8888", ONE);
        known.add("[2001:db8::1]:8888", OTHER);

        assertThat(known.find("relay.example:8888")).contains(new KnownRelays.Entry(ONE, 1));
        assertThat(known.find("[2001:db8::1]:8888")).contains(new KnownRelays.Entry(OTHER, 2));
        assertThat(known.find("relay.example:8889")).isEmpty();
    }

    @Test
    void shouldMakeTheFileReadableByTheOwnerOnly() throws IOException {
        known.add("relay.example:8888", ONE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldIgnoreCaseInAHost() throws IOException {
        known.add("Relay.Example:8888", ONE);

        assertThat(known.find("rELAY.example:8888")).hasSize(1);
    }

    @Test
    void shouldLeaveTheUsersOwnLinesAsTheyAre() throws IOException {
        String own = "# the one at home\n\nhome:8888 " + ONE + "\nno line of ours\nhalf:8888 SHA256:abc";
        write(own);

        known.add("relay.example:8888", OTHER);

        assertThat(file).hasContent(own + "\nrelay.example:8888 " + OTHER + "\n");
        assertThat(known.find("home:8888")).contains(new KnownRelays.Entry(ONE, 3));
        assertThat(known.find("relay.example:8888")).contains(new KnownRelays.Entry(OTHER, 6));
        assertThat(known.find("half:8888")).isEmpty();
        assertThat(known.brokenLines()).containsExactly(4, 5);
    }

    @Test
    void shouldUseTheFirstLineAboutARelay() throws IOException {
        write("home:8888 " + ONE + "\nhome:8888 " + OTHER + "\n");

        assertThat(known.find("home:8888")).contains(new KnownRelays.Entry(ONE, 1));
    }

    @Test
    void shouldReadPastBytesThatAreNoText() throws IOException {
        write("");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
        known.add("home:8888", ONE);

        assertThat(known.find("home:8888")).hasSize(1);
        assertThat(known.brokenLines()).containsExactly(1);
    }
}
