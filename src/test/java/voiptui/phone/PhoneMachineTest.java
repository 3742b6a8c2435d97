package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.call.EncryptionPolicy;
import voiptui.call.PeerIdentities;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.phone.peers.BlockedCallers;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;
import voiptui.testkit.ManualClock;

/** Checks every transition of a phone between calls. */
class PhoneMachineTest {

    private static final String FIRST = "1".repeat(32);
    private static final String SECOND = "2".repeat(32);
    private static final String THIRD = "3".repeat(32);
    private static final long NOW_MS = 1_790_000_000_000L;

    private final List<String> done = new ArrayList<>();
    private final List<PhoneEvent> published = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private PhoneMachine machine = machine(true, false);

    private PhoneMachine machine(boolean answers, boolean autoAnswer) {
        return machine(answers, autoAnswer, AnonymousCallers.RING, List.of());
    }

    private PhoneMachine machine(
            boolean answers, boolean autoAnswer, AnonymousCallers anonymous, List<PhoneEvent.BlockedPeer> blocked) {
        return machine(
                answers,
                new CallScreening(autoAnswer, anonymous, new BlockedCallers(blocked), EncryptionScreening.NONE));
    }

    private PhoneMachine machine(boolean answers, CallScreening screening) {
        return new PhoneMachine(answers, screening, "zoe"::equals, () -> NOW_MS, clock, new PhoneEffects() {
            @Override
            public void say(ClientMessage message) {
                String call = message instanceof ClientMessage.Reject reject
                        ? " " + reject.call().charAt(0) + (reject.why() == null ? "" : " " + reject.why())
                        : "";
                done.add(message.getClass().getSimpleName().toLowerCase() + call);
            }

            @Override
            public void dial(String target) {
                done.add("dial " + target);
            }

            @Override
            public void accept(String call, String from, @Nullable String fingerprint, boolean confirmed) {
                done.add("accept " + from + (confirmed ? " confirmed" : ""));
            }

            @Override
            public void hangUp() {
                done.add("hang up");
            }

            @Override
            public void saveBlocked(PhoneEvent.BlockedPeer peer, boolean blocked) {
                done.add((blocked ? "block " : "unblock ") + peer.name());
            }

            @Override
            public void ring(boolean on) {
                done.add(on ? "ring" : "quiet");
            }

            @Override
            public void publish(PhoneEvent event) {
                published.add(event);
                done.add(
                        event instanceof PhoneEvent.RingingEnded ended && !ended.answered()
                                ? "ringing_ended: " + ended.reason()
                                : event.eventName());
            }

            @Override
            public void ended(EndReason reason) {
                done.add("ended " + reason);
            }
        });
    }

    private void reach(String state) {
        switch (state) {
            case "idle" -> machine.onSignedIn("cellar");
            case "ringing" -> {
                reach("idle");
                happen("dora calls");
            }
            case "two ring" -> {
                reach("ringing");
                happen("attic calls");
            }
            case "in call" -> {
                reach("ringing");
                happen("accept");
            }
            case "waiting" -> reach("in call", "attic calls");
            case "swapping" -> reach("waiting", "accept");
            case "swapping, attic gone" -> reach("swapping", "attic hangs up");
            case "swapping, offline" -> reach("swapping", "session lost");
            case "dialing" -> reach("idle", "dial attic");
            case "dialing, attic calls" -> reach("dialing", "attic calls");
            case "attic rings" -> reach("idle", "attic calls");
            case "hung up" -> reach("in call", "call ended");
            case "rejected" -> reach("ringing", "reject");
            case "blocked" -> reach("ringing", "block");
            case "classic rings" -> reach("idle", "classic calls");
            case "leaving" -> {
                reach("in call");
                happen("leave");
            }
            case "ended" -> {
                reach("idle");
                happen("leave");
            }
            default -> throw new IllegalArgumentException(state);
        }
        done.clear();
        published.clear();
    }

    private void reach(String state, String what) {
        reach(state);
        happen(what);
    }

