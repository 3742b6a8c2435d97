package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClusterMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.CallProgress;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;
import voiptui.relay.media.Flow;
import voiptui.relay.media.RelayLink;
import voiptui.relay.presence.RemotePresence;
import voiptui.relay.registrar.ClusterCalls;
import voiptui.relay.registrar.RegistrarCalls;

/** Calls between clients of this relay and those of two others, {@code north} and {@code south}. */
class RemoteCallsTest extends RegistrarFixture {

    private static final MediaOffer PCM = new MediaOffer(List.of(MediaCodec.PCM), MediaFeatures.NONE);

    /** What was sent to other relays since the last look: {@code north: invite cellar 1}. */
    private final List<String> told = new ArrayList<>();

    private final Map<String, Set<String>> places = new HashMap<>();
    private final Map<String, RelayLink> links = new LinkedHashMap<>();
    private ClusterCalls calls;

    private final class Others implements OtherRelays, RemotePresence {

        @Override
        public List<String> reachable() {
            return List.copyOf(links.keySet());
        }

        @Override
        public List<String> where(String name) {
            return links.keySet().stream()
                    .filter(relay -> places.getOrDefault(name, Set.of()).contains(relay))
                    .toList();
        }

        @Override
        public void send(String relay, ClusterMessage message) {
            told.add(relay + ": " + describe(message));
        }

        @Override
        public RelayLink link(String relay) {
            return links.get(relay);
        }

        @Override
        public State of(String name) {
            return where(name).isEmpty() ? null : State.IDLE;
        }

        @Override
        public Set<String> names() {
            return places.keySet();
        }

        @Override
        public void onLocalChange(String name) {}
    }

    @BeforeEach
    void join() throws Exception {
        for (String relay : List.of("north", "south")) {
            links.put(
                    relay,
                    new RelayLink(
                            InetAddress.getByName(RELAY),
                            new InetSocketAddress("10.1.0." + (links.size() + 1), UDP_PORT),
                            new byte[32],
                            new byte[32]));
        }
        Others others = new Others();
        calls = registrar.join(others, others);
        play("dora in; attic in");
    }

    private static String describe(ClusterMessage message) {
        if (message instanceof ClusterMessage.Invite invite) {
            return "invite " + invite.to() + " " + shortId(invite.incoming().call());
        }
        if (message instanceof ClusterMessage.Answer answer) {
            return "answer " + answer.name() + " " + shortId(answer.accept().call());
        }
        if (message instanceof ClusterMessage.Rejoin rejoin) {
            return "rejoin " + rejoin.name() + " " + shortId(rejoin.rejoin().call());
        }
        if (message instanceof ClusterMessage.Told said) {
            RelayMessage inner = said.message();
            return inner instanceof RelayMessage.Ended ended
                    ? "ended " + shortId(ended.call()) + " " + ended.reason().wire()
                    : inner instanceof RelayMessage.Progress progress
                            ? progress.state().name().toLowerCase() + " " + shortId(progress.call())
                            : "connected " + shortId(((RelayMessage.Connected) inner).call());
        }
        return "check " + shortId(((ClusterMessage.Check) message).call());
    }

    private String told() {
        String all = String.join("; ", told);
        told.clear();
        return all;
    }

    private String afterwards(Runnable happening) {
        return sentBy("", happening);
    }

    private void says(String relay, ClusterMessage message) {
        calls.onMessage(relay, message);
    }

    private void invites(String relay, String call, String from, String to) {
        says(
                relay,
                new ClusterMessage.Invite(to, 5, new RelayMessage.Incoming(id(call), from, PCM, fingerprint(from))));
    }

    private void answers(String relay, String call, String name) {
        says(relay, new ClusterMessage.Answer(6, name, fingerprint(name), new ClientMessage.Accept(id(call), PCM)));
    }

    private void tells(String relay, RelayMessage message) {
        says(relay, new ClusterMessage.Told(message));
    }

