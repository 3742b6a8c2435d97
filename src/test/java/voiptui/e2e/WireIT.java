package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import voiptui.testkit.NatBox;
import voiptui.testkit.RtpPacket;
import voiptui.testkit.TestRelay;
import voiptui.testkit.V2Bind;
import voiptui.testkit.V2Frames;
import voiptui.testkit.V2Identity;
import voiptui.testkit.V2Media;
import voiptui.testkit.V2Peer;

/** Tests a relay process against {@code protocol.md} with clients that share no code with it. */
class WireIT {

    private static final long SOON_MS = 15_000;
    /** How long to wait on loopback for a packet that must not arrive. */
    private static final long NEVER_MS = 300;

    private static V2Identity alice;
    private static V2Identity bob;
    private static TestRelay relay;

    @BeforeAll
    static void begin() throws Exception {
        alice = V2Identity.create("alice");
        bob = V2Identity.create("bob");
        relay = TestRelay.start("--max-clients", "50");
    }

    @AfterAll
    static void end() {
        relay.close();
    }

    /** Two clients in a call, with bound media addresses. */
    private record Call(V2Peer a, V2Peer b, String number) implements AutoCloseable {

        static Call begin(InetSocketAddress relayOfA) throws IOException {
            V2Peer b = V2Peer.signIn("127.0.0.3", relay.control(), bob, "bob");
            V2Peer a = V2Peer.signIn("127.0.0.2", relayOfA, alice, "alice");
            String number = a.call("bob", "opus", "pcm");
            JsonObject answered = b.answer("pcm", "opus");
            assertThat(answered.get("codec").getAsString())
                    .as("the caller's first")
                    .isEqualTo("opus");
            assertThat(answered.get("packets").getAsString()).isEqualTo("rtp");
            assertThat(a.await("connected").get("peer").getAsString()).isEqualTo("bob");
            a.media().activate();
            b.media().activate();
            return new Call(a, b, number);
        }

        void talkBothWays(int first) {
            byte[] toB = RtpPacket.numbered(first, 1, 60).bytes();
            byte[] toA = RtpPacket.numbered(first + 1, 2, 80).bytes();
            a.media().send(toB);
            assertThat(b.media().receive(SOON_MS)).as("A to B, untouched").hasValue(toB);
            b.media().send(toA);
            assertThat(a.media().receive(SOON_MS)).as("B to A, untouched").hasValue(toA);
        }

        @Override
        public void close() {
            // After a bye the name is free for the next test.
            for (V2Peer side : new V2Peer[] {a, b}) {
                if (side.isConnected()) {
                    side.say("bye");
                    side.awaitEnd(SOON_MS);
                }
                side.close();
            }
        }
    }

    @Test
    void shouldPresentTheLoggedFingerprint() throws Exception {
        String told = relay.process()
                .awaitLog(SOON_MS, "identity", event -> true)
                .get("fingerprint")
                .getAsString();
        try (V2Peer peer = V2Peer.connect("127.0.0.2", relay.control(), alice)) {
            assertThat(peer.relayFingerprint()).isEqualTo(told);
        }
    }

    @Test
    void shouldConnectACallUntilOneSideHangsUp() throws Exception {
        try (Call call = Call.begin(relay.control())) {
            call.talkBothWays(10);
            byte[] report = {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1};
            call.a.media().send(report);
            assertThat(call.b.media().receive(SOON_MS))
                    .as("RTCP on the same port")
                    .hasValue(report);

            call.b.say("hangup", "call", call.number);

            assertThat(call.a.await("ended").get("reason").getAsString()).isEqualTo("hung-up");
            call.a.media().send(RtpPacket.numbered(12, 1, 60).bytes());
            assertThat(call.b.media().receive(NEVER_MS)).as("after the end").isEmpty();
        }
    }

