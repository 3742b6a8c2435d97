package voiptui.relay.media.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.rtp.RtpPacket;

class LegLossesTest {

    private final LegMeter leg = new LegMeter();
    private final LegLosses losses = new LegLosses();

    private void hear(int... sequences) {
        for (int sequence : sequences) {
            ByteBuffer packet = ByteBuffer.allocate(60);
            RtpPacket.writeHeader(packet, false, 111, sequence, sequence * 960, 7);
            leg.onPacket(packet, sequence * 20_000_000L, null);
        }
    }

    @Test
    void shouldCountWhatWasLostInEachInterval() {
        hear(1, 2, 4, 5);
        losses.look(List.of(leg));
        hear(6, 7, 8);
        losses.look(List.of(leg));

        assertThat(losses.fromClients().sum()).isEqualTo(200_000);
        assertThat(losses.fromClients().counts()[0])
                .as("the interval without losses")
                .isEqualTo(1);
        assertThat(losses.toClients().sum()).as("nobody has reported").isZero();
    }

    @Test
    void shouldNotCountAnIntervalInWhichNobodySpoke() {
        hear(1, 2);
        losses.look(List.of(leg));
        losses.look(List.of(leg));

        assertThat(losses.fromClients().counts()).startsWith(1).endsWith(0);
    }

    @Test
    void shouldTakeALatePacketForNoLoss() {
        hear(1, 2, 4);
        losses.look(List.of(leg));
        hear(3, 5);
        losses.look(List.of(leg));

        assertThat(losses.fromClients().sum()).isEqualTo(250_000);
    }

    @Test
    void shouldForgetLegsOfCallsThatHaveEnded() {
        hear(1, 2, 4, 5);
        losses.look(List.of(leg));
        losses.look(List.of());
        losses.look(List.of(leg));

        assertThat(losses.fromClients().sum()).isEqualTo(400_000);
    }
}
