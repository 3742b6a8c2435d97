package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FavoritesTest {

    private static final String RELAY = "relay.example";

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("voiptui").resolve("favorites");
    }

    private Favorites favorites() {
        return new Favorites(file());
    }

    @Test
    void shouldKeepFavoritesOfEachRelayForTheirOwnerAlone() throws IOException {
        assertThat(favorites().names(RELAY)).isEmpty();

        favorites().put(RELAY, "ben", true);
        favorites().put(RELAY, "zoe", true);
        favorites().put("other.example:99", "cleo", true);

        assertThat(favorites().names("RELAY.example")).containsExactly("ben", "zoe");
        assertThat(favorites().names("other.example:99")).containsExactly("cleo");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldRemoveAFavoriteAndLeaveTheOtherLinesAsTheyAre() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "# family\nrelay.example  ben\n\nrelay.example zoe\nRelay.Example ben\nnonsense\n");

        favorites().put(RELAY, "ben", false);

        assertThat(file()).hasContent("# family\n\nrelay.example zoe\nnonsense\n");
    }

    @Test
    void shouldAddNobodyTwice() throws IOException {
        favorites().put(RELAY, "ben", true);
        favorites().put(RELAY, "ben", true);

        assertThat(file()).hasContent("relay.example ben\n");
    }

    @Test
    void shouldNotReadNorWriteWhatIsNotAName() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "relay.example \033[2J\nrelay.example a b\n");

        assertThat(favorites().names(RELAY)).isEmpty();
        assertThatThrownBy(() -> favorites().put(RELAY, "a\nb", true)).hasMessageContaining("special characters");
    }

    @Test
    void shouldSayWhyItCannotBeUsed() throws IOException {
        Files.createDirectories(file().getParent());
        Files.write(file(), Collections.nCopies(PeopleFile.MAX_LINES, "relay.example n"));
        assertThatThrownBy(() -> favorites().put(RELAY, "ben", true))
                .hasMessage(file() + " is full: remove lines that you do not need");

        Files.writeString(file(), "#".repeat(PeopleFile.MAX_BYTES + 1));
        assertThatThrownBy(() -> favorites().names(RELAY)).hasMessageContaining("larger than 1 MB");
    }
}