    @Test
    void shouldFollowAddressChanges() throws Exception {
        try (NatBox nat = new NatBox("127.0.1.1", "127.0.0.9", relay.control(), relay.media(), 1);
                Call call = Call.begin(nat.address())) {
            assertThat(call.a.welcome().get("seenAs").getAsString()).startsWith("127.0.0.9:");
            call.talkBothWays(20);
            nat.changePorts();
            assertThat(call.a.media().activate().seenAs())
                    .isEqualTo(nat.outside().get(0));
            call.talkBothWays(22);
            nat.moveTo("127.0.0.8");
            assertThat(call.a.media().activate().seenAs().getHostString()).isEqualTo("127.0.0.8");
            call.talkBothWays(24);
            call.b.media().move("127.0.0.13");
            call.b.media().activate();
            call.talkBothWays(26);
        }
    }

    @Test
    void shouldSendNoMediaToTheSenderOfACopiedBind() throws Exception {
        try (Call call = Call.begin(relay.control());
                DatagramSocket thief = new DatagramSocket(0, InetAddress.getByName("127.0.0.66"))) {
            V2Media media = call.a.media();
            byte[] old = media.nextBind(true);
            media.send(old);
            assertThat(media.answer(media.counter(), SOON_MS)).isPresent();
            assertThat(answerTo(thief, old)).as("a copy").isZero();

            byte[] fresh = media.nextBind(true);
            int answered = answerTo(thief, fresh);
            assertThat(answered)
                    .as("one that was caught before it arrived is answered with no more than it had")
                    .isLessThanOrEqualTo(fresh.length);
            byte[] forged = media.nextBind(true);
            forged[forged.length - 1] ^= 1;
            assertThat(answerTo(thief, forged)).as("another key").isZero();
            assertThat(answerTo(thief, Arrays.copyOf(media.nextBind(true), 63)))
                    .as("too short")
                    .isZero();

            call.talkBothWays(30);
            byte[] speech = RtpPacket.numbered(40, 1, 60).bytes();
            thief.send(new DatagramPacket(speech, speech.length, relay.media()));
            assertThat(call.b.media().receive(NEVER_MS))
                    .as("speech from elsewhere")
                    .isEmpty();
        }
    }

    /** Returns the size of the reply to a datagram in bytes; 0 if there is none. */
    private static int answerTo(DatagramSocket socket, byte[] datagram) throws IOException {
        socket.setSoTimeout((int) NEVER_MS);
        socket.send(new DatagramPacket(datagram, datagram.length, relay.media()));
        DatagramPacket answer = new DatagramPacket(new byte[4_096], 4_096);
        try {
            socket.receive(answer);
            return answer.getLength();
        } catch (SocketTimeoutException none) {
            return 0;
        }
    }

    @Test
    void shouldReportTheSourceAddressOfABind() throws Exception {
        try (V2Peer peer = V2Peer.signIn("127.0.0.5", relay.control(), alice, "alice")) {
            V2Bind first = peer.media().answer(peer.media().bind(true), SOON_MS).orElseThrow();
            assertThat(first.flags()).as("without a cookie").isZero();
            assertThat(first.seenAs()).isEqualTo(peer.media().local());
            assertThat(first.bytes()).isEqualTo(V2Bind.MIN_BYTES);
            assertThat(peer.media().activate().flags()).isEqualTo(1);
            peer.say("bye");
            peer.awaitEnd(SOON_MS);
        }
    }

    @Test
    void shouldCarryMediaThroughTheTunnel() throws Exception {
        try (Call call = Call.begin(relay.control())) {
            call.b.askForTunnel();
            call.b.ping();
            byte[] toB = RtpPacket.numbered(50, 1, 60).bytes();
            call.a.media().send(toB);
            assertThat(call.b.receiveTunnelled(SOON_MS)).hasValue(toB);
            byte[] toA = RtpPacket.numbered(51, 2, 60).bytes();
            call.b.sendTunnelled(toA);
            assertThat(call.a.media().receive(SOON_MS)).hasValue(toA);

            call.b.media().activate();
            call.talkBothWays(52);
        }
    }

