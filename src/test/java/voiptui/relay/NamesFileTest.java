package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.identity.Fingerprint;

class NamesFileTest {

    private static final Fingerprint ONE = new Fingerprint("SHA256:" + "1".repeat(43));
    private static final Fingerprint TWO = new Fingerprint("SHA256:" + "2".repeat(43));

    @TempDir
    private Path folder;

    private void write(String text) throws IOException {
        Files.write(folder.resolve("names"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldKnowNobodyWhereThereIsNoFile() throws IOException {
        assertThat(new NamesFile(folder.resolve("nowhere")).read()).isEmpty();
    }

    @Test
    void shouldReadWhatPeopleWrite() throws IOException {
        write("# the office\n\nanna " + ONE + "\r\n  Bert\t" + TWO + "   # caf\u00e9\nanna " + TWO + "\n");

        assertThat(new NamesFile(folder).read()).containsExactly(
                Map.entry("anna", ONE), Map.entry("bert", TWO));
    }

    @Test
    void shouldPassOverWhatMakesNoSense() throws IOException {
        write("anna\nanna SHA256:short\n10.0.0.1 " + ONE + "\nan na " + ONE + "\n#bert " + ONE + "\n" + ONE + " cora\n");

        assertThat(new NamesFile(folder).read()).isEmpty();
    }

    @Test
    void shouldGiveANameOnce() throws IOException {
        Path deep = folder.resolve("not").resolve("there");

        assertThat(NameGrant.allow(deep, ONE, "anna")).isEqualTo(NameGrant.Outcome.ADDED);
        assertThat(NameGrant.allow(deep, ONE, "anna")).isEqualTo(NameGrant.Outcome.KNOWN_ALREADY);
        assertThat(NameGrant.allow(deep, TWO, "anna")).isEqualTo(NameGrant.Outcome.TAKEN);
        assertThat(NameGrant.allow(deep, ONE, "anna-work")).as("two names of one").isEqualTo(NameGrant.Outcome.ADDED);
        assertThat(Files.readString(NameGrant.file(deep))).isEqualTo("anna " + ONE + "\nanna-work " + ONE + "\n");
    }

    @Test
    void shouldNotWriteOnTheLineOfAnother() throws IOException {
        write("anna " + ONE);

        NameGrant.allow(folder, TWO, "bert");

        assertThat(Files.readString(NameGrant.file(folder))).isEqualTo("anna " + ONE + "\nbert " + TWO + "\n");
    }
}