    private void ends(String relay, String call, CallEnding reason) {
        tells(relay, new RelayMessage.Ended(id(call), reason));
    }

    private void confirms(String relay, String call, String peer) {
        tells(
                relay,
                new RelayMessage.Connected(
                        id(call), peer, new MediaFormat(MediaCodec.PCM, PacketFormat.RTP, MediaFeatures.NONE), null));
    }

    private void rejoins(String relay, String call, String from, String peer) {
        says(
                relay,
                new ClusterMessage.Rejoin(
                        8,
                        from,
                        fingerprint(from),
                        new ClientMessage.Rejoin(
                                id(call),
                                peer,
                                new MediaFormat(MediaCodec.PCM, PacketFormat.RTP, MediaFeatures.NONE),
                                null)));
    }

    /** Flows that are open besides those of the clients here. */
    private int remoteFlows() {
        return media.open.size() - registrar.size();
    }

    @Test
    void shouldRingWhereverTheCalleeIsAndConnectTheFirstToAnswer() {
        places.put("bell", Set.of("north", "south"));

        assertThat(sentBy("dora call 1 bell pcm")).isEmpty();
        assertThat(told()).isEqualTo("north: invite bell 1; south: invite bell 1");
        assertThat(afterwards(() -> tells("north", new RelayMessage.Progress(id("1"), CallProgress.RINGING))))
                .isEqualTo("dora: progress 1 ringing");
        assertThat(afterwards(() -> tells("south", new RelayMessage.Progress(id("1"), CallProgress.RINGING))))
                .isEmpty();
        assertThat(afterwards(() -> answers("south", "1", "bell"))).contains("dora: connected 1 bell");
        assertThat(told()).isEqualTo("north: ended 1 elsewhere; south: connected 1");
        assertThat(remoteFlows()).isEqualTo(1);
        assertThat(media.peers).hasSize(2);

        assertThat(afterwards(() -> answers("north", "1", "bell"))).isEmpty();
        assertThat(told()).isEqualTo("north: ended 1 elsewhere");
        play("dora hangup 1");
        assertThat(told()).isEqualTo("south: ended 1 hung-up");
        assertThat(remoteFlows()).isZero();
        assertThat(media.peers).isEmpty();
    }

    @Test
    void shouldAnswerACallFromElsewhereOnceItsRelayConfirms() {
        assertThat(afterwards(() -> invites("north", "1", "bell", "attic"))).startsWith("attic: incoming 1 bell");
        assertThat(told()).isEqualTo("north: ringing 1");
        assertThat(sentBy("attic accept 1 pcm")).isEmpty();
        assertThat(told()).isEqualTo("north: answer attic 1");
        assertThat(media.peers).isEmpty();

        assertThat(afterwards(() -> confirms("north", "1", "attic"))).startsWith("attic: connected 1 bell");
        assertThat(media.peers).hasSize(2);
        assertThat(afterwards(() -> ends("north", "1", CallEnding.HUNG_UP))).isEqualTo("attic: ended 1 hung-up");
        assertThat(told()).isEmpty();
        assertThat(remoteFlows()).isZero();
    }

    @Test
    void shouldTellWhyTheCalleesRelayDoesNotConnect() {
        places.put("bell", Set.of("north"));

        play("dora call 1 bell pcm");
        assertThat(afterwards(() -> ends("north", "1", CallEnding.BUSY))).isEqualTo("dora: ended 1 busy");
        play("dora call 2 bell pcm");
        assertThat(afterwards(() -> tells("north", new RelayMessage.Progress(id("2"), CallProgress.WAITING))))
                .isEqualTo("dora: progress 2 waiting");
        assertThat(afterwards(() -> tells("north", new RelayMessage.Progress(id("2"), CallProgress.RINGING))))
                .isEqualTo("dora: progress 2 ringing");
        assertThat(afterwards(() -> ends("north", "2", CallEnding.REJECTED))).isEqualTo("dora: ended 2 rejected");
        assertThat(remoteFlows()).isZero();
    }

