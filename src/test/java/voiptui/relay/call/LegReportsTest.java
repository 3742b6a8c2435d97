package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.relay.registrar.RegistrarCalls;
import voiptui.rtp.RtpPacket;

class LegReportsTest extends RegistrarFixture {

    private static final RelayMessage.Leg NOTHING = new RelayMessage.Leg(0, 0, 0, -1, 0);

    private List<RelayMessage.Legs> toldTo(String who) {
        return channels.get(who).messages.stream()
                .filter(RelayMessage.Legs.class::isInstance)
                .map(RelayMessage.Legs.class::cast)
                .toList();
    }

    private void announceLegs(String who) {
        session(who)
                .onHello(new ClientMessage.Hello(
                        ClientMessage.VERSION, who, "0".repeat(16), true, new MediaFeatures(List.of("legs"))));
    }

    @Test
    void shouldTellEachClientInACallThatAnnouncedIt() {
        play("dora in; attic in; cellar in; dora call 1 attic; attic accept 1");
        announceLegs("dora");
        announceLegs("cellar");
        for (int second = 0; second < 11; second++) {
            clock.advanceMs(1_000);
            for (String who : List.of("dora", "attic", "cellar")) {
                tell(who, new ClientMessage.Ping(second));
            }
            registrar.sweep();
        }
        String call = RegistrarCalls.of(registrar).get(0).id;
        assertThat(toldTo("dora")).hasSize(5).containsOnly(new RelayMessage.Legs(call, NOTHING, NOTHING));
        assertThat(toldTo("attic")).as("of an older version").isEmpty();
        assertThat(toldTo("cellar")).as("in no call").isEmpty();
    }

    private static void hear(ClientSession session, int... sequences) {
        for (int sequence : sequences) {
            ByteBuffer packet = ByteBuffer.allocate(60);
            RtpPacket.writeHeader(packet, false, 111, sequence, sequence * 960, 7);
            session.flow().legs().onPacket(packet, sequence * 20_000_000L, null);
        }
    }

    @Test
    void shouldTellEachSideItsOwnLegFirst() {
        play("dora in; attic in; dora call 1 attic; attic accept 1");
        // The media thread does so when it is told of the call.
        session("dora").flow().measureAnew();
        session("attic").flow().measureAnew();
        announceLegs("dora");
        announceLegs("attic");
        hear(session("dora"), 1, 2, 4);
        hear(session("attic"), 1, 5);
        play("2 s");

        RelayMessage.Leg doras = new RelayMessage.Leg(4, 1, 0, -1, 0);
        RelayMessage.Leg attics = new RelayMessage.Leg(5, 3, 0, -1, 0);
        String call = RegistrarCalls.of(registrar).get(0).id;
        assertThat(toldTo("dora")).containsExactly(new RelayMessage.Legs(call, doras, attics));
        assertThat(toldTo("attic")).containsExactly(new RelayMessage.Legs(call, attics, doras));
    }
}
