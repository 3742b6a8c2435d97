package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.BlockedPeer;
import voiptui.phone.peers.BlockedCallers;

class CallScreeningTest {

    private final BlockedCallers blocked = new BlockedCallers(List.of(new BlockedPeer("dora", "SHA256:dora")));

    @Test
    void shouldRejectABlockedCertificateWhateverItsName() {
        CallScreening screening = new CallScreening(true, AnonymousCallers.RING, blocked, EncryptionScreening.NONE);

        assertThat(screening.rejection("dora-2", "SHA256:dora")).contains(new PhoneEvent.BlockedCall("dora-2"));
        assertThat(screening.rejection("dora", "SHA256:other")).isEmpty();
        assertThat(screening.rejection("192.0.2.7", null)).isEmpty();
    }

    @Test
    void shouldRejectAnonymousCallersOnRequest() {
        CallScreening screening = new CallScreening(true, AnonymousCallers.REJECTED, blocked, EncryptionScreening.NONE);

        assertThat(screening.rejection("192.0.2.7", null)).contains(new PhoneEvent.CallRefused("192.0.2.7"));
        assertThat(screening.rejection("attic", "SHA256:attic")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  RING,      attic,     true",
        "true,  RING,      192.0.2.7, false",
        "true,  AS_OTHERS, 192.0.2.7, true",
        "false, AS_OTHERS, 192.0.2.7, false",
        "false, RING,      attic,     false",
    })
    void shouldAnswerUnaskedWhoIsKnown(
            boolean autoAnswer, AnonymousCallers anonymous, String caller, boolean expected) {
        assertThat(new CallScreening(autoAnswer, anonymous, blocked, EncryptionScreening.NONE).mayAnswerUnasked(caller))
                .isEqualTo(expected);
    }

    @Test
    void shouldFollowTheListOfBlockedCallers() {
        CallScreening screening = new CallScreening(false, AnonymousCallers.RING, blocked, EncryptionScreening.NONE);

        blocked.find("dora").forEach(blocked::remove);
        blocked.add(new BlockedPeer("attic", "SHA256:attic"));

        assertThat(screening.rejection("dora", "SHA256:dora")).isEmpty();
        assertThat(screening.rejection("attic", "SHA256:attic")).isPresent();
    }
}