    @Test
    void shouldRingElsewhereAsSoonAsTheCalleeSignsInThere() {
        assertThat(sentBy("dora call 1 bell pcm")).isEqualTo("dora: progress 1 waiting");
        places.put("bell", Set.of("south"));

        calls.onPresence("bell");
        assertThat(told()).isEqualTo("south: invite bell 1");
    }

    @Test
    void shouldConnectTwoWhoCallEachOtherByTheLowerCall() {
        places.put("bell", Set.of("north"));
        play("dora call 2 bell pcm");
        told();

        assertThat(afterwards(() -> invites("north", "1", "bell", "dora"))).isEmpty();
        assertThat(told()).isEqualTo("north: answer dora 1");
        assertThat(afterwards(() -> confirms("north", "1", "dora"))).startsWith("dora: connected 1 bell");
        assertThat(told()).isEqualTo("north: ended 2 cancelled");
        assertThat(RegistrarCalls.of(registrar)).hasSize(1);
        assertThat(remoteFlows()).isEqualTo(1);
    }

    @Test
    void shouldLetTheOtherRelayAnswerIfOurCallIsTheLower() {
        places.put("bell", Set.of("north"));
        play("dora call 1 bell pcm");
        told();

        assertThat(afterwards(() -> invites("north", "2", "bell", "dora"))).isEmpty();
        assertThat(told()).isEmpty();
        assertThat(afterwards(() -> answers("north", "1", "bell"))).startsWith("dora: connected 1 bell");
        assertThat(told()).isEqualTo("north: connected 1");
    }

    private void connectWithBell() {
        places.put("bell", Set.of("north"));
        play("dora call 1 bell pcm");
        answers("north", "1", "bell");
        told();
    }

    @Test
    void shouldContinueThroughAnotherRelayWhenOneIsLost() {
        connectWithBell();
        links.remove("north");
        calls.onLost("north");

        assertThat(sentBy("59 s")).isEmpty();
        assertThat(afterwards(() -> rejoins("south", "1", "mallory", "dora"))).isEmpty();
        assertThat(told()).isEmpty();
        assertThat(afterwards(() -> rejoins("south", "1", "bell", "dora"))).isEmpty();
        assertThat(told()).isEqualTo("south: answer dora 1");
        assertThat(sentBy("60 s")).isEmpty();
        assertThat(media.peers).hasSize(2);
        assertThat(remoteFlows()).isEqualTo(1);
        assertThat(afterwards(() -> ends("south", "1", CallEnding.HUNG_UP))).isEqualTo("dora: ended 1 hung-up");
    }

    @Test
    void shouldGiveUpALostRelaysCallAfterAMinute() {
        connectWithBell();
        calls.onLost("north");

        assertThat(sentBy("59 s")).isEmpty();
        assertThat(sentBy("2 s")).isEqualTo("dora: ended 1 peer-lost");
        assertThat(remoteFlows()).isZero();
    }

    @Test
    void shouldAskWhetherACallGoesOnWhenARelayIsBack() {
        connectWithBell();
        calls.onLost("north");
        play("30 s");
        calls.onReachable("north", true);

        assertThat(told()).isEqualTo("north: check 1");
        assertThat(sentBy("60 s")).isEmpty();
        assertThat(afterwards(() -> says("north", new ClusterMessage.Check(id("7")))))
                .isEmpty();
        assertThat(told()).isEqualTo("north: ended 7 peer-lost");
    }

    @Test
    void shouldFindTheCallOfAClientThatComesFromAnotherRelay() {
        assertThat(sentBy("dora rejoin 1 bell pcm rtp")).isEmpty();
        assertThat(told()).isEqualTo("north: rejoin dora 1; south: rejoin dora 1");

        assertThat(afterwards(() -> answers("south", "1", "bell"))).startsWith("dora: connected 1 bell");
        assertThat(media.peers).hasSize(2);
        assertThat(remoteFlows()).isEqualTo(1);
        assertThat(told()).doesNotContain("ended");
    }

