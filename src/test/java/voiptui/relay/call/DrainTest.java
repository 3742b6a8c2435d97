package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.relay.registrar.Drain;

/** A relay that is about to stop. */
class DrainTest extends RegistrarFixture {

    private static final Drain DRAIN = new Drain("two.example:8888", 30_000);

    @Test
    void shouldKeepRunningAndRingingCallsAndRefuseNewOnes() {
        play(
                "dora in new; attic in new; cellar in new; bell in new; dora call 1 attic; attic accept 1; cellar call 2 bell");

        registrar.drain(DRAIN);

        assertThat(state()).isEqualTo("1 connected dora=attic opus rtp, 2 ringing at bell");
        assertThat(registrar.hasCalls()).isTrue();
        assertThat(sentBy("bell accept 2; cellar hangup 2")).contains("bell: ended 2 hung-up");
        assertThat(sentBy("cellar call 3 bell")).isEqualTo("cellar: ended 3 draining");
        play("dora hangup 1");
        assertThat(registrar.hasCalls()).isFalse();
    }

    @Test
    void shouldEndCallsThatWaitForSomebodyWhoIsNotThere() {
        play("dora in new; dora call 1 attic");
        assertThat(state()).isEqualTo("1 waiting");

        assertThat(sentBy("")).isEmpty();
        registrar.drain(DRAIN);

        assertThat(state()).isEqualTo("-");
        assertThat(channel("dora").all(RelayMessage.Ended.class)).hasSize(1);
    }

    @Test
    void shouldTellClientsThatUnderstandItWhereToGo() {
        play("dora in new; attic in");

        registrar.drain(DRAIN);

        assertThat(channel("dora").all(RelayMessage.Draining.class))
                .containsExactly(new RelayMessage.Draining("two.example:8888", 30_000));
        assertThat(channel("attic").all(RelayMessage.Draining.class)).isEmpty();
        assertThat(sentBy("attic call 1 dora")).as("an older client").isEqualTo("attic: ended 1 busy");
    }

    @Test
    void shouldTakeInNobodyButThoseWhoReturn() {
        play("dora in new; attic in new; dora call 1 attic; attic accept 1; dora drops");

        registrar.drain(DRAIN);

        assertThat(signIn("cellar", true)).isEmpty();
        assertThat(channel("cellar").all(RelayMessage.Error.class))
                .containsExactly(new RelayMessage.Error(RefusalCode.DRAINING, "", null, "two.example:8888"));
        play("dora in new");
        assertThat(state()).isEqualTo("1 connected dora=attic opus rtp");
        assertThat(channel("dora").all(RelayMessage.Draining.class))
                .as("told again")
                .hasSize(1);
    }

    @Test
    void shouldRegisterNoNewClassicClientButKeepPairs() {
        play("classic 10.0.1.1/5000 wants 10.0.1.2; classic 10.0.1.2/5000 wants 10.0.1.1");

        registrar.drain(DRAIN);
        play("classic 10.0.1.3/5000 wants 10.0.1.4; classic 10.0.1.1/5000 wants 10.0.1.2");

        assertThat(registry.size()).isEqualTo(2);
        assertThat(registry.hasPairs()).isTrue();
        assertThat(registry.fullReason()).isEqualTo("the relay is about to stop");
    }
}
