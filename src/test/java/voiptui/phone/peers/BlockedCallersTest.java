package voiptui.phone.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.BlockedPeer;

class BlockedCallersTest {

    private static final BlockedPeer DORA = new BlockedPeer("dora", "SHA256:1");
    private static final BlockedPeer ALSO_DORA = new BlockedPeer("dora", "SHA256:2");
    private static final BlockedPeer ATTIC = new BlockedPeer("attic", "SHA256:3");

    private final BlockedCallers callers = new BlockedCallers(List.of(DORA, ATTIC, ALSO_DORA));

    @Test
    void shouldFindByFingerprintOrByName() {
        assertThat(callers.find("SHA256:3")).containsExactly(ATTIC);
        assertThat(callers.find("dora")).containsExactly(DORA, ALSO_DORA);
        assertThat(callers.find("shed")).isEmpty();
    }

    @Test
    void shouldKeepTheOrderAndTheLatestName() {
        callers.add(new BlockedPeer("dora-2", "SHA256:1"));
        callers.remove(ATTIC);

        assertThat(callers.event())
                .isEqualTo(new PhoneEvent.BlockedPeers(List.of(new BlockedPeer("dora-2", "SHA256:1"), ALSO_DORA)));
    }

    @Test
    void shouldNotContainACallerWithoutACertificate() {
        assertThat(callers.contains(null)).isFalse();
        assertThat(callers.contains("SHA256:1")).isTrue();
        assertThat(callers.isEmpty()).isFalse();
        assertThat(new BlockedCallers(List.of()).isEmpty()).isTrue();
    }
}
