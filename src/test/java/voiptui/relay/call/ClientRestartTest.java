package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.protocol.RelayMessage;
import voiptui.relay.session.RestartedClients;

/** A client process that was killed and started again takes its own place. {@code dora/2} is on dora's host. */
class ClientRestartTest extends RegistrarFixture {

    @Test
    void shouldReplaceALostClientOfAFullRelay() {
        play("dora in");
        for (int i = 1; i < MAX_CLIENTS; i++) {
            signIn("p" + i, "p" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        play("dora drops; 1 s");

        assertThat(sentBy("dora/2 in")).isEmpty();
        assertThat(channel("dora/2").all(RelayMessage.Welcome.class)).hasSize(1);
        assertThat(registrar.size()).isEqualTo(MAX_CLIENTS);
    }

    @Test
    void shouldReplaceAClientOnAnotherHostIfItsPlaceIsNeeded() {
        play("dora in; attic in; dora call 1 attic; attic accept 1");
        for (int i = 2; i < MAX_CLIENTS; i++) {
            signIn("p" + i, "p" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        play("dora drops; 1 s");

        assertThat(sentBy("dora/3 in")).isEqualTo("attic: ended 1 peer-lost");
        assertThat(registrar.size()).isEqualTo(MAX_CLIENTS);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // The caller was killed during a call: the callee is told, and is not busy for the next call.
                "dora in quiet; attic in; dora call 1 attic; attic accept 1; dora drops; 1 s | dora/2 in quiet; dora/2 call 2 attic"
                        + " | attic: ended 1 peer-lost; attic: incoming 2 dora opus,pcm; dora/2: progress 2 ringing",
                // The callee was killed during a call: its caller is told.
                "dora in; attic in; attic call 1 dora; dora accept 1; dora drops; 1 s | dora/2 in | attic: ended 1 peer-lost",
                // The callee was killed while it rang: the new process rings.
                "dora in; attic in; attic call 1 dora; dora drops; 1 s | dora/2 in"
                        + " | attic: progress 1 waiting; dora/2: incoming 1 attic opus,pcm; attic: progress 1 ringing",
                // The caller was killed while it rang.
                "dora in quiet; attic in; dora call 1 attic; dora drops; 1 s | dora/2 in quiet; dora/2 call 2 attic"
                        + " | attic: ended 1 peer-lost; attic: incoming 2 dora opus,pcm; dora/2: progress 2 ringing",
                // Another kind of process, and one on another host: the lost one may come back.
                "dora in; attic in; attic call 1 dora; dora accept 1; dora drops; 1 s | dora/2 in quiet; 2 s | ''",
                "dora in; attic in; attic call 1 dora; dora accept 1; dora drops; 1 s | dora/3 in; 2 s | ''",
            })
    void shouldTellTheOtherSide(String before, String restart, String sent) {
        play(before);
        assertThat(sentBy(restart)).isEqualTo(sent);
    }

    @Test
    void shouldNotReplaceAClientWhoseMediaStillArrives() {
        play("dora in; attic in; attic call 1 dora; dora accept 1; dora drops; dora heard");
        assertThat(sentBy("dora/2 in")).isEmpty();
        for (int i = 0; i < 20; i++) {
            clock.advanceMs(100);
            assertThat(sentBy("dora heard")).isEmpty();
            registrar.sweep();
        }
        play("dora in");
        assertThat(channel("dora").all(RelayMessage.Welcome.class).get(0).resumed())
                .isTrue();
    }

    @Test
    void shouldTellTheOtherSideWithinASecondAfterTheMediaHasStopped() {
        play("dora in; attic in; attic call 1 dora; dora accept 1; dora drops; dora heard; dora/2 in");
        assertThat(sentBy("1 s")).isEqualTo("attic: ended 1 peer-lost");
    }

    @Test
    void shouldReplaceAClientAtOnceWhoseHostRefusesPackets() {
        play("dora in; attic in; attic call 1 dora; dora accept 1; dora drops; dora heard");
        session("dora").flow().status.onUnreachable();
        assertThat(sentBy("dora/2 in")).isEqualTo("attic: ended 1 peer-lost");
    }

    @Test
    void shouldAskTheHostWhetherAProcessIsGoneWhoseEndWasNotSeen() {
        play("dora in; attic in; attic call 1 dora; dora accept 1; 1 s; dora hangs");
        channel("dora").closed = false;
        play("attic/2 in; dora/2 in");
        assertThat(channel("dora").all(RelayMessage.Pong.class)).contains((RelayMessage.Pong) RestartedClients.PROBE);

        assertThat(sentBy("dora drops")).as("its host answered").isEqualTo("attic: ended 1 peer-lost");
    }

    @Test
    void shouldKeepAnOlderProcessOfTheSameUserThatLosesItsConnection() {
        play("dora/2 in; 1 s; dora in; 1 s; dora drops; 2 s");
        assertThat(registrar.size()).isEqualTo(2);
        Optional<ClientSession> back = signIn("dora", true);
        assertThat(back).isPresent();
        assertThat(channel("dora").all(RelayMessage.Welcome.class).get(0).resumed())
                .isTrue();
    }
}
