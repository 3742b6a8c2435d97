package voiptui.phone.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import voiptui.call.PeerIdentities.Known;
import voiptui.phone.peers.PeerStore.Peer;

class PeerBookTest {

    private static final long LONG_S = 20;

    private final List<Peer> stored = new ArrayList<>(List.of(new Peer("ben", "SHA256:ben", false)));
    private final CountDownLatch mayRead = new CountDownLatch(1);
    private final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Peer> written = new LinkedBlockingQueue<>();
    private boolean full;
    private int changes;

    private final PeerStore store = new PeerStore() {
        @Override
        public List<Peer> known() {
            return List.copyOf(stored);
        }

        @Override
        public List<Peer> read() {
            try {
                mayRead.await(LONG_S, TimeUnit.SECONDS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
            return List.copyOf(stored);
        }

        @Override
        public void put(Peer peer) throws IOException {
            if (full) {
                throw new IOException("full");
            }
            written.add(peer);
        }
    };
    private final PeerBook book = new PeerBook(
            store, (name, problem) -> failures.add(name + ": " + problem.getMessage()), posted::add, () -> changes++);

    @AfterEach
    void close() {
        mayRead.countDown();
        book.close();
    }

    @Test
    void shouldKnowWhomTheStoreKnewAtTheStart() {
        assertThat(book.find("ben")).isEqualTo(new Known("SHA256:ben", false));
        assertThat(book.find("eve")).isNull();
    }

    @Test
    void shouldRememberAtOnceAndSave() throws InterruptedException {
        book.remember("eve", new Known("SHA256:eve", true));

        assertThat(book.find("eve")).isEqualTo(new Known("SHA256:eve", true));
        assertThat(changes).isEqualTo(1);
        assertThat(written.poll(LONG_S, TimeUnit.SECONDS)).isEqualTo(new Peer("eve", "SHA256:eve", true));
    }

    @Test
    void shouldSayThatAPeerCannotBeSavedAndKnowThemAllTheSame() throws InterruptedException {
        full = true;
        book.remember("eve", new Known("SHA256:eve", false));

        assertThat(failures.poll(LONG_S, TimeUnit.SECONDS)).isEqualTo("eve: full");
        assertThat(book.find("eve")).isNotNull();
    }

    @Test
    void shouldSeeWhatOthersHaveWritten() throws InterruptedException {
        stored.set(0, new Peer("ben", "SHA256:new", true));
        mayRead.countDown();
        book.refresh();
        posted.poll(LONG_S, TimeUnit.SECONDS).run();

        assertThat(book.find("ben")).isEqualTo(new Known("SHA256:new", true));
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void shouldForgetNothingThatItLearnedWhileItRead() throws InterruptedException {
        book.refresh();
        book.remember("eve", new Known("SHA256:eve", false));
        mayRead.countDown();
        posted.poll(LONG_S, TimeUnit.SECONDS).run();

        assertThat(book.find("eve")).isEqualTo(new Known("SHA256:eve", false));
    }
}
