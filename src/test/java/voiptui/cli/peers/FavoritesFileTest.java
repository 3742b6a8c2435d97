package voiptui.cli.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.identity.Favorites;

class FavoritesFileTest {

    @TempDir
    private Path folder;

    private FavoritesFile at(String relay) throws IOException {
        Favorites file = new Favorites(folder.resolve("favorites"));
        return new FavoritesFile(file, relay, file.names(relay));
    }

    @Test
    void shouldKeepFavoritesForTheNextStartAtTheSameRelay() throws IOException {
        FavoritesFile first = at("relay.example");
        first.put("ben", true);
        first.put("zoe", true);
        first.put("ben", false);

        assertThat(first.names()).as("as it was at the start").isEmpty();
        assertThat(at("relay.example").names()).containsExactly("zoe");
        assertThat(at("other.example").names()).isEmpty();
    }
}
