package voiptui.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the tests' v2 client against the tests' relay, so that their own bugs show here first. */
class V2PeerIT {

    private static final long SOON_MS = 10_000;
    private static V2Identity relayIdentity;
    private static V2Identity alice;
    private static V2Identity bob;

    @BeforeAll
    static void makeIdentities() throws Exception {
        relayIdentity = V2Identity.create("relay");
        alice = V2Identity.create("alice");
        bob = V2Identity.create("bob");
    }

    @Test
    void shouldSignInAndReadTheRelaysFingerprint() throws Exception {
        try (ScriptedRelay relay = ScriptedRelay.start("127.0.0.1", relayIdentity);
                V2Peer peer = V2Peer.signIn("127.0.0.2", relay.address(), alice, "alice")) {
            peer.ping();
            assertThat(peer.relayFingerprint())
                    .isEqualTo(relay.fingerprint())
                    .matches("SHA256:[A-Za-z0-9+/]{43}")
                    .isNotEqualTo(alice.fingerprint());
            assertThat(peer.welcome().get("seenAs").getAsString()).startsWith("127.0.0.2:");
        }
    }

    @Test
    void shouldReportRefusalsAndEarlyDisconnects() throws Exception {
        try (ScriptedRelay relay = ScriptedRelay.start("127.0.0.1", relayIdentity)) {
            relay.refuse("name-taken");
            try (V2Peer peer = V2Peer.connect("127.0.0.2", relay.address(), alice)) {
                assertThatThrownBy(() -> peer.hello("alice"))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("ended before 'welcome'")
                        .hasMessageContaining("name-taken");
                peer.awaitRefusal("name-taken");
            }
        }
    }

    @Test
    void shouldCarryMediaOverUdpAfterAMoveAndInTheTunnel() throws Exception {
        try (ScriptedRelay relay = ScriptedRelay.start("127.0.0.1", relayIdentity);
                V2Peer a = V2Peer.signIn("127.0.0.2", relay.address(), alice, "alice");
                V2Peer b = V2Peer.signIn("127.0.0.3", relay.address(), bob, "bob")) {
            String call = a.call("bob", "opus", "pcm");
            JsonObject connected = b.answer("opus");
            assertThat(connected.get("peer").getAsString()).isEqualTo("alice");
            assertThat(a.await("connected").get("call").getAsString()).isEqualTo(call);
            assertThat(a.media().activate().seenAs()).isEqualTo(a.media().local());
            b.media().activate();

            a.media().send(RtpPacket.numbered(1, 7, 60).bytes());
            assertThat(b.media().receive(SOON_MS))
                    .hasValue(RtpPacket.numbered(1, 7, 60).bytes());

            a.media().move("127.0.0.4");
            assertThat(a.media().answer(a.media().bind(true), SOON_MS))
                    .get()
                    .extracting(V2Bind::flags)
                    .as("without a cookie")
                    .isEqualTo(0);
            a.media().activate();
            b.media().send(RtpPacket.numbered(2, 8, 60).bytes());
            assertThat(a.media().awaitRtp(SOON_MS, packet -> true).sequence()).isEqualTo(2);

            b.askForTunnel();
            b.ping();
            a.media().send(RtpPacket.numbered(3, 7, 60).bytes());
            assertThat(b.receiveTunnelled(SOON_MS))
                    .hasValue(RtpPacket.numbered(3, 7, 60).bytes());
            b.sendTunnelled(RtpPacket.numbered(4, 8, 60).bytes());
            assertThat(a.media().receive(SOON_MS))
                    .hasValue(RtpPacket.numbered(4, 8, 60).bytes());

            a.say("hangup", "call", call);
            assertThat(b.await("ended").get("reason").getAsString()).isEqualTo("hung-up");
        }
    }

    @Test
    void shouldReportWhetherABindWasAnswered() throws Exception {
        try (ScriptedRelay relay = ScriptedRelay.start("127.0.0.1", relayIdentity);
                V2Peer peer = V2Peer.signIn("127.0.0.2", relay.address(), alice, "alice")) {
            relay.answerBinds(false);
            assertThat(peer.media().answer(peer.media().bind(false), 50)).isEmpty();
            relay.answerBinds(true);
            assertThat(peer.media().answer(peer.media().bind(false), SOON_MS)).isPresent();
            assertThat(peer.media().counter()).isEqualTo(2);
        }
    }

    @Test
    void shouldParseItsOwnRtpPackets() {
        RtpPacket packet = new RtpPacket(RtpPacket.OPUS, true, 0xfffe, 0xffff_fff0L, 0x8000_0001L, new byte[] {1, 2});
        assertThat(RtpPacket.parse(packet.bytes())).usingRecursiveComparison().isEqualTo(packet);
        assertThat(packet.bytes()).startsWith(0x80, 0xef, 0xff, 0xfe);
        assertThat(RtpPacket.isRtcp(new byte[] {(byte) 0x80, (byte) 200, 0, 6, 0, 0, 0, 0}))
                .isTrue();
    }
}