    @Test
    void shouldConnectTwoWhoRejoinAtDifferentRelays() {
        play("dora rejoin 1 bell pcm rtp");
        told();

        assertThat(afterwards(() -> rejoins("north", "1", "bell", "dora"))).startsWith("dora: connected 1 bell");
        assertThat(told()).startsWith("north: answer dora 1").doesNotContain("ended");
        assertThat(remoteFlows()).isEqualTo(1);
    }

    @Test
    void shouldContinueWithAClientThatComesFromItsRelayToThatOfItsPeer() {
        connectWithBell();
        play("bell in");
        told();

        assertThat(sentBy("bell rejoin 1 dora pcm rtp")).startsWith("bell: connected 1 dora");
        assertThat(told()).as("should its former relay still be there").isEqualTo("north: ended 1 elsewhere");
        assertThat(media.peers).hasSize(2);
        assertThat(remoteFlows()).isZero();

        calls.onLost("north");
        assertThat(sentBy("bell hangup 1")).isEqualTo("dora: ended 1 hung-up");
        assertThat(media.peers).isEmpty();
    }

    @Test
    void shouldContinueWithNobodyWhoIsNotThePeerOfACall() {
        connectWithBell();

        assertThat(sentBy("attic rejoin 1 dora pcm rtp")).isEqualTo("attic: ended 1 unknown");
        play("bell in");
        assertThat(sentBy("bell rejoin 1 attic pcm rtp")).isEqualTo("bell: ended 1 elsewhere");
        assertThat(media.peers).hasSize(2);
        assertThat(remoteFlows()).isEqualTo(1);
    }

    @Test
    void shouldUseTheNewNumbersOfARelayThatInvitesAgain() {
        invites("north", "1", "bell", "attic");
        play("attic accept 1 pcm");
        assertThat(told()).isEqualTo("north: ringing 1; north: answer attic 1");
        Flow former = media.open.get(media.open.size() - 1);

        assertThat(afterwards(() -> invites("north", "1", "bell", "attic"))).isEmpty();
        assertThat(told()).isEqualTo("north: ringing 1; north: answer attic 1");
        assertThat(media.open).doesNotContain(former);
        assertThat(remoteFlows()).isEqualTo(1);
        assertThat(afterwards(() -> invites("south", "1", "bell", "attic"))).isEmpty();
        assertThat(told()).as("north can be reached").isEmpty();
        assertThat(afterwards(() -> confirms("north", "1", "attic"))).startsWith("attic: connected 1 bell");
        assertThat(remoteFlows()).isEqualTo(1);
    }

    @Test
    void shouldKeepNothingOfAClientThatLeavesForAnotherRelay() {
        connectWithBell();
        play("dora drops");

        assertThat(afterwards(() -> rejoins("south", "1", "dora", "bell"))).isEmpty();
        assertThat(told()).as("north answers").isEmpty();
        assertThat(remoteFlows()).isEqualTo(1);
    }

    @Test
    void shouldKeepNothingOfAnAnswerWithoutACommonCodec() {
        places.put("bell", Set.of("north"));
        play("dora call 1 bell pcm");

        MediaOffer opus = new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE);
        assertThat(afterwards(() -> says(
                        "north",
                        new ClusterMessage.Answer(
                                6, "bell", fingerprint("bell"), new ClientMessage.Accept(id("1"), opus)))))
                .isEqualTo("dora: ended 1 no-codec");
        assertThat(remoteFlows()).isZero();
    }

    @Test
    void shouldKeepCallsToAddressesHere() {
        places.put("bell", Set.of("north"));

        play("dora call 1 10.1.0.1 pcm");
        assertThat(told()).isEmpty();
    }
}
