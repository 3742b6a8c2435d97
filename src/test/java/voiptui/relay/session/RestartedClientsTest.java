package voiptui.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.testkit.ManualClock;

class RestartedClientsTest {

    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private final ManualClock clock = new ManualClock();
    private final Sessions<FakeSession> sessions = new Sessions<>();
    private final RestartedClients<FakeSession> restarted = new RestartedClients<>(sessions, clock);

    private FakeSession signIn(String name, int process, String host) {
        FakeSession session = new FakeSession(name, process, host, clock.nanoTime());
        sessions.add(session);
        return session;
    }

    @Test
    void shouldFindWhatAProcessLeftBehindThatWasStartedAgain() {
        FakeSession old = signIn("dora", 1, HERE);
        FakeSession other = signIn("attic", 2, HERE);
        old.connected = false;
        other.connected = false;
        clock.advanceMs(RestartedClients.SILENCE_MS);
        FakeSession started = new FakeSession("dora", 3, HERE, clock.nanoTime());

        assertThat(restarted.leftBehindBy(started.client, true, started.host, false))
                .containsExactly(old);
        assertThat(restarted.leftBehindBy(started.client, false, started.host, false))
                .as("another role")
                .isEmpty();
    }

    @Test
    void shouldGiveUpACallOnTheSameHostOrIfItsPlaceIsNeeded() {
        FakeSession old = signIn("dora", 1, HERE);
        old.connected = false;
        old.inCall = true;
        FakeSession here = new FakeSession("dora", 2, HERE, clock.nanoTime());
        FakeSession there = new FakeSession("dora", 3, THERE, clock.nanoTime());

        assertThat(restarted.leftBehindBy(here.client, true, here.host, false)).containsExactly(old);
        assertThat(restarted.leftBehindBy(there.client, true, there.host, false))
                .isEmpty();
        assertThat(restarted.leftBehindBy(there.client, true, there.host, true)).containsExactly(old);
    }

    @Test
    void shouldLeaveASessionAloneWhoseMediaArrives() {
        FakeSession old = signIn("dora", 1, HERE);
        old.connected = false;
        old.flow.status.onHeard(clock.nanoTime(), 100, false);
        FakeSession started = new FakeSession("dora", 2, HERE, clock.nanoTime());

        assertThat(restarted.leftBehindBy(started.client, true, started.host, true))
                .isEmpty();
        old.flow.status.onUnreachable();
        assertThat(restarted.leftBehindBy(started.client, true, started.host, true))
                .containsExactly(old);
    }

    @Test
    void shouldAskOnlyConnectedProcessesOfThatUserAndHost() {
        FakeSession asked = signIn("dora", 1, HERE);
        FakeSession elsewhere = signIn("dora", 2, THERE);
        FakeSession lost = signIn("dora", 3, HERE);
        lost.connected = false;

        restarted.probe(asked.client, true, asked.host);

        assertThat(asked.sent).containsExactly(RestartedClients.PROBE);
        assertThat(elsewhere.sent).isEmpty();
        assertThat(lost.sent).isEmpty();
    }

    @Test
    void shouldFindWhatWasReplacedBeforeItWasKnownToBeLost() {
        FakeSession old = signIn("dora", 1, HERE);
        clock.advanceMs(1_000);
        signIn("dora", 2, HERE);
        assertThat(restarted.leftBehind()).as("both are connected").isEmpty();

        old.connected = false;
        assertThat(restarted.leftBehind()).containsExactly(old);

        old.heardNs = clock.nanoTime() + 1;
        assertThat(restarted.leftBehind()).as("heard after the other signed in").isEmpty();
    }
}