    @Test
    void shouldKeepACallWhoseConnectionBreaks() throws Exception {
        try (Call call = Call.begin(relay.control())) {
            call.a.breakOff();
            call.talkBothWays(60);
            try (V2Peer back = call.a.reconnect(alice)) {
                assertThat(back.hello("alice").get("resumed").getAsBoolean()).isTrue();
                assertThat(back.welcome().get("udpSession").getAsString())
                        .isEqualTo(call.a.welcome().get("udpSession").getAsString());
                back.media().activate();
                byte[] toA = RtpPacket.numbered(62, 2, 60).bytes();
                call.b.media().send(toA);
                assertThat(back.media().receive(SOON_MS)).hasValue(toA);
                back.say("hangup", "call", call.number);
                assertThat(call.b.await("ended").get("reason").getAsString()).isEqualTo("hung-up");
                back.say("bye");
                back.awaitEnd(SOON_MS);
            }
        }
    }

    @Test
    void shouldBindANameToItsFirstCertificate() throws Exception {
        try (V2Peer owner = V2Peer.signIn("127.0.0.2", relay.control(), alice, "alice");
                V2Peer other = V2Peer.connect("127.0.0.3", relay.control(), bob)) {
            other.say("hello", "version", 2, "name", "ALICE", "instance", other.instance(), "answers", true);
            other.awaitRefusal("name-taken");
            owner.say("bye");
            owner.awaitEnd(SOON_MS);
        }
    }

    @Test
    void shouldRefuseInvalidMessagesAndSkipUnknownOnes() throws Exception {
        byte[][] nonsense = {
            V2Frames.frame("{"),
            V2Frames.frame("[]"),
            {0, (byte) 0xff, (byte) 0xff, '{'},
            V2Frames.frame("{\"type\":\"ping\",\"id\":\"\u0000\"}")
        };
        for (byte[] words : nonsense) {
            try (V2Peer peer = V2Peer.signIn("127.0.0.2", relay.control(), alice, "alice")) {
                peer.sayRaw(words);
                peer.awaitRefusal("bad-message");
            }
        }
        try (V2Peer peer = V2Peer.signIn("127.0.0.2", relay.control(), alice, "alice")) {
            peer.sayRaw(V2Frames.frame(7, new byte[4]));
            peer.say("dance");
            assertThat(peer.await("unsupported").get("value").getAsString()).isEqualTo("dance");
            peer.say("ping", "id", 1);
            peer.await("pong");
        }
        try (V2Peer peer = V2Peer.connect("127.0.0.2", relay.control(), alice)) {
            peer.say("hello", "version", 1, "name", "alice", "instance", peer.instance(), "answers", true);
            peer.awaitRefusal("bad-version");
        }
        try (V2Peer peer = V2Peer.connect("127.0.0.2", relay.control(), alice)) {
            peer.say("hello", "version", 2, "name", "127.0.0.1", "instance", peer.instance(), "answers", true);
            peer.awaitRefusal("bad-name");
        }
    }

    @Test
    void shouldRequireAP256ClientCertificate() throws Exception {
        assertThatThrownBy(() -> {
                    try (V2Peer peer = V2Peer.connect(
                            "127.0.0.2", relay.control(), V2Identity.anonymousTls(), V2Peer.randomHex(8))) {
                        peer.hello("nobody");
                    }
                })
                .isInstanceOfAny(
                        SSLException.class, IOException.class, AssertionError.class, UncheckedIOException.class);
        V2Identity rsa = V2Identity.createRsa("rsa");
        assertThatThrownBy(() -> {
                    try (V2Peer peer = V2Peer.connect("127.0.0.2", relay.control(), rsa)) {
                        peer.hello("rsa");
                    }
                })
                .isInstanceOfAny(
                        SSLException.class, IOException.class, AssertionError.class, UncheckedIOException.class);
        assertThat(relay.process().err()).noneMatch(line -> line.contains("\"nobody\"") || line.contains("\"rsa\""));
    }

    @Test
    void shouldSendNoTerminalControlCharacters() throws Exception {
        try (V2Peer peer = V2Peer.connect("127.0.0.2", relay.control(), alice)) {
            peer.say("hello", "version", 2, "name", "a\u001b[2Jb", "instance", peer.instance(), "answers", true);
            peer.awaitRefusal("bad-name");
        }
        assertThat(String.join("", relay.process().err()).getBytes(StandardCharsets.UTF_8))
                .doesNotContain(0x1b);
    }
}