    private void happen(String what) {
        switch (what) {
            case "dora calls" -> machine.onMessage(incoming(FIRST, "dora"));
            case "attic calls" -> machine.onMessage(incoming(SECOND, "attic"));
            case "dora calls again" -> machine.onMessage(incoming(THIRD, "dora"));
            case "dora missed" -> machine.onMessage(new RelayMessage.Missed("dora", NOW_MS, "SHA256:dora"));
            case "classic calls" ->
                machine.onMessage(new RelayMessage.Incoming(
                        THIRD, "10.0.0.9", new MediaOffer(List.of(MediaCodec.PCM), MediaFeatures.NONE)));
            case "connected 2" ->
                machine.onMessage(new RelayMessage.Connected(
                        SECOND,
                        "attic",
                        new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.NONE),
                        THIRD));
            case "attic hangs up" -> machine.onMessage(new RelayMessage.Ended(SECOND, CallEnding.CANCELLED));
            case "not answered" -> machine.onMessage(new RelayMessage.Ended(FIRST, CallEnding.NO_ANSWER));
            case "block" -> machine.blockCaller();
            case "124 s", "125 s" -> {
                clock.advanceMs(Integer.parseInt(what.replaceFirst(" s", "")) * 1_000L);
                machine.onTick();
            }
            case "unblock dora", "unblock SHA256:dora", "unblock attic" ->
                machine.unblock(what.replaceFirst("unblock ", ""));
            case "dora hangs up" -> machine.onMessage(new RelayMessage.Ended(FIRST, CallEnding.CANCELLED));
            case "answered elsewhere" -> machine.onMessage(new RelayMessage.Ended(FIRST, CallEnding.ELSEWHERE));
            case "missed" -> machine.onMessage(new RelayMessage.Missed("cellar", NOW_MS - 5));
            case "accept" -> machine.accept();
            case "reject" -> machine.reject();
            case "dial attic" -> machine.dial("attic");
            case "dial shed" -> machine.dial("shed");
            case "call ended" -> machine.onCallEnded();
            case "leave" -> machine.leave(EndReason.QUIT);
            case "session lost" -> machine.onSessionLost();
            case "signed in" -> machine.onSignedIn("cellar");
            case "refused" -> machine.onSessionEnded(EndReason.RELAY_FULL, "later");
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static RelayMessage.Incoming incoming(String call, String from) {
        return new RelayMessage.Incoming(
                call, from, new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE), "SHA256:" + from);
    }

