package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.RelayEvent;
import voiptui.relay.media.Flow;
import voiptui.relay.media.measure.FlowStats;

/** The media addresses of v2 clients and classic clients on one relay. */
class ClientMediaTest extends RegistrarFixture {

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(ip(host), port);
    }

    private void bind(String who, InetSocketAddress source) {
        registrar.onBound(session(who).id(), source);
    }

    private void heard(FlowStats status) {
        status.onHeard(clock.nanoTime(), 100, false);
    }

    @Test
    void shouldSendMediaToTheBoundAddress() {
        play("dora in; attic in; dora call 1 attic; attic accept 1");
        bind("dora", at("10.0.0.1", 5_000));
        assertThat(session("dora").flow().source).isEqualTo(at("10.0.0.1", 5_000));
        bind("dora", at("198.51.100.7", 6_000));
        assertThat(session("dora").flow().source).as("roaming").isEqualTo(at("198.51.100.7", 6_000));
        assertThat(state()).isEqualTo("1 connected dora=attic opus rtp");
        assertThat(events(RelayEvent.PathBound.class))
                .containsExactly(
                        new RelayEvent.PathBound("dora", "10.0.0.1:5000"),
                        new RelayEvent.PathBound("dora", "198.51.100.7:6000"));
    }

    @Test
    void shouldReportABoundAddressOnce() {
        play("dora in");
        for (int i = 0; i < 5; i++) {
            bind("dora", at("10.0.0.1", 5_000));
        }
        assertThat(events(RelayEvent.PathBound.class)).hasSize(1);
    }

    @Test
    void shouldIgnoreABindingOfAnEndedSession() {
        play("dora in; dora bye");
        bind("dora", at("10.0.0.1", 5_000));
        registrar.onBound(12345, at("10.0.0.1", 5_000));

        assertThat(events(RelayEvent.PathBound.class)).isEmpty();
    }

    @Test
    void shouldSwitchToTheTunnelAndBackToUdp() {
        play("dora in");
        bind("dora", at("10.0.0.1", 5_000));
        play("dora tunnel 7");
        Flow flow = session("dora").flow();

        assertThat(media.tunnels.get(flow))
                .isEqualTo(new RecordingMediaPlane.Tunnelled(channel("dora").tunnel(), 7));
        assertThat(events(RelayEvent.TunnelUsed.class)).hasSize(1);
        bind("dora", at("10.0.0.1", 5_000));
        assertThat(media.tunnels).as("the same address again, and UDP again").isEmpty();
    }

    @Test
    void shouldUseTheTunnelOfANewConnection() {
        play("dora in; dora tunnel 7; 1 s; dora drops; dora in");

        assertThat(media.tunnels.get(session("dora").flow()))
                .isEqualTo(new RecordingMediaPlane.Tunnelled(channel("dora").tunnel(), 7));
    }

    @Test
    void shouldForwardTunnelledMedia() {
        play("dora in; dora hangs");
        byte[] datagram = {1, 2, 3};
        clock.advanceMs(30_000);
        registrar.onTunnelled(session("dora"), datagram);
        clock.advanceMs(30_000);
        registrar.sweep();

        assertThat(media.injected.get(session("dora").flow())).containsExactly(datagram);
        assertThat(session("dora").isConnected()).as("it was a sign of life").isTrue();
    }

    @ParameterizedTest(name = "the other''s certificate={0}, heard {1} ms ago: granted={2}")
    @CsvSource({
        "cellar, 0,    false",
        "cellar, 1999, false",
        "cellar, 2000, true",
        "dora,   0,    true",
    })
    void shouldNotTakeTheAddressOfALiveV2Client(String certificate, long silentMs, boolean granted) {
        play("dora in");
        signIn("other", "hall", fingerprint(certificate), "10.0.0.4", true);
        bind("other", at("192.0.2.1", 5_000));
        heard(session("other").flow().status);
        clock.advanceMs(silentMs);

        bind("dora", at("192.0.2.1", 5_000));

        assertThat(at("192.0.2.1", 5_000).equals(session("dora").flow().source)).isEqualTo(granted);
        assertThat(session("other").source() == null).isEqualTo(granted);
    }

    @ParameterizedTest(name = "silent {0} ms: granted={1}")
    @CsvSource({"0, false", "1999, false", "2000, true"})
    void shouldNotTakeTheAddressOfALiveClassicClient(long silentMs, boolean granted) {
        play("dora in; classic @bell/5000 wants @attic");
        heard(registry.clients().get(0).media());
        clock.advanceMs(silentMs);

        bind("dora", at("10.0.0.5", 5_000));

        assertThat(at("10.0.0.5", 5_000).equals(session("dora").flow().source)).isEqualTo(granted);
        assertThat(registry.clients().get(0).source() == null).isEqualTo(granted);
    }

    @Test
    void shouldNotLetAClassicClientUseAV2ClientsAddress() {
        play("dora in");
        bind("dora", at("10.0.0.1", 5_000));
        play("classic @dora/5000 wants @attic");

        assertThat(registry.clients().get(0).source()).isNull();
        assertThat(registry.clients().get(0).flow().source).isNull();
        registry.onUnknownSource(at("10.0.0.1", 5_000));
        assertThat(registry.clients().get(0).source()).isNull();
        registry.onUnknownSource(at("10.0.0.1", 5_001));
        assertThat(registry.clients().get(0).source()).isEqualTo(at("10.0.0.1", 5_001));
    }

    @Test
    void shouldNotPairAClassicClientWithAV2ClientThatDidNotCallIt() {
        play("dora in quiet; classic @bell/5000 wants @dora; 10 s");
        assertThat(media.peers).isEmpty();
        play("dora call 1 @attic");
        assertThat(media.peers).isEmpty();
    }

    @Test
    void shouldApplyClassicRequestsToClassicClientsOnly() {
        play("dora in; dora call 1 @dora; classic @dora/5000 wants @dora");
        assertThat(state()).isEqualTo("1 connected dora=10.0.0.1 pcm classic");
        play("attic in; attic call 2 cellar; classic @attic leaves");
        assertThat(registrar.size()).isEqualTo(2);
        assertThat(state()).isEqualTo("1 connected dora=10.0.0.1 pcm classic, 2 waiting");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldContinueACallWithARestartedClassicProgram(boolean v2Called) {
        play(
                v2Called
                        ? "dora in; dora call 1 @bell; classic @bell/5000 wants @dora"
                        : "dora in; classic @bell/5000 wants @dora; dora accept c");
        registry.clients().get(0).media().onUnreachable();
        assertThat(sentBy("classic @bell/5001 wants @dora")).isEmpty();

        assertThat(registry.clients()).extracting(ClassicClient::toString).containsExactly("10.0.0.5:5001");
        assertThat(state()).contains("connected").contains("10.0.0.5");
        assertThat(sentBy("dora hangup " + (v2Called ? "1" : "c"))).isEmpty();
        assertThat(state()).isEqualTo("c waiting");
    }

    @Test
    void shouldKeepRingingForARestartedClassicProgram() {
        play("dora in; classic @bell/5000 wants @dora");
        registry.clients().get(0).media().onUnreachable();

        assertThat(sentBy("classic @bell/5001 wants @dora; dora accept c"))
                .isEqualTo("dora: connected c 10.0.0.5 pcm classic");
    }

    @Test
    void shouldCloseTheFlowOfAClassicClientOnlyWhenItIsUnpaired() {
        play("dora in; classic @bell/5000 wants @dora; dora accept c");
        heard(registry.clients().get(0).media());
        registry.clients().get(0).media().onHeard(clock.nanoTime(), 1768, true);

        assertThat(sentBy("3 s")).as("end of transmission, then silence").isEqualTo("dora: ended c hung-up");
        assertThat(state()).isEqualTo("-");
    }
}
