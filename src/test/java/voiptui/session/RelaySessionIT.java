package voiptui.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.CallEvent;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.event.SessionEvent;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramTransport;
import voiptui.net.HostAddresses;
import voiptui.net.HostPort;
import voiptui.net.NameService;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.testkit.Allocation;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.time.NanoClock;

/** A session with a relay over real sockets: trust, reconnecting and the media path. */
class RelaySessionIT {

    private static final String CALL = "0123456789abcdef".repeat(2);
    private static final Identity IDENTITY = Identity.create();
    private static final long WAIT_MS = 10_000;
    /** Attempts at a time limit of the program's, since a busy machine may exceed it once. */
    private static final int ROUNDS = 5;

    @TempDir
    private Path folder;

    private SessionTestRelay relay;
    private KnownRelays known;
    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private final Heard heard = new Heard();
    private RelaySession session;
    /** Long enough for a handshake on a busy machine, where it is not what has to pass. */
    private int timeoutMs = 10_000;

    /** What the session reported. */
    private static final class Heard implements SessionListener, DatagramHandler {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
        private volatile String detail = "";
        private volatile String handedOverBy = "";

        @Override
        public void onSignedIn(RelayMessage.Welcome welcome) {
            calls.add("signed in" + (welcome.resumed() ? " again" : ""));
        }

        @Override
        public void onMessage(RelayMessage message) {
            calls.add(message.getClass().getSimpleName());
        }

        @Override
        public void onLost(String problem, int attempt, long retryInMs) {
            calls.add("lost");
            detail = problem;
        }

        @Override
        public void onRefused(EndReason reason, String why) {
            detail = why;
            calls.add("refused " + reason);
        }

        @Override
        public void onClassicRelay() {
            calls.add("classic");
        }

        @Override
        public void onDatagram(ByteBuffer datagram, long arrivalNs) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            handedOverBy = Thread.currentThread().getName();
            datagrams.add(bytes);
        }

        @Override
        public void onRefused() {
            calls.add("media refused");
        }

