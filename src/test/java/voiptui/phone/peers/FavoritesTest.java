package voiptui.phone.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.testkit.Deadline;

@Timeout(30)
class FavoritesTest {

    private final Queue<String> saved = new ConcurrentLinkedQueue<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();

    private final FavoriteStore store = new FavoriteStore() {
        @Override
        public Set<String> names() {
            return Set.of("ben");
        }

        @Override
        public void put(String name, boolean favorite) throws IOException {
            if (name.equals("zoe")) {
                throw new IOException("the disk is full");
            }
            saved.add(name + " " + favorite);
        }
    };

    @Test
    void shouldKeepWhoIsAFavorite() {
        try (FileWriter writer = new FileWriter()) {
            Favorites favorites = new Favorites(store, writer, (name, problem) -> failed.add(name));
            assertThat(favorites.contains("ben")).as("since the last time").isTrue();

            assertThat(favorites.toggle("ben")).isFalse();
            assertThat(favorites.toggle("anna")).isTrue();
            assertThat(favorites.toggle("zoe")).isTrue();

            assertThat(favorites.contains("ben")).isFalse();
            Deadline.require(10_000, () -> "what was tried: " + failed, () -> failed.contains("zoe"));
            assertThat(saved).containsExactly("ben false", "anna true");
            assertThat(favorites.contains("zoe")).as("until the phone ends").isTrue();
        }
    }
}
