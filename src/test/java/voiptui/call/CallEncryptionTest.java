package voiptui.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.call.CallEncryption.Verdict;
import voiptui.call.EncryptionPolicy.ChangedPeers;
import voiptui.call.PeerIdentities.Known;
import voiptui.crypto.MediaSecurity;
import voiptui.event.CallEvent;
import voiptui.event.Encryption;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.PacketFormat;

class CallEncryptionTest {

    private static final String CALL = "1".repeat(32);
    private static final String KNOWN = "SHA256:" + "k".repeat(43);
    private static final String OTHER = "SHA256:" + "o".repeat(43);
    private static final MediaFormat ENCRYPTABLE =
            new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.of(MediaFeature.DTLS_SRTP));
    private static final MediaFormat OLD =
            new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.of(MediaFeature.RED));

    private final Map<String, Known> peers = new HashMap<>();
    private final List<CallEvent> events = new ArrayList<>();
    private CallEncryption encryption = encryption(false, ChangedPeers.ASK);

    private CallEncryption encryption(boolean required, ChangedPeers changed) {
        PeerIdentities identities = new PeerIdentities() {
            @Override
            public @Nullable Known find(String name) {
                return peers.get(name);
            }

            @Override
            public void remember(String name, Known known) {
                peers.put(name, known);
            }
        };
        return new CallEncryption(new EncryptionPolicy(required, changed), identities, events::add);
    }

    private Verdict judge(@Nullable String fingerprint) {
        return judge("ben", "ben", ENCRYPTABLE, fingerprint);
    }

    private Verdict judge(String target, String peer, MediaFormat format, @Nullable String fingerprint) {
        return encryption.judge(
                target, new RelayMessage.Connected(CALL, peer, format, null, fingerprint), format, true);
    }

    @Test
    void shouldTrustAPeerWhoIsMetForTheFirstTimeAndRememberThemWhenThereAreKeys() {
        assertThat(judge(KNOWN)).isEqualTo(Verdict.CONNECT);
        assertThat(peers).isEmpty();

        encryption.onKeys("AES");

        assertThat(peers).containsExactly(Map.entry("ben", new Known(KNOWN, false)));
        assertThat(events)
                .containsExactly(
                        new CallEvent.EncryptionChanged(Encryption.END_TO_END, false, KNOWN, "AES", false, true));
    }

    @Test
    void shouldConnectWhoIsKnown() {
        peers.put("ben", new Known(KNOWN, true));

        assertThat(judge(KNOWN)).isEqualTo(Verdict.CONNECT);
        encryption.onKeys("AES");

        assertThat(peers).containsExactly(Map.entry("ben", new Known(KNOWN, true)));
        assertThat(events)
                .containsExactly(
                        new CallEvent.EncryptionChanged(Encryption.END_TO_END, true, KNOWN, "AES", true, true));
    }

    @Test
    void shouldAskAboutAChangedFingerprintOnceAndKeepItOnlyWhenItIsProved() {
        peers.put("ben", new Known(KNOWN, true));

        assertThat(judge(OTHER)).isEqualTo(Verdict.ASK);
        assertThat(judge(OTHER)).as("the relay repeats it").isEqualTo(Verdict.ASK);
        assertThat(events).containsExactly(new CallEvent.PeerChanged("ben", KNOWN, OTHER, true, true));
        encryption.accept();
        assertThat(judge(OTHER)).as("after the relay restarted").isEqualTo(Verdict.CONNECT);
        assertThat(peers).containsEntry("ben", new Known(KNOWN, true));

        encryption.onKeys("AES");
        assertThat(peers).as("verified was the other one").containsEntry("ben", new Known(OTHER, false));
    }

    @Test
    void shouldAskAgainWhenItChangesOnceMore() {
        peers.put("ben", new Known(KNOWN, false));
        judge(OTHER);
        encryption.accept();

        assertThat(judge("SHA256:" + "x".repeat(43))).isEqualTo(Verdict.ASK);
    }

    @ParameterizedTest
    @CsvSource({"REFUSE, REFUSE_CHANGED", "ACCEPT, CONNECT"})
    void shouldObeyTheUserWhoIsNotAsked(ChangedPeers policy, Verdict verdict) {
        peers.put("ben", new Known(KNOWN, false));
        encryption = encryption(false, policy);

        assertThat(judge(OTHER)).isEqualTo(verdict);
        assertThat(events).containsExactly(new CallEvent.PeerChanged("ben", KNOWN, OTHER, false, false));
    }

    @Test
    void shouldAskWhenTheRelayConnectsAnotherFingerprintThanItAnnounced() {
        encryption.expect(KNOWN, false);

        assertThat(judge(OTHER)).isEqualTo(Verdict.ASK);
        assertThat(events).containsExactly(new CallEvent.PeerChanged("ben", KNOWN, OTHER, false, true));
    }

    @Test
    void shouldNotAskTwiceAboutACallerWhomTheUserHasConfirmed() {
        peers.put("ben", new Known(KNOWN, false));
        encryption.expect(OTHER, true);

        assertThat(judge(OTHER)).isEqualTo(Verdict.CONNECT);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldAskAboutACallerWhoBecameKnownWhileTheCallRang() {
        encryption.expect(OTHER, false);
        peers.put("ben", new Known(KNOWN, false));

        assertThat(judge(OTHER)).isEqualTo(Verdict.ASK);
    }

    @Test
    void shouldLookForWhoWasCalledWhateverTheRelayCallsThem() {
        peers.put("ben", new Known(KNOWN, true));
        peers.put("mallory", new Known(OTHER, true));

        assertThat(judge("ben", "mallory", ENCRYPTABLE, OTHER)).isEqualTo(Verdict.ASK);
    }

    @Test
    void shouldLookForTheNameBehindAnAddress() {
        peers.put("ben", new Known(KNOWN, true));

        assertThat(judge("192.0.2.7", "ben", ENCRYPTABLE, OTHER)).isEqualTo(Verdict.ASK);
    }

    @Test
    void shouldSayWhyACallIsNotEncrypted() {
        assertThat(judge("ben", "ben", OLD, KNOWN)).isEqualTo(Verdict.CONNECT);
        assertThat(encryption.state()).isEqualTo(new CallEvent.EncryptionChanged(Encryption.OLD_PROGRAM, false));
        assertThat(encryption.security()).isNull();
        assertThat(judge("ben", "ben", ENCRYPTABLE, null)).isEqualTo(Verdict.CONNECT);
        assertThat(encryption.state()).isEqualTo(new CallEvent.EncryptionChanged(Encryption.OLD_RELAY, false));
        assertThat(judge("192.0.2.7", "192.0.2.7", MediaFormat.CLASSIC, null)).isEqualTo(Verdict.CONNECT);
        assertThat(encryption.state()).isEqualTo(new CallEvent.EncryptionChanged(Encryption.CLASSIC, false));
        assertThat(judge(KNOWN)).as("encrypted now, which is no reason to ask").isEqualTo(Verdict.CONNECT);
    }

    /** A relay that drops the fingerprint or the feature makes the call unencrypted. */
    @Test
    void shouldAskBeforeACallWithSomebodyKnownIsNotEncrypted() {
        peers.put("ben", new Known(KNOWN, true));

        assertThat(judge(null)).isEqualTo(Verdict.ASK);
        assertThat(judge("ben", "ben", OLD, KNOWN)).as("the relay repeats it").isEqualTo(Verdict.ASK);
        assertThat(events).containsExactly(new CallEvent.PeerChanged("ben", KNOWN, null, true, true));
        encryption.accept();
        assertThat(judge(null)).isEqualTo(Verdict.CONNECT);
        assertThat(encryption.state()).isEqualTo(new CallEvent.EncryptionChanged(Encryption.OLD_RELAY, true));
        assertThat(judge(OTHER)).as("accepted was no fingerprint").isEqualTo(Verdict.ASK);
        assertThat(judge(KNOWN)).isEqualTo(Verdict.CONNECT);
        assertThat(peers).containsEntry("ben", new Known(KNOWN, true));
    }

    @Test
    void shouldNotAskTwiceAboutAnUnencryptedCallThatTheUserHasConfirmed() {
        peers.put("ben", new Known(KNOWN, false));
        encryption.expect(null, true);

        assertThat(judge(null)).isEqualTo(Verdict.CONNECT);
        assertThat(judge(OTHER)).isEqualTo(Verdict.ASK);
    }

    @Test
    void shouldAskWhenTheRelayConnectsACallUnencryptedThatItAnnouncedWithAFingerprint() {
        encryption.expect(KNOWN, false);

        assertThat(judge(null)).isEqualTo(Verdict.ASK);
    }

    @ParameterizedTest
    @CsvSource({"REFUSE, REFUSE_CHANGED", "ACCEPT, CONNECT"})
    void shouldObeyTheUserWhoIsNotAskedAboutAnUnencryptedCall(ChangedPeers policy, Verdict verdict) {
        peers.put("ben", new Known(KNOWN, false));
        encryption = encryption(false, policy);

        assertThat(judge(null)).isEqualTo(verdict);
    }

    @Test
    void shouldRefuseWhatIsNotEncryptedIfThatIsRequired() {
        encryption = encryption(true, ChangedPeers.ASK);

        assertThat(judge("ben", "ben", OLD, KNOWN)).isEqualTo(Verdict.REFUSE_UNENCRYPTED);
        assertThat(judge(null)).isEqualTo(Verdict.REFUSE_UNENCRYPTED);
        assertThat(judge("192.0.2.7", "192.0.2.7", MediaFormat.CLASSIC, null)).isEqualTo(Verdict.REFUSE_UNENCRYPTED);
        assertThat(judge(KNOWN)).isEqualTo(Verdict.CONNECT);
    }

    @Test
    void shouldStartTheHandshakeIfItOwnsTheCall() {
        judge(KNOWN);
        assertThat(encryption.security()).isEqualTo(new MediaSecurity(MediaSecurity.Role.ACTIVE, KNOWN));

        encryption.judge("ben", new RelayMessage.Connected(CALL, "ben", ENCRYPTABLE, null, KNOWN), ENCRYPTABLE, false);
        assertThat(encryption.security()).isEqualTo(new MediaSecurity(MediaSecurity.Role.PASSIVE, KNOWN));
    }

    @Test
    void shouldVerifyOnlyAnEncryptedCall() {
        judge("ben", "ben", OLD, KNOWN);
        encryption.verify();
        judge(KNOWN);
        encryption.verify();
        assertThat(peers).isEmpty();

        encryption.onKeys("AES");
        encryption.verify();
        assertThat(peers).containsEntry("ben", new Known(KNOWN, true));
    }

    @Test
    void shouldStayEncryptedWhenTheRelayRepeatsTheConnection() {
        judge(KNOWN);
        encryption.onKeys("AES");
        judge(KNOWN);

        assertThat(encryption.state())
                .isEqualTo(new CallEvent.EncryptionChanged(Encryption.END_TO_END, false, KNOWN, "AES", false, true));
    }
}