        void await(String what) {
            Deadline.require(WAIT_MS, () -> "'" + what + "' but " + calls + " " + detail, () -> calls.contains(what));
        }
    }

    @BeforeEach
    void open() throws IOException {
        relay = new SessionTestRelay();
        known = new KnownRelays(folder.resolve("known_relays"));
    }

    @AfterEach
    void close() throws IOException {
        if (session != null) {
            session.close();
        }
        relay.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .as("threads left")
                .noneMatch(thread -> thread.getName().equals("voiptui-session")
                        || thread.getName().equals("voiptui-path"));
    }

    private SessionConfig config(NameService names) {
        return new SessionConfig(
                new SessionConfig.Endpoint(
                        "relay.test:8888",
                        new HostAddresses(
                                new HostPort("relay.test", relay.address().getPort()), null, names),
                        null,
                        0,
                        0),
                new SessionConfig.Timing(2, timeoutMs, 0),
                new SessionConfig.Credentials("alice", true, IDENTITY, known, true));
    }

    private SessionConfig config(int localPort, int attempts, boolean acceptNew) {
        return new SessionConfig(
                new SessionConfig.Endpoint("relay.test:8888", HostAddresses.of(relay.address()), null, localPort, 0),
                new SessionConfig.Timing(attempts, timeoutMs, 0),
                new SessionConfig.Credentials("alice", true, IDENTITY, known, acceptNew));
    }

    private void start(boolean acceptNew) {
        start(config(0, 2, acceptNew));
    }

    private void start(SessionConfig config) {
        session = new RelaySession(config, bus, NanoClock.SYSTEM, heard);
        session.media().deliverTo(heard);
        session.start();
    }

    private void awaitPath(SessionEvent.MediaPath path) {
        while (events.await(SessionEvent.PathChanged.class).path() != path) {
            // an earlier one
        }
    }

    private void send(String text) {
        session.media().send(ByteBuffer.wrap(text.getBytes()));
    }

    private String received() throws InterruptedException {
        byte[] datagram = heard.datagrams.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        return datagram == null ? "nothing" : new String(datagram);
    }

    @Test
    void shouldPinAtFirstUseAndTrustTheSameAfterwards() throws Exception {
        start(true);
        heard.await("signed in");
        assertThat(known.find("relay.test:8888").get(0).fingerprint()).isEqualTo(relay.identity.fingerprint());
        assertThat(events.await(SessionEvent.RelayVerified.class).isNew()).isTrue();
        assertThat(relay.client).as("whom the relay sees").isEqualTo(IDENTITY.fingerprint());
        assertThat(relay.heard(ClientMessage.Hello.class))
                .matches(hello -> hello.version() == 2
                        && hello.name().equals("alice")
                        && hello.answers()
                        && hello.instance().matches("[0-9a-f]{16}"));
        session.close();

        heard.calls.clear();
        start(false);
        heard.await("signed in");
        assertThat(events.await(SessionEvent.RelayVerified.class).isNew()).isFalse();
    }

    @Test
    void shouldSendNothingToAnUntrustedRelay() {
        start(false);
        heard.await("refused RELAY_UNTRUSTED");

        assertThat(heard.detail).contains(relay.identity.fingerprint().text());
        assertThat(known.file()).doesNotExist();
    }

    @Test
    void shouldRefuseARelayThatShowsAnotherFingerprint() throws Exception {
        Fingerprint other = Identity.create().fingerprint();
        Files.writeString(known.file(), "# mine\nRELAY.test:8888 " + other + "\n");
        start(true);
        heard.await("refused RELAY_UNTRUSTED");

        assertThat(heard.detail)
                .contains(other.text(), relay.identity.fingerprint().text(), "remove line 2 of " + known.file());
    }

    @Test
    void shouldFindAClassicRelay() {
        relay.greeting = SessionTestRelay.Greeting.CLASSIC;
        start(true);
        heard.await("classic");

        assertThat(heard.calls).containsExactly("classic");
    }

    @Test
    void shouldNotBeDowngradedToClassicByAnAttacker() throws Exception {
        known.add("relay.test:8888", relay.identity.fingerprint());
        relay.greeting = SessionTestRelay.Greeting.CLASSIC;
        start(true);
        heard.await("refused RELAY_UNTRUSTED");

        assertThat(heard.detail).contains("without encryption", "--classic");
    }

    @ParameterizedTest
    @EnumSource(
            value = SessionTestRelay.Greeting.class,
            names = {"MUTE", "DRIBBLE", "GARBAGE", "CLOSE"})
    void shouldFailIfTheServerIsNoRelay(SessionTestRelay.Greeting greeting) {
        relay.greeting = greeting;
        timeoutMs = 500;
        start(true);
        heard.await("refused RELAY_UNREACHABLE");

        assertThat(heard.calls).containsExactly("lost", "refused RELAY_UNREACHABLE");
        assertThat(heard.detail).isNotEmpty();
        assertThat(known.file()).doesNotExist();
    }

    @Test
    void shouldSayWhyTheRelayDoesNotTakeUs() {
        relay.toHello = new RelayMessage.Error(RefusalCode.NAME_TAKEN, "sorry\u001b[2J");
        start(true);
        heard.await("refused NAME_REFUSED");

        assertThat(heard.detail).contains("name-taken", "sorry?[2J");
    }

    @Test
    void shouldHandOverMessagesAndMeasureTheRoundTrip() throws Exception {
        long startNs = System.nanoTime();
        start(true);
        heard.await("signed in");
        relay.say(new RelayMessage.Ended(CALL, CallEnding.HUNG_UP));
        heard.await("Ended");
        session.say(new ClientMessage.Hangup(CALL));

        assertThat(relay.heard(ClientMessage.Hangup.class).call()).isEqualTo(CALL);
        assertThat(events.await(CallEvent.RelayAnswered.class).request()).isEqualTo("HELLO");
        CallEvent.RelayAnswered pong = events.await(CallEvent.RelayAnswered.class);
        assertThat(pong.reply()).isEqualTo("PONG");
        assertThat(pong.rttMs()).isPositive().isLessThan(millisecondsSince(startNs));
    }

    @Test
    void shouldComeBackWithTheSameInstanceWhenTheConnectionBreaks() throws Exception {
        start(true);
        heard.await("signed in");
        String instance = relay.heard(ClientMessage.Hello.class).instance();
        relay.toHello = relay.welcome(true);
        relay.cut();
        heard.await("signed in again");

        assertThat(relay.heard(ClientMessage.Hello.class).instance()).isEqualTo(instance);
        assertThat(heard.calls).containsExactly("signed in", "lost", "signed in again");
    }

    @Test
    void shouldNoticeARelayThatSaysNothingAnyMore() {
        relay.answersPings = false;
        timeoutMs = 2_000;
        start(true);
        heard.await("signed in");
        heard.await("lost");

        assertThat(heard.detail).contains("no answer within 2000 ms");
    }

    @Test
    void shouldCarryMediaByUdpBothWays() throws Exception {
        relay.echoesMedia = true;
        start(true);
        awaitPath(SessionEvent.MediaPath.UDP);
        assertThat(session.media().localPort()).isEqualTo(relay.boundTo().get(0).getPort());
        send("hello there");

        assertThat(received()).isEqualTo("hello there");
        assertThat(heard.handedOverBy).isEqualTo("voiptui-path");
    }

    @Test
    void shouldMakeNoGarbageForEachPacketByUdp() throws Exception {
        relay.echoesMedia = true;
        start(true);
        awaitPath(SessionEvent.MediaPath.UDP);
        Semaphore came = new Semaphore(0);
        AtomicLong allocatedByReader = new AtomicLong();
        session.media().deliverTo(new DatagramHandler() {
            @Override
            public void onDatagram(ByteBuffer datagram, long arrivalNs) {
                allocatedByReader.set(Allocation.bytes());
                came.release();
            }

            @Override
            public void onRefused() {
                // means nothing here
            }
        });
        ByteBuffer datagram = ByteBuffer.allocateDirect(160);
        exchange(2_000, datagram, came);
        long readBefore = allocatedByReader.get();
        long sentBefore = Allocation.bytes();
        for (int i = 0; i < 2_000; i++) {
            session.media().send(datagram.clear());
        }
        double sentBytes = (Allocation.bytes() - sentBefore) / 2_000.0;
        came.drainPermits();
        exchange(4_000, datagram, came);

        assertThat(sentBytes).as("bytes for each packet sent").isLessThan(1);
        // The heartbeat and its event fall into the same time.
        assertThat((allocatedByReader.get() - readBefore) / 4_000.0)
                .as("bytes for each packet received")
                .isLessThan(8);
    }

    private void exchange(int packets, ByteBuffer datagram, Semaphore came) throws InterruptedException {
        for (int i = 0; i < packets; i++) {
            session.media().send(datagram.clear());
            // One that is lost on the way is not waited for.
            came.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void shouldReportTheRoundTripToTheRelay() {
        long startNs = System.nanoTime();
        start(true);

        double rttMs = events.await(SessionEvent.PathReading.class).rttMs();
        assertThat(rttMs).isBetween(0.0, millisecondsSince(startNs));
    }

    /** Returns the time that no round trip begun since {@code startNs} can exceed, however busy the machine is. */
    private static double millisecondsSince(long startNs) {
        return (System.nanoTime() - startNs) / 1e6;
    }

    @Test
    void shouldTunnelWhereUdpDoesNotGetThroughAndGoBack() throws Exception {
        relay.answersBinds = false;
        start(true);
        heard.await("signed in");
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.TUNNEL);
        assertThat(relay.heard(ClientMessage.Media.class))
                .matches(media -> media.via().equals("tcp") && media.after() > 3);
        send("through the tunnel");
        assertThat(new String(relay.awaitTunnelled())).isEqualTo("through the tunnel");
        relay.sayMedia("and back".getBytes());
        assertThat(received()).isEqualTo("and back");
        assertThat(heard.handedOverBy).isEqualTo("voiptui-path");

        relay.answersBinds = true;
        relay.echoesMedia = true;
        relay.toHello = relay.welcome(true);
        relay.cut();
        awaitPath(SessionEvent.MediaPath.UDP);
        send("by udp again");
        assertThat(received()).isEqualTo("by udp again");
    }

    @Test
    void shouldTunnelPacketsThatAreTooLongForThePath() throws Exception {
        relay.carriedBytes = 1_252;
        start(true);
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.UDP);
        session.media().send(ByteBuffer.allocate(1_776));
        awaitPath(SessionEvent.MediaPath.TUNNEL);
        session.media().send(ByteBuffer.allocate(1_776));

        assertThat(relay.awaitTunnelled()).hasSize(1_776);
    }

    @Test
    void shouldTunnelWhenTheRelayReportsThatNothingArrives() throws Exception {
        start(true);
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.UDP);
        RelayMessage.Leg nothing = new RelayMessage.Leg(0, 0, 0, -1, 0);
        Thread talking = new Thread(() -> {
            try {
                while (true) {
                    for (int i = 0; i < 60; i++) {
                        session.media().send(ByteBuffer.allocate(160));
                    }
                    relay.say(new RelayMessage.Legs("0".repeat(32), nothing, nothing));
                    Thread.sleep(200);
                }
            } catch (InterruptedException | IOException enough) {
                // the path has changed, or the test has failed
            }
        });
        talking.start();
        awaitPath(SessionEvent.MediaPath.TUNNEL);
        talking.interrupt();
        talking.join();

        assertThat(relay.heard(ClientMessage.Media.class).via()).isEqualTo("tcp");
    }

    @Test
    void shouldReachTheRelayByItsSecondAddress() throws Exception {
        relay.echoesMedia = true;
        start(config(host -> List.of(InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.1"))));
        awaitPath(SessionEvent.MediaPath.UDP);
        send("by the address of the connection");

        assertThat(received()).isEqualTo("by the address of the connection");
    }

    @Test
    void shouldFollowARelayThatMovesToAnotherAddress() throws Exception {
        AtomicReference<String> address = new AtomicReference<>("127.0.0.1");
        start(config(host -> List.of(InetAddress.getByName(address.get()))));
        awaitPath(SessionEvent.MediaPath.UDP);
        try (SessionTestRelay moved =
                new SessionTestRelay("127.0.0.2", relay.address().getPort())) {
            moved.identity = relay.identity;
            moved.echoesMedia = true;
            moved.toHello = moved.welcome(true);
            address.set("127.0.0.2");
            relay.close();
            heard.await("signed in again");
            Deadline.require(
                    WAIT_MS,
                    () -> "no media at the new address",
                    () -> !moved.boundTo().isEmpty());
            relay = moved;
            awaitEcho("at the new address");
        }
    }

    /** Services start before the name service answers. */
    @Test
    void shouldLookTheRelayUpAgainAtEachAttempt() {
        AtomicInteger lookUps = new AtomicInteger();
        start(config(host -> {
            if (lookUps.incrementAndGet() == 1) {
                throw new UnknownHostException(host);
            }
            return List.of(InetAddress.getByName("127.0.0.1"));
        }));

        heard.await("signed in");
        assertThat(heard.calls).startsWith("lost");
        assertThat(heard.detail).startsWith("unknown host 'relay.test'");
    }

    @Test
    void shouldSendMediaToTheHostThatTheRelayNames() throws Exception {
        try (SessionTestRelay media = new SessionTestRelay("127.0.0.2", 0)) {
            media.echoesMedia = true;
            relay.toHello = relay.welcomeTo("127.0.0.2", media);
            start(true);
            awaitPath(SessionEvent.MediaPath.UDP);
            send("elsewhere");

            assertThat(received()).isEqualTo("elsewhere");
            assertThat(relay.boundTo()).isEmpty();
        }
    }

    /** The path may change a moment after the relay knows: until then what is sent goes to the old one. */
    private void awaitEcho(String text) {
        Deadline.require(WAIT_MS, () -> "no echo", () -> {
            send(text);
            byte[] datagram = heard.datagrams.poll();
            return datagram != null && new String(datagram).equals(text);
        });
    }

    @Test
    void shouldChangeThePortWhenTheOldOneIsNotAnsweredInACall() throws Exception {
        start(true);
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.UDP);
        int before = session.media().localPort();
        relay.answers = answer -> port(answer) == before ? null : answer;
        Deadline.require(
                WAIT_MS, () -> relay.boundTo().toString(), () -> relay.boundTo().size() == 2);
        relay.sendMedia("you moved".getBytes());

        assertThat(received()).isEqualTo("you moved");
        assertThat(session.media().localPort())
                .isNotEqualTo(before)
                .isEqualTo(relay.boundTo().get(1).getPort());
    }

    private static int port(byte[] answer) {
        return ByteBuffer.wrap(answer).getShort(30) & 0xffff;
    }

    @Test
    void shouldUseTheLocalPortThatTheUserChose() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            port = free.getLocalPort();
        }
        start(config(port, 2, true));
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.UDP);
        relay.answersBinds = false;
        awaitPath(SessionEvent.MediaPath.TUNNEL);

        assertThat(session.media().localPort()).isEqualTo(port);
        assertThat(relay.boundTo()).extracting(InetSocketAddress::getPort).containsOnly(port);
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0)) {
            start(config(taken.getLocalPort(), 2, true));
            heard.await("refused RELAY_UNREACHABLE");

            assertThat(heard.detail).contains("UDP port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void shouldIgnoreAnswersThatTheRelayDidNotSign() {
        relay.answers = answer -> {
            answer[answer.length - 1] ^= 1;
            return answer;
        };
        start(true);
        heard.await("signed in");
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.TUNNEL);

        assertThat(relay.boundTo()).isEmpty();
    }

    @Test
    void shouldIgnoreReplayedAnswers() {
        byte[][] first = {null};
        relay.answers = answer -> {
            if (first[0] == null && answer[28] == 1) {
                first[0] = answer;
            }
            return first[0] == null ? answer : first[0];
        };
        start(true);
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.UDP);
        awaitPath(SessionEvent.MediaPath.TUNNEL);

        assertThat(first[0]).isNotNull();
    }

    @Test
    void shouldLeaveARelayThatSendsNoFrames() throws Exception {
        start(true);
        heard.await("signed in");
        relay.sendRaw(new byte[] {0, (byte) 0xff, (byte) 0xff, '{'});
        heard.await("lost");

        assertThat(heard.detail).contains("the relay sent an invalid frame");
    }

    @Test
    void shouldSurviveARelayThatTalksNonsense() throws Exception {
        start(true);
        heard.await("signed in");
        relay.sendRaw(new byte[] {0, 0, 0});
        relay.sendRaw(new byte[] {0, 0, 4, '{', '}', (byte) 0xff, 0});
        relay.sendRaw(new byte[] {1, 0, 0});
        String later = "{\"type\":\"of-a-later-version\"}";
        relay.sendRaw(FrameHeader.frame(0, later.getBytes()));
        relay.sendRaw(FrameHeader.frame(7, later.getBytes()));
        byte[] deep = new byte[8_000];
        Arrays.fill(deep, (byte) '[');
        relay.sendRaw(FrameHeader.frame(0, deep));
        for (int i = 0; i < 2_000; i++) {
            relay.say(new RelayMessage.Missed("mallory", i));
        }
        relay.say(new RelayMessage.Ended(CALL, CallEnding.HUNG_UP));
        heard.await("Ended");

        assertThat(heard.calls).doesNotContain("lost");
    }

    @Test
    void shouldHangUpAndSayWhyTheRelayIsNotUnderstood() throws Exception {
        start(true);
        heard.await("signed in");
        String connected = "{\"type\":\"connected\",\"call\":\"" + CALL
                + "\",\"peer\":\"bob\",\"codec\":\"opus\",\"packets\":\"srtp\"}";
        relay.sendRaw(FrameHeader.frame(0, connected.getBytes()));

        assertThat(relay.heard(ClientMessage.Hangup.class).call()).isEqualTo(CALL);
        heard.await("Ended");
        assertThat(events.await(SessionEvent.RelayMessageUnreadable.class).problem())
                .isEqualTo("unknown packets 'srtp'");
        assertThat(heard.calls).doesNotContain("lost");
    }

    @Test
    void shouldNeverWaitForAConnectionThatTakesNothing() {
        relay.answersBinds = false;
        start(true);
        heard.await("signed in");
        session.media().setInCall(true);
        awaitPath(SessionEvent.MediaPath.TUNNEL);
        ByteBuffer datagram = ByteBuffer.allocate(1_768);
        // The connection takes nothing, so a send that waits for it does so in each round; a busy machine does not.
        double longestMs = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && longestMs >= 500; round++) {
            int refused = 0;
            longestMs = 0;
            for (int i = 0; i < 20_000; i++) {
                long startNs = System.nanoTime();
                refused += session.media().send(datagram.clear()) == DatagramTransport.UNAVAILABLE ? 1 : 0;
                longestMs = Math.max(longestMs, millisecondsSince(startNs));
            }
            assertThat(refused).as("dropped rather than queued").isPositive();
        }
        assertThat(longestMs).as("longest wait in ms, in the best round").isLessThan(500);
    }

    @Test
    void shouldSendByeAndCloseWithinASecond() throws Exception {
        double fastestMs = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && fastestMs >= 1_500; round++) {
            heard.calls.clear();
            start(true);
            heard.await("signed in");
            fastestMs = Math.min(fastestMs, closeMs());
            assertThat(relay.heard(ClientMessage.Bye.class)).isNotNull();
        }

        assertThat(fastestMs).as("fastest close in ms").isLessThan(1_500);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("voiptui-session"));
        assertThat(session.media().send(ByteBuffer.allocate(4))).isEqualTo(DatagramTransport.CLOSED);
    }

    @Test
    void shouldCloseASessionThatIsStillConnecting() {
        relay.greeting = SessionTestRelay.Greeting.MUTE;
        double fastestMs = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && fastestMs >= 1_500; round++) {
            start(true);
            fastestMs = Math.min(fastestMs, closeMs());
        }

        assertThat(fastestMs).as("fastest close in ms").isLessThan(1_500);
    }

    private double closeMs() {
        long startNs = System.nanoTime();
        session.close();
        return millisecondsSince(startNs);
    }
}
