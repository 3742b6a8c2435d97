package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.SessionFeature;
import voiptui.relay.call.Call.Phase;

/** What the parties of a call are told. */
class CallNotifierTest extends RegistrarFixture {

    private static final String CALL = "1".repeat(32);

    private CallNotifier notifier;
    private ClientSession dora;
    private Call call;

    @BeforeEach
    void createCall() {
        notifier = new CallNotifier(new RelayContext(bus, counters, clock, clock, new Random(1)));
        play("dora in; attic in");
        dora = session("dora");
        call = new Call(
                CALL,
                dora,
                new CallTarget.Name("attic"),
                new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE),
                Phase.WAITING,
                clock.nanoTime());
        channel("dora").messages.clear();
        channel("attic").messages.clear();
    }

    @ParameterizedTest
    @CsvSource({"false, true, BUSY", "false, false, CANCELLED", "true, true, NO_ANSWER", "true, false, NO_ANSWER"})
    void shouldTellOlderProgramsAnOlderReason(boolean callWaiting, boolean isCaller, CallEnding told) {
        dora.onHello(new ClientMessage.Hello(
                ClientMessage.VERSION,
                "dora",
                "0".repeat(16),
                true,
                callWaiting ? new MediaFeatures(List.of(SessionFeature.CALL_WAITING.wire())) : MediaFeatures.NONE,
                0,
                0));

        notifier.sendEnded(CALL, dora, isCaller, CallEnding.NO_ANSWER);
        notifier.sendEnded(CALL, dora, isCaller, CallEnding.ELSEWHERE);

        assertThat(channel("dora").messages)
                .containsExactly(
                        new RelayMessage.Ended(CALL, told), new RelayMessage.Ended(CALL, CallEnding.ELSEWHERE));
    }

    @Test
    void shouldTellTheStateOfACall() {
        notifier.sendState(call, dora);
        call.phase = Phase.RINGING;
        notifier.sendState(call, dora);
        call.phase = Phase.REJOINING;
        notifier.sendState(call, dora);

        assertThat(channel("dora").messages)
                .containsExactly(
                        new RelayMessage.Progress(CALL, RelayMessage.CallProgress.WAITING),
                        new RelayMessage.Progress(CALL, RelayMessage.CallProgress.RINGING));
    }

    @Test
    void shouldTellAPhoneWhoCalledIt() {
        notifier.sendMissed(call, session("attic"));

        assertThat(channel("attic").messages)
                .containsExactly(new RelayMessage.Missed("dora", clock.millis(), dora.fingerprint()));
        assertThat(channel("dora").messages).isEmpty();
    }
}
