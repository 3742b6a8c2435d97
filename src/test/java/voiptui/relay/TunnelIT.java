package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.event.Counter;
import voiptui.relay.V2RelayHarness.Phone;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.testkit.RawMediaClient;
import voiptui.testkit.RawTlsClient;

/** Media through TLS connections, where UDP does not get through. */
@Timeout(120)
class TunnelIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final long PATIENCE_MS = V2RelayHarness.PATIENCE_MS;

    @Test
    void shouldCarryACallThroughATunnelAndBackToUdp() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            long cookie = a.udp().ask(0, false, PATIENCE_MS).orElseThrow().cookie();
            byte[] onItsWay = a.udp().request(64, a.udp().session(), a.udp().nextCounter(), cookie, 1);
            tunnel(relay, a);
            for (int packet = 0; packet < 50; packet++) {
                b.udp().send(ClassicPeer.packet(packet));
                assertThat(a.connection().hearMedia()).isEqualTo(ClassicPeer.packet(packet));
                a.connection().send(RawTlsClient.MEDIA, ClassicPeer.packet(packet + 100));
                assertThat(b.udp().receiveMedia(PATIENCE_MS)).hasValue(ClassicPeer.packet(packet + 100));
            }
            assertThat(relay.sessions.byName.get("anna").flow.status.packets()).isEqualTo(50);

            a.udp().send(onItsWay);
            assertThat(relay.harness.awaitCount(Counter.BINDS_REFUSED, 1))
                    .as("void since the wish for a tunnel")
                    .isTrue();
            assertThat(a.udp().ask(cookie, false, PATIENCE_MS).orElseThrow().active())
                    .as("in a tunnel")
                    .isFalse();
            // Not at once where the relay has led media elsewhere only a moment ago.
            assertThat(Deadline.await(
                            PATIENCE_MS,
                            () -> a.udp()
                                    .ask(cookie, true, PATIENCE_MS)
                                    .orElseThrow()
                                    .active()))
                    .as("back")
                    .isTrue();
            b.udp().send(ClassicPeer.packet(7));
            assertThat(a.udp().receiveMedia(PATIENCE_MS)).hasValue(ClassicPeer.packet(7));
            a.udp().send(ClassicPeer.packet(8));
            assertThat(b.udp().receiveMedia(PATIENCE_MS)).hasValue(ClassicPeer.packet(8));
            assertThat(Deadline.await(
                            PATIENCE_MS, () -> a.udp().address().equals(relay.sessions.byName.get("anna").boundTo)))
                    .isTrue();
            assertThat(relay.harness.count(Counter.TUNNELLED)).isEqualTo(100);
        }
    }

    @Test
    void shouldCarryACallOfTwoClientsWithoutUdp() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            Phone a = relay.phone(A, "anna");
            Phone b = relay.phone(B, "bert");
            tunnel(relay, a);
            tunnel(relay, b);
            relay.call(a, "bert");
            for (int packet = 0; packet < 50; packet++) {
                a.connection().send(RawTlsClient.MEDIA, ClassicPeer.packet(packet, 80));
                assertThat(b.connection().hearMedia()).isEqualTo(ClassicPeer.packet(packet, 80));
                b.connection().send(RawTlsClient.MEDIA, ClassicPeer.packet(packet + 100, 80));
                assertThat(a.connection().hearMedia()).isEqualTo(ClassicPeer.packet(packet + 100, 80));
            }
        }
    }

    @Test
    void shouldComeBackToUdpAtAnotherAddress() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            Phone a = relay.boundPhone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(a, "bert");
            tunnel(relay, a);
            try (RawMediaClient there = a.udp().roam("127.0.0.4")) {
                there.bind(PATIENCE_MS);
                b.udp().send(ClassicPeer.packet(7));
                assertThat(there.receiveMedia(PATIENCE_MS)).hasValue(ClassicPeer.packet(7));
            }
        }
    }

    @Test
    void shouldDropWhatATunnelHasNoRoomForAndCarryOn() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            Phone a = relay.phone(A, "anna");
            Phone b = relay.boundPhone(B, "bert");
            relay.call(b, "anna");
            tunnel(relay, a);
            Phone c = relay.boundPhone("127.0.0.4", "cora");
            Phone d = relay.boundPhone("127.0.0.5", "dora");
            relay.call(c, "dora");
            // anna reads nothing.
            boolean full = Deadline.await(60_000, () -> {
                for (int packet = 0; packet < 100; packet++) {
                    b.udp().send(ClassicPeer.packet(packet));
                }
                c.udp().send(ClassicPeer.packet(3));
                assertThat(d.udp().receiveMedia(PATIENCE_MS)).isPresent();
                return relay.harness.count(Counter.DROPPED_TUNNEL_FULL) > 1_000;
            });
            assertThat(full).isTrue();
            assertThat(relay.sessions.gone).as("not closed for that").isEmpty();
        }
    }

    /** Asks for media through the connection; returns once the relay has done so. */
    static void tunnel(V2RelayHarness relay, Phone phone) throws IOException {
        phone.connection()
                .say("{'type':'media','via':'tcp','after':" + phone.udp().lastCounter() + "}");
        relay.awaitPong(phone);
    }
}
