package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;

/** What the relay passes on about the encryption between two clients. */
class EncryptionForwardingTest extends RegistrarFixture {

    private static final String CALL = "1".repeat(32);
    private static final String OTHER_CALL = "2".repeat(32);
    private static final MediaFeatures ENCRYPTED = MediaFeatures.of(MediaFeature.DTLS_SRTP);
    private static final String NOBODYS = "SHA256:" + "n".repeat(43);

    @BeforeEach
    void signIn() {
        play("dora in; attic in");
    }

    private static MediaOffer offer(@Nullable String fingerprint) {
        return new MediaOffer(List.of(MediaCodec.OPUS), ENCRYPTED, fingerprint);
    }

    private String own(String who) {
        return session(who).fingerprint();
    }

    private void say(String who, ClientMessage message) {
        registrar.onMessage(session(who), message);
    }

    private RelayMessage.Connected connected(String who) {
        List<RelayMessage.Connected> all = channel(who).all(RelayMessage.Connected.class);
        return all.get(all.size() - 1);
    }

    private void connect(@Nullable String callers, @Nullable String callees) {
        say("dora", new ClientMessage.Call(CALL, "attic", offer(callers)));
        say("attic", new ClientMessage.Accept(CALL, offer(callees)));
    }

    @Test
    void shouldShowEachSideTheFingerprintOfTheOther() {
        connect(own("dora"), own("attic"));

        assertThat(connected("dora").fingerprint()).isEqualTo(own("attic"));
        assertThat(connected("attic").fingerprint()).isEqualTo(own("dora"));
        assertThat(connected("attic").format().features()).isEqualTo(ENCRYPTED);
    }

    @Test
    void shouldShowItAgainToAClientThatAsks() {
        connect(own("dora"), own("attic"));
        say("dora", new ClientMessage.Call(CALL, "attic", offer(own("dora"))));

        assertThat(channel("dora").all(RelayMessage.Connected.class)).hasSize(2);
        assertThat(connected("dora").fingerprint()).isEqualTo(own("attic"));
    }

    @Test
    void shouldShowNoFingerprintThatIsNotTheClientsOwn() {
        connect(NOBODYS, own("dora"));

        assertThat(connected("dora").fingerprint()).isNull();
        assertThat(connected("attic").fingerprint()).isNull();
    }

    @Test
    void shouldShowNeitherIfOneSideAnnouncesNone() {
        connect(own("dora"), null);

        assertThat(connected("dora").fingerprint()).isNull();
        assertThat(connected("attic").fingerprint()).isNull();
    }

    @Test
    void shouldShowThemWhenBothCallEachOther() {
        say("dora", new ClientMessage.Call(CALL, "attic", offer(own("dora"))));
        say("attic", new ClientMessage.Call(OTHER_CALL, "dora", offer(own("attic"))));

        assertThat(connected("dora").fingerprint()).isEqualTo(own("attic"));
        assertThat(connected("attic").fingerprint()).isEqualTo(own("dora"));
        assertThat(connected("attic").replaces()).isEqualTo(OTHER_CALL);
    }

    @Test
    void shouldShowThemWhenBothRejoin() {
        MediaFormat format = new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, ENCRYPTED);
        say("dora", new ClientMessage.Rejoin(CALL, "attic", format, own("dora")));
        say("attic", new ClientMessage.Rejoin(CALL, "dora", format, own("attic")));

        assertThat(connected("dora").fingerprint()).isEqualTo(own("attic"));
        assertThat(connected("attic").fingerprint()).isEqualTo(own("dora"));
    }

    @Test
    void shouldTellTheCallerWhyItIsRejected() {
        say("dora", new ClientMessage.Call(CALL, "attic", offer(null)));
        say("attic", new ClientMessage.Reject(CALL, "not-encrypted"));

        assertThat(channel("dora").all(RelayMessage.Ended.class))
                .containsExactly(new RelayMessage.Ended(CALL, CallEnding.REJECTED, "not-encrypted"));
    }

    @Test
    void shouldTellThePeerWhyItHangsUp() {
        connect(own("dora"), own("attic"));
        say("dora", new ClientMessage.Hangup(CALL, "a-later-reason"));

        assertThat(channel("attic").all(RelayMessage.Ended.class))
                .containsExactly(new RelayMessage.Ended(CALL, CallEnding.HUNG_UP, "a-later-reason"));
    }

    @Test
    void shouldRepeatTheObjectionOfNobodyWhoIsNotTheLast() {
        play("attic/2 in");
        say("dora", new ClientMessage.Call(CALL, "attic", offer(null)));
        say("attic", new ClientMessage.Reject(CALL, "not-encrypted"));
        say("attic/2", new ClientMessage.Reject(CALL));

        assertThat(channel("dora").all(RelayMessage.Ended.class))
                .containsExactly(new RelayMessage.Ended(CALL, CallEnding.REJECTED));
    }
}
