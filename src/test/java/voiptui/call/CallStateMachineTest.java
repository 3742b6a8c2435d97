package voiptui.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.crypto.MediaSecurity;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;

/** Checks every transition of a v2 call. Time is a variable; nothing waits. */
class CallStateMachineTest {

    private static final String CALL = "0".repeat(31) + "1";
    private static final String NEXT_CALL = "0".repeat(31) + "2";
    private static final String OTHER_CALL = "f".repeat(32);
    private static final MediaOffer OFFER = new MediaOffer(
            List.of(MediaCodec.OPUS, MediaCodec.PCM), MediaFeatures.of(MediaFeature.RED, MediaFeature.XR));
    private static final MediaOffer OPUS_ONLY = new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE);

    private final List<String> done = new ArrayList<>();
    private final List<ClientMessage> said = new ArrayList<>();
    private final List<MediaFormat> connected = new ArrayList<>();
    private final List<MediaSecurity> securities = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private int callIds;
    private long nowMs = 1000;
    private CallStateMachine machine = machine(new CallOptions(OFFER, 3, 0, 0, false));

    private CallStateMachine machine(CallOptions config) {
        return machine(config, PeerIdentities.NONE);
    }

    private CallStateMachine machine(CallOptions config, PeerIdentities peers) {
        return new CallStateMachine(config, () -> String.format("%032x", ++callIds), peers, new CallActions() {
            @Override
            public void say(ClientMessage message) {
                said.add(message);
                done.add(message.getClass().getSimpleName().toLowerCase());
            }

            @Override
            public void connectMedia(String peer, MediaFormat format, MediaSecurity security) {
                done.add("media " + format.codec().wire() + "/"
                        + format.packets().wire());
                connected.add(format);
                securities.add(security);
            }

            @Override
            public void renewKeys() {
                done.add("renew keys");
            }

            @Override
            public void disconnectMedia() {
                done.add("no media");
            }

            @Override
            public void playOut() {
                done.add("play out");
            }

            @Override
            public void sayEndOfTransmission() {
                done.add("end of transmission");
            }

            @Override
            public void publish(CallEvent event) {
                done.add(
                        event instanceof CallEvent.StateChanged changed
                                ? changed.state() + (changed.reason() == null ? "" : " " + changed.reason())
                                : event.eventName());
                details.add(event instanceof CallEvent.StateChanged changed ? changed.detail() : "");
            }

            @Override
            public void ended(EndReason reason) {
                done.add("ended");
            }
        });
    }

    /** Brings a new machine into a state named in the table below. */
    private void reach(String state) {
        switch (state) {
            case "offline" -> machine.dial("workshop", false, nowMs);
            case "asked" -> machine.dial("workshop", true, nowMs);
            case "waiting" -> {
                reach("asked");
                happen("waiting");
            }
            case "ringing" -> {
                reach("asked");
                happen("ringing");
            }
            case "accepting" -> machine.accept(CALL, "dora", true, nowMs);
            case "talking" -> {
                reach("ringing");
                happen("connected");
                happen("heard");
            }
            case "silent" -> {
                reach("talking");
                happen("5 s");
            }
            case "session lost" -> {
                reach("talking");
                happen("lost");
            }
            case "relay lost" -> {
                reach("session lost");
                happen("2 s");
            }
            case "playing out" -> {
                reach("talking");
                happen("peer's end");
            }
            case "ended" -> {
                reach("talking");
                happen("hang up");
            }
            default -> throw new IllegalArgumentException(state);
        }
        done.clear();
        said.clear();
    }

    private void happen(String what) {
        nowMs++;
        switch (what) {
            case "signed in" -> machine.onSignedIn(false, nowMs);
            case "lost" -> machine.onSessionLost("no answer", 1, 500, nowMs);
            case "lost again" -> machine.onSessionLost("no answer", 2, 1000, nowMs);
            case "refused" -> machine.onSessionEnded(EndReason.NAME_REFUSED, "taken", nowMs);
            case "waiting" ->
                machine.onMessage(new RelayMessage.Progress(CALL, RelayMessage.CallProgress.WAITING), nowMs);
            case "ringing" ->
                machine.onMessage(new RelayMessage.Progress(CALL, RelayMessage.CallProgress.RINGING), nowMs);
            case "connected" -> machine.onMessage(connected(CALL, null), nowMs);
            case "replaced" -> machine.onMessage(connected(OTHER_CALL, CALL), nowMs);
            case "other connected" -> machine.onMessage(connected(OTHER_CALL, null), nowMs);
            case "other ended" -> machine.onMessage(new RelayMessage.Ended(OTHER_CALL, CallEnding.HUNG_UP), nowMs);
            case "hung-up" -> machine.onMessage(new RelayMessage.Ended(CALL, CallEnding.HUNG_UP), nowMs);
            case "rejected" -> machine.onMessage(new RelayMessage.Ended(CALL, CallEnding.REJECTED), nowMs);
            case "busy" -> machine.onMessage(new RelayMessage.Ended(CALL, CallEnding.BUSY), nowMs);
            case "no-answer" -> machine.onMessage(new RelayMessage.Ended(CALL, CallEnding.NO_ANSWER), nowMs);
            case "own-name" -> machine.onMessage(new RelayMessage.Ended(CALL, CallEnding.OWN_NAME), nowMs);
            case "peer-lost" -> machine.onMessage(new RelayMessage.Ended(CALL, CallEnding.PEER_LOST), nowMs);
            case "heard" -> machine.onHeard(nowMs);
            case "peer's end" -> machine.onEndOfTransmission(nowMs);
            case "drained" -> machine.onDrained(nowMs);
            case "hang up" -> machine.onHangUp(EndReason.QUIT, nowMs);
            case "tick" -> machine.onTick(nowMs);
            case "2 s" -> pass(2000);
            case "5 s" -> pass(5000);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private void pass(long ms) {
        nowMs += ms;
        machine.onTick(nowMs);
    }

    private static RelayMessage.Connected connected(String call, String replaces) {
        return new RelayMessage.Connected(call, "workshop", opus(), replaces);
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            offline     | signed in       | call
            offline     | lost            | CONNECTING
            offline     | lost again      | CONNECTING
            offline     | refused         | ENDED NAME_REFUSED, ended
            offline     | hang up         | hangup, ENDED QUIT, ended
            offline     | 5 s             | -
            asked       | waiting         | WAITING
            asked       | ringing         | RINGING
            asked       | connected       | media opus/rtp, IN_CALL
            asked       | replaced        | media opus/rtp, IN_CALL
            asked       | other connected | -
            asked       | heard           | -
            waiting     | waiting         | -
            waiting     | ringing         | RINGING
            waiting     | lost            | RELAY_LOST
            waiting     | signed in       | call
            waiting     | hang up         | hangup, ENDED QUIT, ended
            waiting     | peer's end      | -
            ringing     | waiting         | WAITING
            ringing     | connected       | media opus/rtp, IN_CALL
            ringing     | rejected        | ENDED REJECTED, ended
            ringing     | busy            | ENDED BUSY, ended
            ringing     | no-answer       | ENDED NO_ANSWER, ended
            asked       | own-name        | ENDED OWN_NAME, ended
            ringing     | other ended     | -
            ringing     | lost            | RELAY_LOST
            accepting   | connected       | media opus/rtp, IN_CALL
            accepting   | hung-up         | ENDED PEER_LEFT, ended
            accepting   | signed in       | accept
            accepting   | waiting         | -
            talking     | connected       | media opus/rtp
            talking     | ringing         | -
            talking     | heard           | -
            talking     | 5 s             | PEER_SILENT
            talking     | lost            | -
            talking     | signed in       | rejoin
            talking     | refused         | ENDED NAME_REFUSED, ended
            talking     | peer's end      | play out
            talking     | hung-up         | play out
            talking     | peer-lost       | end of transmission, ENDED PEER_LOST, ended
            talking     | other ended     | -
            talking     | hang up         | end of transmission, hangup, ENDED QUIT, ended
            silent      | heard           | IN_CALL
            silent      | connected       | media opus/rtp, IN_CALL
            silent      | lost            | RELAY_LOST
            session lost | tick            | -
            session lost | 2 s             | RELAY_LOST
            session lost | signed in       | rejoin
            session lost | lost again      | -
            relay lost  | heard           | IN_CALL
            relay lost  | lost again      | RELAY_LOST
            relay lost  | signed in       | rejoin
            relay lost  | connected       | media opus/rtp, IN_CALL
            playing out | drained         | end of transmission, hangup, ENDED PEER_LEFT, ended
            playing out | 2 s             | end of transmission, hangup, ENDED PEER_LEFT, ended
            playing out | hung-up         | -
            playing out | connected       | -
            playing out | hang up         | end of transmission, hangup, ENDED QUIT, ended
            ended       | connected       | -
            ended       | hang up         | -
            ended       | signed in       | -
            ended       | refused         | -
            ended       | lost            | -
            """)
    void shouldFollowEveryTransition(String state, String what, String expected) {
        reach(state);

        happen(what);

        assertThat(done.stream().collect(Collectors.joining(", "))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void shouldOfferItsCodecsToTheCallee() {
        reach("offline");

        happen("signed in");

        assertThat(said).containsExactly(new ClientMessage.Call(CALL, "workshop", OFFER));
    }

    @Test
    void shouldContinueWithThePeersCallWhenBothCallEachOther() {
        reach("asked");
        happen("replaced");
        said.clear();

        happen("signed in");

        assertThat(said).containsExactly(new ClientMessage.Rejoin(OTHER_CALL, "workshop", opus()));
    }

    @ParameterizedTest
    @CsvSource({"OPUS, CLASSIC", "PCM, RTP"})
    void shouldRejectAFormatThatWasNotOffered(MediaCodec codec, PacketFormat packets) {
        machine = machine(new CallOptions(OPUS_ONLY, 3, 0, 0, false));
        reach("asked");

        machine.onMessage(
                new RelayMessage.Connected(CALL, "workshop", new MediaFormat(codec, packets, MediaFeatures.NONE), null),
                nowMs);

        assertThat(done).containsExactly("hangup", "ENDED RELAY_REFUSED", "ended");
    }

    @Test
    void shouldAcceptTheClassicFormatWhateverWasOffered() {
        machine = machine(new CallOptions(OPUS_ONLY, 3, 0, 0, false));
        reach("asked");

        machine.onMessage(new RelayMessage.Connected(CALL, "192.0.2.7", MediaFormat.CLASSIC, null), nowMs);

        assertThat(done).containsExactly("media pcm/classic", "IN_CALL");
    }

    private static MediaFormat opus(MediaFeature... features) {
        return new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.of(features));
    }

    @Test
    void shouldOfferItsFeaturesToTheCaller() {
        machine.accept(CALL, "workshop", true, nowMs);

        assertThat(said).containsExactly(new ClientMessage.Accept(CALL, OFFER));
    }

    @Test
    void shouldUseTheFeaturesThatBothSidesHave() {
        reach("asked");

        machine.onMessage(
                new RelayMessage.Connected(CALL, "workshop", opus(MediaFeature.RED, MediaFeature.DTX), null), nowMs);

        assertThat(connected).as("dtx was not offered").containsExactly(opus(MediaFeature.RED));
        said.clear();
        happen("signed in");
        assertThat(said).containsExactly(new ClientMessage.Rejoin(CALL, "workshop", opus(MediaFeature.RED)));
    }

    @Test
    void shouldUseNoFeaturesInAClassicCall() {
        reach("asked");

        machine.onMessage(
                new RelayMessage.Connected(
                        CALL,
                        "192.0.2.7",
                        new MediaFormat(MediaCodec.PCM, PacketFormat.CLASSIC, MediaFeatures.ALL),
                        null),
                nowMs);

        assertThat(connected).containsExactly(MediaFormat.CLASSIC);
    }

    @Test
    void shouldFollowThePeerThatIsReplacedByAnotherVersion() {
        reach("asked");
        machine.onMessage(new RelayMessage.Connected(CALL, "workshop", opus(MediaFeature.RED), null), nowMs);

        machine.onMessage(new RelayMessage.Connected(CALL, "workshop", opus(), null), nowMs);

        assertThat(connected).containsExactly(opus(MediaFeature.RED), opus());
    }

    @Test
    void shouldGiveUpAfterTheRingTimeout() {
        machine = machine(new CallOptions(OFFER, 3, 30_000, 0, false));
        reach("offline");
        pass(60_000);
        happen("signed in");
        happen("ringing");
        done.clear();

        pass(29_990);
        assertThat(done).isEmpty();
        pass(20);

        assertThat(done).containsExactly("hangup", "ENDED NO_ANSWER", "ended");
    }

    @Test
    void shouldHangUpAfterTheRequestedDuration() {
        machine = machine(new CallOptions(OFFER, 3, 0, 10_000, false));
        reach("talking");
        happen("heard");

        pass(9_000);
        happen("heard");
        done.clear();
        pass(1_000);

        assertThat(done).containsExactly("end of transmission", "hangup", "ENDED DURATION", "ended");
    }

    @Test
    void shouldCallAgainWithANewIdWhenItStays() {
        machine = machine(new CallOptions(OFFER, 3, 0, 0, true));
        reach("talking");

        happen("hung-up");

        assertThat(done).containsExactly("play out", "hangup", "no media", "WAITING", "call");
        assertThat(said).endsWith(new ClientMessage.Call(NEXT_CALL, "workshop", OFFER));
        happen("drained");
        assertThat(done).hasSize(5);
    }

    @Test
    void shouldNotReportThePeerAsSilentRightAfterReconnecting() {
        reach("relay lost");
        pass(60_000);
        happen("signed in");
        happen("connected");
        done.clear();

        pass(4_900);

        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CallEnding.class)
    void shouldEndAnUnansweredCallForEveryReason(CallEnding reason) {
        reach("ringing");

        machine.onMessage(new RelayMessage.Ended(CALL, reason), nowMs);

        assertThat(done).hasSize(2).endsWith("ended");
    }

    @ParameterizedTest
    @EnumSource(CallEnding.class)
    void shouldEndAnAnsweredCallForEveryReason(CallEnding reason) {
        reach("talking");

        machine.onMessage(new RelayMessage.Ended(CALL, reason), nowMs);
        pass(CallProgress.PLAY_OUT_MS);

        assertThat(done).endsWith("ended").contains("end of transmission");
        assertThat(machine.progress().lastState()).isEqualTo(CallState.IN_CALL);
    }

    @Test
    void shouldGiveUpACallThatRingsForTooLong() {
        reach("ringing");

        pass(CallStateMachine.RING_LIMIT_MS - 100);
        assertThat(done).isEmpty();
        pass(100);

        assertThat(done).containsExactly("hangup", "ENDED NO_ANSWER", "ended");
    }

    @Test
    void shouldWaitForAnyTimeForSomebodyWhoIsOffline() {
        reach("waiting");

        pass(10 * CallStateMachine.RING_LIMIT_MS);

        assertThat(done).isEmpty();
    }

    private static final String KNOWN = "SHA256:" + "k".repeat(43);
    private static final String OTHER = "SHA256:" + "o".repeat(43);
    private static final MediaOffer ENCRYPTED =
            new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.of(MediaFeature.DTLS_SRTP), OTHER);

    /** Knows workshop by a fingerprint. */
    private CallStateMachine careful(EncryptionPolicy policy) {
        return machine(new CallOptions(ENCRYPTED, 3, 0, 0, false, policy), new PeerIdentities() {
            @Override
            public Known find(String name) {
                return name.equals("workshop") ? new Known(KNOWN, false) : null;
            }

            @Override
            public void remember(String name, Known known) {
                done.add("remember " + name);
            }
        });
    }

    private void connect(String call, String replaces, String fingerprint) {
        machine.onMessage(
                new RelayMessage.Connected(call, "workshop", opus(MediaFeature.DTLS_SRTP), replaces, fingerprint),
                nowMs);
    }

    @Test
    void shouldOfferItsFingerprint() {
        machine = careful(EncryptionPolicy.DEFAULT);
        machine.dial("workshop", true, nowMs);
        connect(CALL, null, KNOWN);
        machine.onSignedIn(false, nowMs);

        assertThat(said)
                .containsExactly(
                        new ClientMessage.Call(CALL, "workshop", ENCRYPTED),
                        new ClientMessage.Rejoin(CALL, "workshop", opus(MediaFeature.DTLS_SRTP), OTHER));
        assertThat(securities).containsExactly(new MediaSecurity(MediaSecurity.Role.ACTIVE, KNOWN));
    }

    /** Roaming leaves both sides with their keys; the words that somebody is reading aloud stay. */
    @Test
    void shouldRenewTheKeysOnlyAfterTheRelayHasStartedAnew() {
        machine = careful(EncryptionPolicy.DEFAULT);
        machine.dial("workshop", true, nowMs);
        connect(CALL, null, KNOWN);
        machine.onSignedIn(true, nowMs);
        connect(CALL, null, KNOWN);
        assertThat(done).doesNotContain("renew keys");

        machine.onSignedIn(false, nowMs);
        connect(CALL, null, KNOWN);
        connect(CALL, null, KNOWN);
        assertThat(done).containsOnlyOnce("renew keys");
    }

    @Test
    void shouldWaitForTheHandshakeInTheCallOfThePeer() {
        machine = careful(EncryptionPolicy.DEFAULT);
        reach("asked");
        connect(OTHER_CALL, CALL, KNOWN);
        connect(OTHER_CALL, null, KNOWN);

        assertThat(securities).hasSize(2).containsOnly(new MediaSecurity(MediaSecurity.Role.PASSIVE, KNOWN));
    }

    @Test
    void shouldConnectNoMediaBeforeTheUserAcceptsAChangedFingerprint() {
        machine = careful(EncryptionPolicy.DEFAULT);
        reach("asked");
        connect(CALL, null, OTHER);
        machine.onHeard(nowMs);
        pass(CallStateMachine.CONFIRM_LIMIT_MS - 1);
        assertThat(done).containsExactly("peer_changed");
        assertThat(machine.isAsking()).isTrue();

        machine.onChangeAccepted(nowMs);
        assertThat(done).containsExactly("peer_changed", "media opus/rtp", "IN_CALL");
        machine.onEncrypted("AES", nowMs);
        assertThat(done).endsWith("remember workshop", "encryption");
    }

    @ParameterizedTest
    @CsvSource({"hang up, QUIT", "hung-up, PEER_LEFT", "time, PEER_CHANGED"})
    void shouldNotConnectIfTheUserDoesNotAccept(String what, EndReason reason) {
        machine = careful(EncryptionPolicy.DEFAULT);
        reach("asked");
        connect(CALL, null, OTHER);
        if (what.equals("time")) {
            pass(CallStateMachine.CONFIRM_LIMIT_MS);
        } else {
            happen(what);
        }

        assertThat(done).endsWith("ENDED " + reason, "ended").doesNotContain("media opus/rtp", "end of transmission");
    }

    @Test
    void shouldAskAgainWhenAnotherPeerTakesThePlaceOfTheOneInTheCall() {
        machine = careful(EncryptionPolicy.DEFAULT);
        reach("asked");
        connect(CALL, null, KNOWN);
        done.clear();
        connect(CALL, null, OTHER);

        assertThat(done).containsExactly("peer_changed", "no media");
    }

    @Test
    void shouldTellTheOtherSideWhyItRefuses() {
        machine = careful(new EncryptionPolicy(true, EncryptionPolicy.ChangedPeers.REFUSE));
        reach("asked");
        connect(CALL, null, null);
        assertThat(said).containsExactly(new ClientMessage.Hangup(CALL, "not-encrypted"));
        assertThat(done).containsExactly("hangup", "ENDED NOT_ENCRYPTED", "ended");

        callIds = 0;
        machine = careful(new EncryptionPolicy(true, EncryptionPolicy.ChangedPeers.REFUSE));
        reach("asked");
        connect(CALL, null, OTHER);
        assertThat(said).containsExactly(new ClientMessage.Hangup(CALL, "peer-changed"));
        assertThat(done).containsExactly("peer_changed", "hangup", "ENDED PEER_CHANGED", "ended");

        callIds = 0;
        machine = careful(EncryptionPolicy.DEFAULT);
        reach("asked");
        connect(CALL, null, KNOWN);
        said.clear();
        machine.onEncryptionFailed("no answer", nowMs);
        assertThat(said).containsExactly(new ClientMessage.Hangup(CALL, "encryption-failed"));
        assertThat(done).endsWith("encryption", "hangup", "ENDED ENCRYPTION_FAILED", "ended");
    }

    @ParameterizedTest
    @CsvSource({
        "asked, REJECTED, not-encrypted, REJECTED, they take encrypted calls only",
        "talking, HUNG_UP, peer-changed, PEER_LEFT, your fingerprint is not the one that they know",
        "talking, HUNG_UP, encryption-failed, PEER_LEFT, the encryption could not be set up",
        "asked, REJECTED, later, REJECTED, ''",
    })
    void shouldSayWhatTheOtherSideObjectsTo(
            String state, CallEnding ending, String why, EndReason reason, String detail) {
        reach(state);
        details.clear();

        machine.onMessage(new RelayMessage.Ended(CALL, ending, why), nowMs);

        assertThat(done).endsWith("ENDED " + reason, "ended");
        assertThat(details).endsWith(detail);
    }
}
