package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.relay.V2RelayHarness.Phone;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.testkit.RawMediaClient;

/** Bind datagrams and v2 media over real sockets. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class BindIT {

    private final MediaIo io;

    BindIT(MediaIo io) {
        this.io = io;
    }

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final long PATIENCE_MS = V2RelayHarness.PATIENCE_MS;

    /** Far fewer packets than a client's socket at the relay holds: what overflows it is lost, move or not. */
    private static final int MAX_IN_FLIGHT = 16;
    /** Time between two requests, in milliseconds. */
    private static final int REQUEST_MS = 6;

    private static byte[] rtp(int sequence) {
        byte[] packet = ClassicPeer.packet(sequence, 100);
        packet[0] = (byte) 0x80;
        return packet;
    }

    private static void assertFlows(RawMediaClient from, RawMediaClient to, int sequence) {
        from.send(rtp(sequence));
        assertThat(to.receiveMedia(PATIENCE_MS)).hasValue(rtp(sequence));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {64, 65, 700, 2_200})
    void shouldAnswerWithJustAsManyBytes(int bytes) throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            RawMediaClient udp = relay.phone(A, "anna").udp();
            udp.send(udp.request(bytes, udp.session(), udp.nextCounter(), 0, 1));
            RawMediaClient.Answer answer = udp.answer(PATIENCE_MS).orElseThrow();
            assertThat(answer.raw()).hasSize(bytes);
            assertThat(answer.session()).isEqualTo(udp.session());
            assertThat(answer.counter()).isEqualTo(1);
            assertThat(answer.cookie()).isNotZero();
            assertThat(answer.active()).isFalse();
            assertThat(answer.port()).isEqualTo(udp.address().getPort());
            assertThat(Arrays.copyOfRange(answer.raw(), 32, 48))
                    .isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 2});
        }
    }

    @Test
    void shouldCarryACallBetweenTwoWhoAreBound() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            for (int packet = 0; packet < 50; packet++) {
                assertFlows(a.udp(), b.udp(), packet);
                assertFlows(b.udp(), a.udp(), packet + 1_000);
            }
            assertThat(relay.sessions.byName.get("anna").boundTo)
                    .isEqualTo(a.udp().address());
            assertThat(a.udp().ask(0, false, PATIENCE_MS).orElseThrow().active())
                    .as("a keep-alive")
                    .isTrue();
        }
    }

    @Test
    void shouldCarryWhatLooksLikeTheEndOfAClassicTransmission() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            a.udp().send(ClassicPeer.endOfTransmission());
            assertThat(b.udp().receiveMedia(PATIENCE_MS)).hasValue(ClassicPeer.endOfTransmission());
            assertThat(relay.sessions.byName.get("anna").flow.status.isEndOfTransmission())
                    .isFalse();
        }
    }

    /** Each is dropped without an answer; that the right one after it is answered shows that nothing else was. */
    private static void assertDropped(V2RelayHarness relay, RawMediaClient from, byte[] datagram) {
        long before = relay.harness.count(Counter.BINDS_ANSWERED);
        long refused = relay.harness.count(Counter.BINDS_REFUSED);
        from.send(datagram);
        assertThat(relay.harness.awaitCount(Counter.BINDS_REFUSED, refused + 1)).isTrue();
        assertThat(relay.harness.count(Counter.BINDS_ANSWERED)).isEqualTo(before);
        assertThat(from.receive(0)).isEmpty();
    }

    @Test
    void shouldNotAnswerForgeries() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            RawMediaClient a = relay.phone(A, "anna").udp();
            RawMediaClient b = relay.phone(B, "bert").udp();
            assertDropped(relay, a, a.request(64, a.session() + 1, 1, 0, 1));
            assertDropped(relay, a, a.request(64, b.session(), 1, 0, 1));
            for (int at = 4; at < 64; at++) {
                byte[] touched = a.request(64, a.session(), 1, 0, 1);
                touched[at] ^= 0x40;
                assertDropped(relay, a, touched);
            }
            assertThat(a.ask(0, false, PATIENCE_MS)).isPresent();
        }
    }

    @Test
    void shouldNotAnswerReplayedOrOldBinds() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            RawMediaClient a = relay.phone(A, "anna").udp();
            byte[] early = a.request(64, a.session(), a.nextCounter(), 0, 0);
            byte[] late = a.request(64, a.session(), 100, 0, 0);
            a.send(late);
            assertThat(a.answer(PATIENCE_MS)).isPresent();
            assertDropped(relay, a, late);
            assertDropped(relay, a, early);
            assertDropped(relay, a, a.request(64, a.session(), 36, 0, 0));
            assertDropped(relay, a, a.request(64, a.session(), 0, 0, 0));
            assertDropped(relay, a, a.request(64, a.session(), -1, 0, 0));
            a.send(a.request(64, a.session(), 37, 0, 0));
            assertThat(a.answer(PATIENCE_MS)).as("overtaken, but not too old").isPresent();
        }
    }

    @Test
    void shouldNotGiveMediaToACopyOfABindFromElsewhere() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            long cookie = a.udp().ask(0, false, PATIENCE_MS).orElseThrow().cookie();
            byte[] onItsWay = a.udp().request(64, a.udp().session(), a.udp().nextCounter(), cookie, 1);
            try (RawMediaClient thief = a.udp().roam("127.0.0.66")) {
                thief.send(onItsWay);
                RawMediaClient.Answer answer = thief.answer(PATIENCE_MS).orElseThrow();
                assertThat(answer.active()).isFalse();
                assertThat(answer.cookie()).as("a cookie of another address").isNotEqualTo(cookie);
                assertFlows(b.udp(), a.udp(), 1);
                assertThat(relay.sessions.byName.get("anna").boundTo)
                        .isEqualTo(a.udp().address());
            }
        }
    }

    @Test
    void shouldGiveMediaOnlyToTheNewestBind() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            RawMediaClient a = relay.phone(A, "anna").udp();
            long cookie = a.ask(0, false, PATIENCE_MS).orElseThrow().cookie();
            byte[] overtaken = a.request(64, a.session(), a.nextCounter(), cookie, 1);
            assertThat(a.ask(cookie, false, PATIENCE_MS)).isPresent();
            a.send(overtaken);
            assertThat(a.answer(PATIENCE_MS)).isPresent();
            assertThat(a.ask(cookie, false, PATIENCE_MS).orElseThrow().active()).isFalse();
            assertThat(relay.sessions.byName.get("anna").boundTo).isNull();
        }
    }

    @Test
    void shouldDropMediaFromWhereNothingIsBound() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            try (RawMediaClient elsewhere = a.udp().roam(A)) {
                elsewhere.send(rtp(1));
                assertThat(relay.harness.awaitCount(Counter.DROPPED_UNREGISTERED, 1))
                        .isTrue();
                assertFlows(a.udp(), b.udp(), 2);
            }
        }
    }

    @Test
    void shouldFollowAClientToAnotherAddressWithoutALoss() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            RawMediaClient here = a.udp();
            for (int move = 0; move < 10; move++) {
                RawMediaClient there = relay.keep(here.roam(move % 2 == 0 ? "127.0.0.4" : A));
                long cookie = there.ask(0, false, PATIENCE_MS).orElseThrow().cookie();
                int sent = 0;
                int atOldPlace = 0;
                int atNewPlace = 0;
                boolean active = false;
                long deadlineNs = System.nanoTime() + PATIENCE_MS * 1_000_000L;
                while (!active && deadlineNs - System.nanoTime() > 0) {
                    while (here.receiveMedia(0).isPresent()) {
                        atOldPlace++;
                    }
                    if (sent - atOldPlace - atNewPlace < MAX_IN_FLIGHT) {
                        b.udp().send(rtp(sent++));
                    }
                    there.send(there.request(64, there.session(), there.nextCounter(), cookie, 1));
                    Optional<byte[]> media = there.receive(REQUEST_MS);
                    while (media.isPresent() && media.get()[0] != 'V') {
                        atNewPlace++;
                        media = there.receive(REQUEST_MS);
                    }
                    active = media.isPresent() && media.get()[28] == 1;
                    // The relay looks at 200 requests of a client per second.
                    LockSupport.parkNanos(REQUEST_MS * 1_000_000L);
                }
                assertThat(active).as("arrived after move %d", move).isTrue();
                while (atOldPlace + atNewPlace < sent) {
                    boolean old = here.receiveMedia(0).isPresent();
                    boolean now = !old && there.receiveMedia(PATIENCE_MS).isPresent();
                    assertThat(old || now)
                            .as("packet %d of %d; %s", atOldPlace + atNewPlace, sent, relay.harness.counts())
                            .isTrue();
                    atOldPlace += old ? 1 : 0;
                    atNewPlace += now ? 1 : 0;
                }
                assertFlows(there, b.udp(), 5);
                assertFlows(b.udp(), there, 6);
                here = there;
            }
        }
    }

    @Test
    void shouldNotBindTheAddressOfAnotherActiveClient() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            RawMediaClient mallory = relay.phone("127.0.0.66", "mallory").udp();
            // As somebody behind the same NAT may do, or who can forge the sender's address.
            a.udp().send(mallory.request(64, mallory.session(), 1, 0, 0));
            byte[] raw = a.udp().receive(PATIENCE_MS).orElseThrow();
            long cookie = ByteBuffer.wrap(raw).getLong(20);
            a.udp().send(mallory.request(64, mallory.session(), 2, cookie, 1));
            assertThat(a.udp().receive(PATIENCE_MS).orElseThrow()[28])
                    .as("active")
                    .isZero();
            relay.awaitPong(a);
            assertThat(relay.sessions.byName.get("mallory").boundTo).isNull();
            assertFlows(b.udp(), a.udp(), 1);
            assertFlows(a.udp(), b.udp(), 2);
        }
    }

    @Test
    void shouldNotLetAClassicClientTakeAV2ClientsAddress() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            ClassicPeer thief = relay.classic(A);
            for (int round = 0; round < 20; round++) {
                assertThat(thief.hello(a.udp().address().getPort(), "127.0.0.9"))
                        .isEqualTo("WELCOME");
                assertFlows(b.udp(), a.udp(), 2 * round);
                assertFlows(a.udp(), b.udp(), 2 * round + 1);
            }
        }
    }

    @Test
    void shouldNotMistakeAV2ClientsPortForAClassicClientBehindANat() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            ClassicPeer never = relay.classic(A);
            assertThat(never.hello(9, B)).isEqualTo("WELCOME");
            Phone a = relay.phone(A, "anna");
            for (int packet = 0; packet < 20; packet++) {
                a.udp().send(rtp(packet));
            }
            assertThat(relay.harness.awaitCount(Counter.DROPPED_UNREGISTERED, 20))
                    .isTrue();
            a.udp().bind(PATIENCE_MS);
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            assertFlows(a.udp(), b.udp(), 1);
            never.send(ClassicPeer.packet(1));
            assertThat(relay.harness.awaitEvent(event -> event instanceof RelayEvent.ClassicSourceLearned))
                    .isTrue();
            assertFlows(b.udp(), a.udp(), 2);
        }
    }

    @Test
    void shouldForgetABindingWithItsSession() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(io)) {
            Phone a = relay.boundPhone(A, "anna");
            a.connection().close();
            assertThat(Deadline.await(PATIENCE_MS, () -> relay.sessions.gone.contains("anna")))
                    .isTrue();
            // One may still get into the socket of its own that is being closed, and be gone with it, or be answered
            // before that.
            bindUntilRefused(relay, a.udp());
            while (a.udp().receive(0).isPresent()) {}
            long answered = relay.harness.count(Counter.BINDS_ANSWERED);
            bindUntilRefused(relay, a.udp());
            assertThat(relay.harness.count(Counter.BINDS_ANSWERED)).isEqualTo(answered);
            assertThat(a.udp().receive(0)).isEmpty();
        }
    }

    private static void bindUntilRefused(V2RelayHarness relay, RawMediaClient client) {
        long refused = relay.harness.count(Counter.BINDS_REFUSED);
        assertThat(Deadline.await(PATIENCE_MS, () -> {
                    client.send(client.request(64, client.session(), client.nextCounter(), 0, 0));
                    return relay.harness.count(Counter.BINDS_REFUSED) > refused;
                }))
                .isTrue();
    }
}
