package voiptui.relay.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.Contact;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directories;
import voiptui.relay.directory.Directory;
import voiptui.relay.directory.DirectorySettings;
import voiptui.testkit.ManualClock;

class PresenceServiceTest {

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path stateDir;

    private PresenceService presence;

    @BeforeEach
    void createService() {
        Directory directory =
                Directories.open(DirectorySettings.of(stateDir, AccessPolicy.OPEN), warning -> {}, clock, clock);
        presence = new PresenceService(directory.names(), directory.lastSeen(), clock);
    }

    /** A client whose state a test sets. */
    private final class Client implements PresenceClient {
        private final String name;
        private final List<RelayMessage> received = new ArrayList<>();
        private boolean connected = true;
        private boolean idle = true;
        private boolean ended;

        Client(String name) {
            this.name = name;
            presence.onChanged(this);
        }

        void become(boolean nowConnected, boolean nowIdle) {
            connected = nowConnected;
            idle = nowIdle;
            presence.onChanged(this);
            presence.sendChanges();
        }

        List<Contact> changes() {
            return received.stream()
                    .filter(RelayMessage.Presence.class::isInstance)
                    .map(message -> ((RelayMessage.Presence) message).contact())
                    .toList();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean hasEnded() {
            return ended;
        }

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public boolean isIdle() {
            return idle;
        }

        @Override
        public void sendAll(List<RelayMessage> messages) {
            received.addAll(messages);
        }

        @Override
        public void sendPages(Iterator<RelayMessage> pages) {
            pages.forEachRemaining(received::add);
        }
    }

    private static Contact contact(String name, boolean online, boolean busy) {
        return new Contact(name, online, busy, 0);
    }

    @Test
    void shouldSendTheListAndThenWhatChanges() {
        Client dora = new Client("dora");
        Client attic = new Client("attic");
        presence.watch(dora);
        assertThat(dora.received)
                .containsExactly(new RelayMessage.Contacts(
                        List.of(contact("attic", true, false), contact("dora", true, false)), false));

        attic.become(true, false);
        clock.advanceMs(1_000);
        attic.become(false, false);

        assertThat(dora.changes()).containsExactly(contact("attic", true, true), contact("attic", false, false));
    }

    @Test
    void shouldHoldBackAChangeWithinASecondOfTheLast() {
        Client dora = new Client("dora");
        Client attic = new Client("attic");
        presence.watch(dora);
        attic.become(true, false);
        attic.become(true, true);
        assertThat(dora.changes()).hasSize(1);

        clock.advanceMs(1_000);
        presence.sweep();

        assertThat(dora.changes()).containsExactly(contact("attic", true, true), contact("attic", true, false));
    }

    @Test
    void shouldSendTheListAtMostEveryFiveSeconds() {
        Client dora = new Client("dora");
        presence.watch(dora);
        presence.watch(dora);
        clock.advanceMs(4_999);
        presence.sweep();
        assertThat(dora.received).hasSize(1);

        clock.advanceMs(1);
        presence.sweep();

        assertThat(dora.received).hasSize(2);
    }

    @Test
    void shouldSendNoListWithoutAConnection() {
        Client dora = new Client("dora");
        dora.connected = false;
        presence.watch(dora);
        assertThat(dora.received).isEmpty();

        dora.connected = true;
        presence.sweep();

        assertThat(dora.received).hasAtLeastOneElementOfType(RelayMessage.Contacts.class);
    }

    @Test
    void shouldForgetAClientThatHasEnded() {
        Client dora = new Client("dora");
        Client attic = new Client("attic");
        presence.watch(dora);

        attic.ended = true;
        attic.become(true, true);

        assertThat(dora.changes()).containsExactly(contact("attic", false, false));
    }
}
