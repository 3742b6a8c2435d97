package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.SessionEvent;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;
import voiptui.net.HostAddresses;
import voiptui.protocol.RelayMessage;
import voiptui.session.RelaySession;
import voiptui.session.SessionConfig;
import voiptui.session.SessionListener;
import voiptui.time.NanoClock;

/** Which relay a phone uses; the sessions reach nobody. */
class RelayHandoverTest {

    private static final String HOME = "127.0.0.1:1";
    private static final String OTHER = "127.0.0.2:1";

    @TempDir
    private Path folder;

    private final List<Event> events = new ArrayList<>();
    private final List<RelaySession> sessions = new ArrayList<>();
    private KnownRelays known;
    private RelayHandover relays;

    @BeforeEach
    void create() {
        known = new KnownRelays(folder.resolve("known_relays"));
        relays = create(false);
    }

    private RelayHandover create(boolean acceptNew) {
        return new RelayHandover(
                new SessionConfig(
                        new SessionConfig.Endpoint(
                                HOME,
                                HostAddresses.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                                null,
                                0,
                                0),
                        new SessionConfig.Timing(0, 1_000, 0),
                        new SessionConfig.Credentials("alice", true, Identity.create(), known, acceptNew)),
                this::open,
                Runnable::run,
                Runnable::run,
                events::add);
    }

    private RelaySession open(SessionConfig config) {
        RelaySession session = new RelaySession(config, new EventBus(), NanoClock.SYSTEM, new Deaf());
        sessions.add(session);
        return session;
    }

    private static final class Deaf implements SessionListener {
        @Override
        public void onSignedIn(RelayMessage.Welcome welcome) {}

        @Override
        public void onMessage(RelayMessage message) {}

        @Override
        public void onLost(String problem, int attempt, long retryInMs) {}

        @Override
        public void onRefused(voiptui.event.EndReason reason, String detail) {}

        @Override
        public void onClassicRelay() {}
    }

    @AfterEach
    void close() {
        relays.close();
    }

    @Test
    void shouldChangeToARelayThatIsPinned() throws IOException {
        known.add(OTHER, Identity.create().fingerprint());

        relays.onDraining(OTHER);
        assertThat(relays.isDue()).isTrue();
        assertThat(relays.isAway()).as("a call may be going on").isFalse();
        relays.change();

        assertThat(relays.config().relayName()).isEqualTo(OTHER);
        assertThat(relays.session()).isSameAs(sessions.get(1));
        assertThat(events).containsExactly(new SessionEvent.RelayChanged(HOME, OTHER));
    }

    @Test
    void shouldNotFollowARelayToAStrangerAndSayHowTo() {
        relays.onDraining(OTHER);
        relays.onDraining(OTHER);

        assertThat(relays.isDue()).isFalse();
        assertThat(events).hasSize(1);
        assertThat(((SessionEvent.RelayNotFollowed) events.get(0)).problem()).contains("--server " + OTHER);
    }

    @Test
    void shouldFollowToAStrangerWhereTheUserTrustsNewRelays() {
        relays = create(true);

        relays.onDraining(OTHER);

        assertThat(relays.isDue()).isTrue();
    }

    @Test
    void shouldReturnHomeFromARelayThatIsOfNoUseAndNotTryItAgain() throws IOException {
        known.add(OTHER, Identity.create().fingerprint());
        relays.onDraining(OTHER);
        relays.change();

        relays.goHome("the relay is full");

        assertThat(relays.config().relayName()).isEqualTo(HOME);
        assertThat(events)
                .containsExactly(
                        new SessionEvent.RelayChanged(HOME, OTHER),
                        new SessionEvent.RelayNotFollowed(OTHER, "the relay is full"),
                        new SessionEvent.RelayChanged(OTHER, HOME));
        relays.onDraining(OTHER);
        assertThat(relays.isDue()).isFalse();
    }

    @Test
    void shouldStayWithARelayThatIsBackInTime() throws IOException {
        known.add(OTHER, Identity.create().fingerprint());
        relays.onDraining(OTHER);

        relays.onSignedIn();

        assertThat(relays.isDue()).isFalse();
    }

    @Test
    void shouldIgnoreNonsenseAndItsOwnRelay() throws IOException {
        known.add(HOME, Identity.create().fingerprint());

        relays.onDraining(null);
        relays.onDraining(HOME);
        relays.onDraining("[::1");

        assertThat(relays.isDue()).isFalse();
        assertThat(events).isEmpty();
    }
}