    @ParameterizedTest(name = "automatic: {0}, anonymous callers: {1} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            false | RING      | incoming, ring
            false | AS_OTHERS | incoming, ring
            false | REJECTED  | reject 1, call_refused
            true  | RING      | incoming, ring
            true  | AS_OTHERS | incoming, quiet, ringing_ended, call_started, accept 192.0.2.7
            true  | REJECTED  | reject 1, call_refused
            """)
    void shouldNotAnswerAnAnonymousCallerUnasked(boolean autoAnswer, AnonymousCallers anonymous, String expected) {
        machine = machine(true, autoAnswer, anonymous, List.of());
        machine.onMessage(incoming(FIRST, "192.0.2.7"));
        assertThat(String.join(", ", done)).isEqualTo(expected);
        assertThat(published)
                .filteredOn(PhoneEvent.Incoming.class::isInstance)
                .allMatch(event -> ((PhoneEvent.Incoming) event).anonymous());
    }

    @Test
    void shouldAnswerAKnownCallerAutomaticallyWhileAnAnonymousOneRings() {
        machine = machine(true, true);
        machine.onMessage(incoming(FIRST, "2001:db8::7"));
        done.clear();
        machine.onMessage(incoming(SECOND, "dora"));
        assertThat(done).contains("accept dora").doesNotContain("accept 2001:db8::7");
    }

    @Test
    void shouldNotAnswerAnAnonymousCallerWhoWaitedForTheEndOfACall() {
        machine = machine(true, true);
        machine.onMessage(incoming(FIRST, "dora"));
        machine.onMessage(incoming(SECOND, "192.0.2.7"));
        done.clear();
        machine.onCallEnded();
        assertThat(done).containsExactly("ring");
    }

    @Test
    void shouldNotReportMissedCallsOfThoseWhoAreRejected() {
        machine = machine(true, false, AnonymousCallers.REJECTED, List.of());
        machine.onMessage(new RelayMessage.Missed("192.0.2.7", NOW_MS));
        assertThat(done).isEmpty();
        machine.onMessage(new RelayMessage.Missed("dora", NOW_MS));
        assertThat(done).containsExactly("missed");
    }

    @Test
    void shouldSayThatThereIsNobodyToBlock() {
        reach("idle");
        done.clear();
        machine.blockCaller();
        assertThat(published).contains(new PhoneEvent.BlockFailed("", "nobody is calling"));
        assertThat(done).containsExactly("block_failed");
    }

    @Test
    void shouldSayWhyACommandHasNoEffect() {
        reach("idle");
        machine.accept();
        machine.reject();
        machine.onCommandWithoutCall();
        machine.dial("attic");
        machine.dial("anna");

        assertThat(published)
                .filteredOn(PhoneEvent.CommandRefused.class::isInstance)
                .containsExactly(
                        new PhoneEvent.CommandRefused("nobody is calling"),
                        new PhoneEvent.CommandRefused("nobody is calling"),
                        new PhoneEvent.CommandRefused("there is no call"),
                        new PhoneEvent.CommandRefused("you are in a call: hang up before you call anna"));
    }

    @Test
    void shouldRedialWhenTheCallBeforeHasBeenHungUp() {
        reach("idle");
        machine.dial("attic");
        machine.onHangUp();
        machine.dial("shed");
        assertThat(done).endsWith("dial attic");

        happen("call ended");
        assertThat(done).endsWith("dial shed").doesNotContain("command_refused");
    }

    @Test
    void shouldSayThatANameIsItsOwn() {
        reach("idle");
        machine.dial("cellar");
        assertThat(published).containsExactly(new PhoneEvent.DialFailed("cellar", "that is your own name"));
    }

    @Test
    void shouldRejectAndListAsMissedWhenNotToBeDisturbed() {
        machine = machine(true, true);
        reach("idle");
        machine.toggleDoNotDisturb();
        machine.onMessage(incoming(FIRST, "dora"));
        assertThat(done).containsExactly("do_not_disturb", "reject 1", "missed");
        assertThat(published).contains(new PhoneEvent.Missed("dora", NOW_MS));

        machine = machine(true, false);
        machine.toggleDoNotDisturb();
        machine.toggleDoNotDisturb();
        done.clear();
        machine.onMessage(incoming(FIRST, "dora"));
        assertThat(done).containsExactly("incoming", "ring");
    }

    private static RelayMessage.Contacts known(boolean more, String... names) {
        return new RelayMessage.Contacts(
                Stream.of(names)
                        .map(name -> new RelayMessage.Contact(name, false, false, 0))
                        .toList(),
                more);
    }

    @Test
    void shouldNotWaitForSomebodyWhomTheRelayDoesNotKnow() {
        reach("idle");
        machine.onSignedIn("cellar");
        machine.onMessage(known(false, "attic", "cellar"));
        machine.onMessage(incoming(FIRST, "dora"));
        done.clear();
        published.clear();

        machine.dial("Xyqz");
        assertThat(published).containsExactly(new PhoneEvent.NobodyCalled("xyqz"));
        assertThat(done).as("whoever calls still does").containsExactly("nobody_called");
    }

    @Test
    void shouldCallWhomeverTheRelayMayKnow() {
        reach("idle");
        machine.onSignedIn("cellar");
        machine.onMessage(known(true, "attic"));
        machine.dial("shed");
        assertThat(done).as("the list is not complete").endsWith("dial shed");
        happen("call ended");

        machine.onMessage(known(false, "cellar"));
        machine.dial("attic");
        assertThat(done).as("offline").endsWith("dial attic");
        happen("call ended");
        machine.dial("192.0.2.7");
        assertThat(done).as("a classic client").endsWith("dial 192.0.2.7");
        happen("call ended");
        machine.onMessage(new RelayMessage.Presence(new RelayMessage.Contact("shed", true, false, 0)));
        machine.dial("shed");
        assertThat(done).as("signed in for the first time").endsWith("dial shed");
        happen("call ended");

        happen("session lost");
        machine.dial("garden");
        assertThat(done).as("the list may be out of date").endsWith("dial garden");
    }

    @Test
    void shouldDialANameInAnyCaseAndAnAddressButNothingElse() {
        reach("idle");
        machine.dial("Attic");
        assertThat(done).endsWith("dial attic");
        happen("call ended");
        machine.dial("192.0.2.7");
        assertThat(done).endsWith("dial 192.0.2.7");
        happen("call ended");
        published.clear();
        machine.dial("nobody at all");
        assertThat(published)
                .containsExactly(new PhoneEvent.DialFailed("nobody at all", "neither a name nor an IP address"));
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            idle     | signed in       | watch
            idle     | dora calls      | incoming, ring
            idle     | dora hangs up   | -
            idle     | missed          | missed
            idle     | accept          | command_refused
            idle     | reject          | command_refused
            idle     | dial shed       | call_started, dial shed
            idle     | session lost    | -
            idle     | refused         | quiet, phone_stopped, ended RELAY_FULL
            idle     | leave           | quiet, phone_stopped, ended QUIT
            ringing  | dora calls      | -
            ringing  | attic calls     | incoming, ring
            ringing  | accept          | quiet, ringing_ended, call_started, accept dora
            ringing  | reject          | reject 1, ringing_ended: rejected, quiet
            ringing  | dora hangs up   | ringing_ended: the caller hung up, quiet, missed
            ringing  | answered elsewhere | ringing_ended: answered on another phone, quiet
            ringing  | session lost    | ringing_ended: connection to the relay lost, quiet
            ringing  | dial shed       | reject 1, ringing_ended: busy, quiet, missed, call_started, dial shed
            ringing  | leave           | reject 1, ringing_ended: this phone is signing out, quiet, quiet, phone_stopped, ended QUIT
            ringing  | block           | reject 1, ringing_ended: blocked, quiet, block dora, block_changed, blocked_peers
            ringing  | not answered    | ringing_ended: not answered, quiet, missed
            ringing  | 124 s           | -
            ringing  | 125 s           | reject 1, ringing_ended: not answered, quiet, missed
            two ring | accept          | quiet, ringing_ended, call_started, accept dora
            two ring | reject          | reject 1, ringing_ended: rejected
            two ring | block           | reject 1, ringing_ended: blocked, block dora, block_changed, blocked_peers
            two ring | dora hangs up   | ringing_ended: the caller hung up, missed
            two ring | dial attic      | quiet, ringing_ended, call_started, accept attic
            two ring | session lost    | ringing_ended: connection to the relay lost, ringing_ended: connection to the relay lost, quiet
            in call  | dora calls      | -
            in call  | attic calls     | incoming
            in call  | dial shed       | command_refused
            in call  | accept          | command_refused
            in call  | block           | block_failed
            waiting  | accept          | hang up
            waiting  | reject          | reject 2, ringing_ended: rejected, quiet
            waiting  | block           | reject 2, ringing_ended: blocked, quiet, block attic, block_changed, blocked_peers
            waiting  | attic hangs up  | ringing_ended: the caller hung up, quiet, missed
            waiting  | call ended      | ring
            waiting  | dial attic      | command_refused
            waiting  | leave           | reject 2, ringing_ended: this phone is signing out, quiet
            swapping | accept          | -
            swapping | call ended      | quiet, ringing_ended, call_started, accept attic
            swapping | attic hangs up  | ringing_ended: the caller hung up, quiet, missed
            swapping | session lost    | ringing_ended: connection to the relay lost, quiet
            swapping, attic gone | call ended | -
            swapping, offline | call ended | -
            swapping, offline | attic calls | incoming
            dialing  | attic calls     | incoming
            dialing  | connected 2     | -
            dialing, attic calls | connected 2 | ringing_ended, quiet
            idle     | connected 2     | hangup
            attic rings | connected 2  | ringing_ended: you hung up, quiet, hangup
            hung up  | dora calls      | reject 1
            rejected | dora calls      | reject 1
            rejected | attic calls     | incoming, ring
            blocked  | dora calls again | reject 3, blocked_call
            blocked  | dora missed     | -
            blocked  | attic calls     | incoming, ring
            blocked  | classic calls   | incoming, ring
            blocked  | unblock dora    | unblock dora, block_changed, blocked_peers
            blocked  | unblock SHA256:dora | unblock dora, block_changed, blocked_peers
            blocked  | unblock attic   | block_failed
            classic rings | block      | block_failed
            in call  | missed          | missed
            in call  | leave           | -
            in call  | refused         | -
            in call  | call ended      | -
            leaving  | attic calls     | reject 2
            leaving  | leave           | -
            leaving  | dial shed       | command_refused
            leaving  | call ended      | quiet, phone_stopped, ended QUIT
            ended    | dora calls      | reject 1
            ended    | leave           | -
            ended    | dial shed       | -
            """)
    void shouldFollowEveryTransition(String state, String what, String expected) {
        reach(state);

        happen(what);

        assertThat(done.stream().collect(Collectors.joining(", "))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void shouldAnswerEveryCallAtOnceWithAutoAnswer() {
        machine = machine(true, true);
        reach("idle");

        happen("dora calls");

        assertThat(done).containsExactly("incoming", "quiet", "ringing_ended", "call_started", "accept dora");
    }

    @Test
    void shouldRejectIncomingCallsWhenItOnlyDials() {
        machine = machine(false, false);
        machine.onSignedIn("cellar");
        assertThat(done).isEmpty();

        happen("dora calls");

        assertThat(done).containsExactly("reject 1");
    }

    @Test
    void shouldStopForTheRelaysReasonWhenTheCallEnds() {
        reach("in call");
        happen("refused");

        happen("call ended");

        assertThat(published).containsExactly(new PhoneEvent.PhoneStopped(EndReason.RELAY_FULL, "later"));
    }

    @Test
    void shouldPublishTheCompleteContactListAndThenEveryChange() {
        reach("idle");
        machine.onMessage(new RelayMessage.Contacts(List.of(contact("shed", true)), true));
        assertThat(published).isEmpty();

        machine.onMessage(new RelayMessage.Contacts(List.of(contact("attic", false)), false));
        machine.onMessage(new RelayMessage.Presence(contact("attic", true)));

        assertThat(published)
                .containsExactly(
                        new PhoneEvent.Contacts(List.of(shown("attic", false), shown("shed", true))),
                        new PhoneEvent.Contacts(List.of(shown("attic", true), shown("shed", true))));
    }

    @Test
    void shouldNotListItself() {
        reach("idle");

        machine.onMessage(new RelayMessage.Contacts(List.of(contact("attic", true), contact("cellar", true)), false));

        assertThat(published).containsExactly(new PhoneEvent.Contacts(List.of(shown("attic", true))));
    }

    @Test
    void shouldShowWhoIsAFavorite() {
        machine.onMessage(new RelayMessage.Contacts(List.of(contact("shed", true), contact("zoe", true)), false));
        machine.onPeersChanged();

        PhoneEvent.Contacts shown = new PhoneEvent.Contacts(
                List.of(shown("shed", true), new PhoneEvent.Contact("zoe", true, false, 17, false, true)));
        assertThat(published).containsExactly(shown, shown);
    }

    @Test
    void shouldForgetUnlistedContactsAfterARelayRestart() {
        reach("idle");
        machine.onMessage(new RelayMessage.Contacts(List.of(contact("shed", true)), false));

        happen("session lost");
        happen("signed in");
        machine.onMessage(new RelayMessage.Contacts(List.of(contact("attic", true)), false));

        assertThat(published).endsWith(new PhoneEvent.Contacts(List.of(shown("attic", true))));
    }

    @Test
    void shouldLimitTheNumberOfRingingCalls() {
        reach("idle");

        IntStream.range(0, 1000).forEach(i -> machine.onMessage(incoming(String.format("%032x", i), "name" + i)));

        assertThat(published).filteredOn(PhoneEvent.Incoming.class::isInstance).hasSize(RingingCalls.MAX_RINGING);
    }

    @Test
    void shouldAnswerAWaitingCallWhenTheCallBeforeHasEndedWithAutoAnswer() {
        machine = machine(true, true);
        reach("idle");
        happen("dora calls");
        happen("attic calls");
        done.clear();

        happen("call ended");

        assertThat(done).containsExactly("quiet", "ringing_ended", "call_started", "accept attic");
    }

    @Test
    void shouldSayAtTheStartWhoIsBlocked() {
        PhoneEvent.BlockedPeer dora = new PhoneEvent.BlockedPeer("dora", "SHA256:dora");
        machine = machine(true, false, AnonymousCallers.RING, List.of(dora));

        machine.start();
        happen("dora calls");

        assertThat(published)
                .containsExactly(new PhoneEvent.BlockedPeers(List.of(dora)), new PhoneEvent.BlockedCall("dora"));
    }

    private static RelayMessage.Contact contact(String name, boolean online) {
        return new RelayMessage.Contact(name, online, false, 17);
    }

    private static PhoneEvent.Contact shown(String name, boolean online) {
        return new PhoneEvent.Contact(name, online, false, 17);
    }

    private static final String KNOWN = "SHA256:" + "k".repeat(43);
    private static final String OTHER = "SHA256:" + "o".repeat(43);

    /** A phone that knows dora by a fingerprint. */
    private PhoneMachine machine(boolean autoAnswer, boolean required, EncryptionPolicy.ChangedPeers changed) {
        PeerIdentities peers = new PeerIdentities() {
            @Override
            public @Nullable Known find(String name) {
                return name.equals("dora") ? new Known(KNOWN, true) : null;
            }

            @Override
            public void remember(String name, Known known) {}
        };
        EncryptionScreening encryption = new EncryptionScreening(new EncryptionPolicy(required, changed), peers, true);
        return machine(
                true,
                new CallScreening(autoAnswer, AnonymousCallers.AS_OTHERS, new BlockedCallers(List.of()), encryption));
    }

    private void call(String from, @Nullable String fingerprint, MediaFeature... features) {
        machine.onMessage(new RelayMessage.Incoming(
                FIRST, from, new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.of(features)), fingerprint));
    }

    @Test
    void shouldAnswerAChangedFingerprintOnlyAfterTheUserSaysSo() {
        machine = machine(false, false, EncryptionPolicy.ChangedPeers.ASK);
        call("dora", OTHER, MediaFeature.DTLS_SRTP);
        assertThat(published).containsExactly(new PhoneEvent.Incoming("dora", OTHER, false, KNOWN, true, true));
        done.clear();

        machine.accept();
        machine.dial("dora");
        assertThat(done).containsExactly("confirmation_needed", "confirmation_needed");
        done.clear();

        machine.acceptChanged();
        assertThat(done).containsExactly("quiet", "ringing_ended", "call_started", "accept dora confirmed");
    }

    /** A relay that drops the fingerprint or the feature makes the call unencrypted. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "false, false"})
    void shouldAnswerSomebodyKnownWithoutEncryptionOnlyAfterTheUserSaysSo(boolean canEncrypt, boolean hasFingerprint) {
        machine = machine(true, false, EncryptionPolicy.ChangedPeers.ASK);
        MediaFeature[] features =
                canEncrypt ? new MediaFeature[] {MediaFeature.DTLS_SRTP} : new MediaFeature[] {MediaFeature.RED};
        call("dora", hasFingerprint ? KNOWN : null, features);
        assertThat(published)
                .containsExactly(new PhoneEvent.Incoming(
                        "dora", hasFingerprint ? KNOWN : null, false, KNOWN, true, canEncrypt && hasFingerprint));
        assertThat(done).contains("ring");

        machine.acceptChanged();
        assertThat(done).contains("accept dora confirmed");
    }

    @Test
    void shouldRefuseSomebodyKnownWithoutEncryptionIfNobodyIsAsked() {
        machine = machine(true, false, EncryptionPolicy.ChangedPeers.REFUSE);
        call("dora", null, MediaFeature.DTLS_SRTP);

        assertThat(published).containsExactly(new PhoneEvent.ChangedPeerRefused("dora", KNOWN, null));
    }

    @Test
    void shouldRefuseAChangedFingerprintIfNobodyIsAsked() {
        machine = machine(true, false, EncryptionPolicy.ChangedPeers.REFUSE);
        call("dora", OTHER, MediaFeature.DTLS_SRTP);

        assertThat(done).containsExactly("reject 1 peer-changed", "changed_peer_refused");
        assertThat(published).containsExactly(new PhoneEvent.ChangedPeerRefused("dora", KNOWN, OTHER));
    }

    @Test
    void shouldAnswerAChangedFingerprintIfItIsToBeAccepted() {
        machine = machine(true, false, EncryptionPolicy.ChangedPeers.ACCEPT);
        call("dora", OTHER, MediaFeature.DTLS_SRTP);

        assertThat(done).contains("accept dora confirmed");
    }

    @ParameterizedTest
    @CsvSource({"dora, true, OLD_PROGRAM", "attic, true, OLD_PROGRAM", "192.0.2.7, false, CLASSIC"})
    void shouldRefuseWhatIsNotEncryptedIfThatIsRequired(String from, boolean hasFingerprint, Encryption reported) {
        machine = machine(false, true, EncryptionPolicy.ChangedPeers.ASK);
        call(from, hasFingerprint ? KNOWN : null);

        assertThat(done).containsExactly("reject 1 not-encrypted", "unencrypted_refused");
        assertThat(published).containsExactly(new PhoneEvent.UnencryptedRefused(from, reported));
    }

    @Test
    void shouldRefuseACallWhoseFingerprintTheRelayDoesNotShowIfEncryptionIsRequired() {
        machine = machine(false, true, EncryptionPolicy.ChangedPeers.ASK);
        call("attic", null, MediaFeature.DTLS_SRTP);

        assertThat(published).containsExactly(new PhoneEvent.UnencryptedRefused("attic", Encryption.OLD_RELAY));
    }

    @Test
    void shouldRingForAnEncryptedCall() {
        machine = machine(false, true, EncryptionPolicy.ChangedPeers.ASK);
        call("dora", KNOWN, MediaFeature.DTLS_SRTP);

        assertThat(published).containsExactly(new PhoneEvent.Incoming("dora", KNOWN, false, null, true, true));
        assertThat(done).contains("ring");
    }

    @Test
    void shouldMarkVerifiedContacts() {
        machine = machine(false, false, EncryptionPolicy.ChangedPeers.ASK);
        machine.onSignedIn("cellar");
        machine.onMessage(new RelayMessage.Contacts(
                List.of(
                        new RelayMessage.Contact("attic", true, false, 0),
                        new RelayMessage.Contact("dora", true, false, 0)),
                false));

        assertThat(published)
                .containsExactly(new PhoneEvent.Contacts(List.of(
                        new PhoneEvent.Contact("attic", true, false, 0, false),
                        new PhoneEvent.Contact("dora", true, false, 0, true))));
    }
}
