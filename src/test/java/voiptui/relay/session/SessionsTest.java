package voiptui.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final Sessions<FakeSession> sessions = new Sessions<>();
    private final FakeSession dora = new FakeSession("dora", 1, "192.0.2.1", 0);
    private final FakeSession attic = new FakeSession("attic", 2, "192.0.2.2", 0);

    SessionsTest() {
        sessions.add(dora);
        sessions.add(attic);
    }

    @Test
    void shouldFindASessionByWhatIdentifiesIt() {
        attic.source = new InetSocketAddress(attic.host, 5000);

        assertThat(sessions.find("SHA256:dora", "dora1")).contains(dora);
        assertThat(sessions.find("SHA256:attic", "dora1")).isEmpty();
        assertThat(sessions.ofId(2)).contains(attic);
        assertThat(sessions.ofSource(new InetSocketAddress(attic.host, 5000))).contains(attic);
        assertThat(sessions.ofSource(new InetSocketAddress(attic.host, 5001))).isEmpty();
    }

    @Test
    void shouldReturnACopyOfTheMatchesOldestFirst() {
        for (FakeSession session : sessions.all(any -> true)) {
            sessions.remove(session);
        }

        assertThat(sessions.size()).isZero();
        assertThat(sessions.ofId(1)).isEmpty();
    }

    @Test
    void shouldNotRemoveASuccessorWithTheSameKey() {
        FakeSession successor = new FakeSession("dora", 1, "192.0.2.1", 1);
        sessions.add(successor);

        sessions.remove(dora);

        assertThat(sessions.find("SHA256:dora", "dora1")).contains(successor);
    }
}
