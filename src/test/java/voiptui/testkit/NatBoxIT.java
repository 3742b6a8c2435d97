package voiptui.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.testkit.ImpairedTransport.Impairment;

/** Checks the test NAT between clients and the relay. */
class NatBoxIT {

    private static final long SOON_MS = 10_000;
    private static V2Identity relayIdentity;
    private static V2Identity alice;
    private ScriptedRelay relay;
    private NatBox nat;
    private V2Peer a;
    private V2Peer b;

    @BeforeAll
    static void makeIdentities() throws Exception {
        relayIdentity = V2Identity.create("relay");
        alice = V2Identity.create("alice");
    }

    /** Two who talk, the first from behind the NAT. */
    @BeforeEach
    void call() throws Exception {
        relay = ScriptedRelay.start("127.0.0.1", relayIdentity);
        nat = new NatBox("127.0.1.1", "127.0.0.9", relay.address(), relay.media(), 1);
        a = V2Peer.signIn("127.0.0.2", nat.address(), alice, "alice");
        b = V2Peer.signIn("127.0.0.3", relay.address(), alice, "bob");
        a.call("bob", "opus");
        b.answer("opus");
        a.await("connected");
        a.media().activate();
        b.media().activate();
    }

    @AfterEach
    void hangUp() throws Exception {
        a.close();
        b.close();
        nat.close();
        relay.close();
    }

    private boolean arrivesAtB(int number) {
        a.media().send(RtpPacket.numbered(number, 1, 40).bytes());
        return b.media().receive(number < 0 ? 100 : SOON_MS).isPresent();
    }

    private boolean arrivesAtA(int number) {
        b.media().send(RtpPacket.numbered(number, 2, 40).bytes());
        return a.media().receive(number < 0 ? 100 : SOON_MS).isPresent();
    }

    @Test
    void shouldSendFromItsOuterAddress() {
        assertThat(arrivesAtB(1)).isTrue();
        assertThat(arrivesAtA(2)).isTrue();
        assertThat(a.welcome().get("seenAs").getAsString()).startsWith("127.0.0.9:");
        InetSocketAddress seenAs = a.media().activate().seenAs();
        assertThat(nat.outside()).containsExactly(seenAs);
        assertThat(seenAs.getHostString()).isEqualTo("127.0.0.9");
        assertThat(nat.up()).isGreaterThan(2);
        assertThat(nat.tcp().bytes()).isPositive();
    }

    @Test
    void shouldChangePortsAndAddress() {
        InetSocketAddress before = nat.outside().get(0);

        nat.changePorts();

        assertThat(arrivesAtA(-1)).as("to the old port").isFalse();
        assertThat(a.media().activate().seenAs())
                .isNotEqualTo(before)
                .isEqualTo(nat.outside().get(0));
        assertThat(arrivesAtA(1)).isTrue();
        nat.moveTo("127.0.0.8");
        assertThat(a.media().activate().seenAs().getHostString()).isEqualTo("127.0.0.8");
        assertThat(arrivesAtA(2)).isTrue();
        a.ping();
    }

    @Test
    void shouldDropUdpInEitherOrBothDirections() {
        nat.dropUp(true);
        assertThat(arrivesAtB(-1)).isFalse();
        assertThat(arrivesAtA(1)).isTrue();
        nat.dropUdp(true);
        assertThat(arrivesAtA(-1)).isFalse();
        a.ping();
        nat.dropUdp(false);
        assertThat(arrivesAtB(2)).isTrue();
        assertThat(arrivesAtA(3)).isTrue();
    }

    @Test
    void shouldRepeatLossAndDelayForTheSameSeed() {
        nat.impair(Impairment.NONE.withLoss(0.5));
        IntStream.range(0, 200)
                .forEach(number ->
                        a.media().send(RtpPacket.numbered(number, 1, 40).bytes()));
        // Before it looks at most of them it must not be told to lose no more.
        Deadline.require(SOON_MS, () -> "half of the datagrams", () -> nat.up() > 60);
        nat.impair(Impairment.NONE.withDelay(100, 0));
        long beganNs = System.nanoTime();
        a.media().send(RtpPacket.numbered(1_000, 1, 40).bytes());
        b.media().awaitRtp(SOON_MS, packet -> packet.sequence() == 1_000);
        assertThat(System.nanoTime() - beganNs).isGreaterThan(99_000_000L);
        assertThat(nat.up()).isBetween(50L, 170L);
    }

    @Test
    void shouldBreakTcpConnections() throws Exception {
        nat.tcp().stall(true);
        a.say("ping", "id", 77);
        assertThatThrownBy(() -> a.await(100, "pong", pong -> true)).isInstanceOf(AssertionError.class);
        nat.tcp().stall(false);
        a.await("pong");

        nat.tcp().strand();
        a.say("ping", "id", 78);
        assertThatThrownBy(() -> a.await(100, "pong", pong -> true)).isInstanceOf(AssertionError.class);
        assertThat(a.isConnected()).isTrue();
        try (V2Peer another = V2Peer.signIn("127.0.0.2", nat.address(), alice, "carol")) {
            another.ping();
            nat.tcp().reset();
            another.awaitEnd(SOON_MS);
            a.awaitEnd(SOON_MS);
        }
        nat.tcp().refuse(true);
        assertThatThrownBy(() -> V2Peer.connect("127.0.0.2", nat.address(), alice))
                .isInstanceOf(Exception.class);
    }
}
