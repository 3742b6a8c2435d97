package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.event.RelayEvent.ClientStatus;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RefusalCode;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.registrar.RegistrarConfig;

/** Who may sign in, with which name, and which session a returning client resumes. */
class SignInTest extends RegistrarFixture {

    @TempDir
    private Path stateDir;

    @Test
    void shouldSendWhatMediaNeedsWithTheWelcome() {
        play("dora in");

        RelayMessage.Welcome welcome =
                channel("dora").all(RelayMessage.Welcome.class).get(0);
        assertThat(welcome.name()).isEqualTo("dora");
        assertThat(welcome.resumed()).isFalse();
        assertThat(welcome.udpPort()).isEqualTo(UDP_PORT);
        assertThat(welcome.seenAs()).isEqualTo("10.0.0.1:40000");
        assertThat(welcome.heartbeatMs()).isEqualTo(10_000);
        assertThat(welcome.udpSession())
                .matches("[0-9a-f]{16}")
                .isEqualTo(String.format("%016x", session("dora").id()));
        assertThat(welcome.udpKey()).matches("[0-9a-f]{64}");
        assertThat(media.open).containsExactly(session("dora").flow());
        assertThat(events())
                .containsExactly(
                        new RelayEvent.ClientSignedIn("dora", "10.0.0.1:40000", fingerprint("dora"), false, 1));
    }

    @Test
    void shouldTellTheZoneOfALinkLocalAddress() throws IOException {
        InetAddress zoned = Inet6Address.getByAddress(null, ip("fe80::1").getAddress(), 7);
        FakeChannel channel = new FakeChannel("dora", new InetSocketAddress(zoned, 40_000));
        registrar.signIn(
                new ClientMessage.Hello(2, "dora", "0123456789abcdef", true, MediaFeatures.NONE),
                fingerprint("dora"),
                channel);

        assertThat(channel.all(RelayMessage.Welcome.class))
                .extracting(RelayMessage.Welcome::seenAs)
                .containsExactly("[fe80::1%7]:40000");
    }

    @Test
    void shouldGiveEachProcessASeparateKey() {
        play("attic in; attic/2 in");

        assertThat(channel("attic").all(RelayMessage.Welcome.class).get(0).udpKey())
                .isNotEqualTo(channel("attic/2")
                        .all(RelayMessage.Welcome.class)
                        .get(0)
                        .udpKey());
    }

    @Test
    void shouldResumeASessionWithItsBinding() {
        play("dora in");
        RelayMessage.Welcome first =
                channel("dora").all(RelayMessage.Welcome.class).get(0);
        ClientSession before = session("dora");
        play("dora drops; 30 s");

        Optional<ClientSession> back = signIn("dora", "dora", fingerprint("dora"), "10.0.7.7", true);

        assertThat(back).containsSame(before);
        RelayMessage.Welcome again =
                channel("dora").all(RelayMessage.Welcome.class).get(0);
        assertThat(again.resumed()).isTrue();
        assertThat(again.udpSession()).isEqualTo(first.udpSession());
        assertThat(again.udpKey()).isEqualTo(first.udpKey());
        assertThat(again.seenAs()).startsWith("10.0.7.7:");
        assertThat(media.open).hasSize(1);
        assertThat(events(RelayEvent.ClientLost.class)).hasSize(1);
    }

    @Test
    void shouldCloseTheFormerConnectionOfAReconnectedClient() {
        play("dora in");
        FakeChannel former = channel("dora");
        play("1 s; dora in");

        assertThat(former.closed).isTrue();
        registrar.onDisconnected(session("dora"), former);
        assertThat(session("dora").isConnected())
                .as("the end of the former connection means nothing")
                .isTrue();
    }

    @Test
    void shouldEndASessionThatIsNotResumed() {
        play("dora in; dora drops; 59 s");
        assertThat(registrar.size()).isEqualTo(1);
        play("1 s");

        assertThat(registrar.size()).isZero();
        assertThat(media.open).isEmpty();
        assertThat(events(RelayEvent.ClientSignedOut.class))
                .containsExactly(new RelayEvent.ClientSignedOut("dora", "10.0.0.1:40000", true, 0));
        play("dora in");
        assertThat(channel("dora").all(RelayMessage.Welcome.class).get(0).resumed())
                .isFalse();
    }

    @Test
    void shouldEndASessionAtOnceOnBye() {
        play("dora in; dora bye");

        assertThat(channel("dora").closed).isTrue();
        assertThat(registrar.size()).isZero();
        registrar.onMessage(session("dora"), new ClientMessage.Call(id("1"), "attic", MediaOffer.CLASSIC));
        registrar.onDisconnected(session("dora"), channel("dora"));
        registrar.onTunnelled(session("dora"), new byte[100]);
        assertThat(state()).isEqualTo("-");
        assertThat(media.injected).isEmpty();
    }

    @Test
    void shouldCloseASilentConnection() {
        play("dora in; dora hangs; 34 s");
        assertThat(session("dora").isConnected()).isTrue();
        play("1 s");
        assertThat(session("dora").isConnected()).isFalse();
    }

    @Test
    void shouldAnswerAPing() {
        play("dora in");
        tell("dora", new ClientMessage.Ping(77));

        assertThat(channel("dora").all(RelayMessage.Pong.class)).containsExactly(new RelayMessage.Pong(77));
    }

    @Test
    void shouldRefuseARepeatedHello() {
        play("dora in");
        tell("dora", new ClientMessage.Hello(2, "dora", "0123456789abcdef", true, MediaFeatures.NONE));

        assertThat(channel("dora").all(RelayMessage.Error.class))
                .extracting(RelayMessage.Error::code)
                .containsExactly(RefusalCode.BAD_MESSAGE);
        assertThat(channel("dora").closed).isTrue();
    }

    @Test
    void shouldKeepANameForItsFirstCertificate() {
        play("dora in; dora bye");

        assertThat(signIn("thief", "Dora", fingerprint("thief"), "10.0.6.6", true))
                .isEmpty();
        assertRefused("thief", RefusalCode.NAME_TAKEN);
        assertThat(events())
                .endsWith(new RelayEvent.SignInRefused(
                        "dora", "10.0.6.6:40000", fingerprint("thief"), "name-taken", RefusalCode.NAME_TAKEN.text()));
        assertThat(counters.get(Counter.SIGN_INS_REFUSED)).isEqualTo(1);
        assertThat(counters.get(Counter.SIGN_INS)).isEqualTo(1);
    }

    @Test
    void shouldNotConfuseProcessesWithTheSameInstance() {
        play("dora in; dora drops");
        signIn("dora", "mole", fingerprint("mole"), "10.0.6.6", true);

        assertThat(channel("dora").all(RelayMessage.Welcome.class).get(0).resumed())
                .isFalse();
        assertThat(registrar.size()).isEqualTo(2);
    }

    @Test
    void shouldLetOneCertificateHaveSeveralNames() {
        signIn("one", "dora", fingerprint("dora"), "10.0.0.1", true);
        signIn("two", "hall", fingerprint("dora"), "10.0.0.1", true);

        assertThat(registrar.size()).isEqualTo(2);
        assertThat(signIn("thief", "hall", fingerprint("thief"), "10.0.6.6", true))
                .isEmpty();
    }

    @Test
    void shouldEndTheCallsOfAProcessThatChangesItsName() {
        play("dora in; attic in; dora call 1 attic; attic accept 1; 1 s");
        FakeChannel former = channel("dora");

        signIn("dora", "hall", fingerprint("dora"), "10.0.0.1", true);

        assertThat(former.closed).isTrue();
        assertThat(channel("attic").all(RelayMessage.Ended.class)).hasSize(1);
        assertThat(channel("dora").all(RelayMessage.Welcome.class).get(0).resumed())
                .isFalse();
        assertThat(state()).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1",
                "::1",
                "a b",
                "-dora",
                "\u001b[2J",
                "de\u0455k",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void shouldRefuseAnInvalidName(String name) {
        assertThat(signIn("odd", name, fingerprint("odd"), "10.0.6.6", true)).isEmpty();

        assertRefused("odd", RefusalCode.BAD_NAME);
        assertThat(events(RelayEvent.SignInRefused.class).get(0).name()).matches("[a-z0-9._?-]{0,32}");
    }

    @ParameterizedTest(name = "wishes {0} ms: {1} ms")
    @CsvSource({"0, 10000", "2000, 10000", "45000, 45000", "86400000, 60000"})
    void shouldGrantALongerHeartbeatAndWaitForItAccordingly(long wishedMs, int agreedMs) {
        FakeChannel port = new FakeChannel("slow", new InetSocketAddress(ip("10.0.6.6"), 1));
        registrar.signIn(
                new ClientMessage.Hello(2, "slow", "0123456789abcdef", true, MediaFeatures.NONE, 0, wishedMs),
                fingerprint("slow"),
                port);
        assertThat(port.all(RelayMessage.Welcome.class))
                .singleElement()
                .satisfies(welcome -> assertThat(welcome.heartbeatMs()).isEqualTo(agreedMs));
        clock.advanceMs(agreedMs * 7L / 2 - 1);
        registrar.sweep();
        assertThat(port.closed).isFalse();
        clock.advanceMs(1);
        registrar.sweep();

        assertThat(port.closed).isTrue();
    }

    @Test
    void shouldRefuseAnotherVersion() {
        FakeChannel port = new FakeChannel("old", new InetSocketAddress(ip("10.0.6.6"), 1));
        assertThat(registrar.signIn(
                        new ClientMessage.Hello(3, "old", "0123456789abcdef", true, MediaFeatures.NONE),
                        fingerprint("old"),
                        port))
                .isEmpty();
        assertThat(port.all(RelayMessage.Error.class))
                .containsExactly(new RelayMessage.Error(RefusalCode.BAD_VERSION, "versions 2 to 2 are supported"));
    }

    @Test
    void shouldSayWhatItCanDoAndWhereItsMediaIs() {
        start(new RegistrarConfig(
                MAX_CLIENTS,
                open(newStateDir(), AccessPolicy.OPEN),
                new RegistrarConfig.MediaAddress(UDP_PORT, "203.0.113.1", 0xbeef)));
        play("dora in; attic in");

        RelayMessage.Welcome welcome =
                channel("dora").all(RelayMessage.Welcome.class).get(0);
        assertThat(welcome.features().names()).containsExactly("unsupported");
        assertThat(welcome.udp().host()).isEqualTo("203.0.113.1");
        assertThat(welcome.udpSession()).startsWith("beef");
        assertThat(channel("attic").all(RelayMessage.Welcome.class).get(0).udpSession())
                .startsWith("beef")
                .isNotEqualTo(welcome.udpSession());
    }

    @Test
    void shouldAnswerInWordsWhatItDoesNotKnow() {
        play("dora in; attic in");

        tell("dora", new ClientMessage.Unsupported("type", "subscribe", null));
        assertThat(channel("dora").all(RelayMessage.Unsupported.class))
                .containsExactly(new RelayMessage.Unsupported("type", "subscribe"));
        tell("dora", new ClientMessage.Unsupported("packets", "quic", id("7")));
        assertThat(channel("dora").all(RelayMessage.Ended.class))
                .containsExactly(new RelayMessage.Ended(id("7"), CallEnding.NO_CODEC));
        MediaOffer nothing = new MediaOffer(List.of(), MediaFeatures.NONE);
        tell("dora", new ClientMessage.Call(id("8"), "attic", nothing));
        assertThat(channel("dora").all(RelayMessage.Ended.class))
                .last()
                .isEqualTo(new RelayMessage.Ended(id("8"), CallEnding.NO_CODEC));
        play("dora call 9 attic");
        tell("attic", new ClientMessage.Accept(id("9"), nothing));
        assertThat(channel("dora").all(RelayMessage.Ended.class))
                .last()
                .isEqualTo(new RelayMessage.Ended(id("9"), CallEnding.NO_CODEC));

        assertThat(channel("dora").closed).isFalse();
        assertThat(state()).isEqualTo("-");
    }

    @Test
    void shouldCountV2AndClassicClientsTogether() {
        for (int i = 1; i < MAX_CLIENTS; i++) {
            signIn("p" + i, "p" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        play("classic @bell/5000 wants @dora");

        assertThat(signIn("late", "late", fingerprint("late"), "10.0.2.1", true))
                .isEmpty();
        assertRefused("late", RefusalCode.FULL);
        play("classic @attic/5000 wants @dora");
        assertThat(registry.size()).isEqualTo(1);
        assertThat(signIn("p1", "p1", fingerprint("p1"), "10.0.1.1", true))
                .as("known already")
                .isPresent();
        play("classic @bell leaves");
        assertThat(signIn("late", "late", fingerprint("late"), "10.0.2.1", true))
                .isPresent();
    }

    @Test
    void shouldReserveThePlaceOfALostSession() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            signIn("p" + i, "p" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        play("p3 drops; 30 s");
        assertThat(signIn("late", "late", fingerprint("late"), "10.0.2.1", true))
                .isEmpty();
        play("30 s");
        assertThat(signIn("late", "late", fingerprint("late"), "10.0.2.1", true))
                .isPresent();
    }

    @Test
    void shouldAssignNoNameWhenFull() {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            signIn("p" + i, "p" + i, fingerprint("p" + i), "10.0.1." + i, true);
        }
        signIn("late", "late", fingerprint("late"), "10.0.2.1", true);
        play("p3 bye");

        assertThat(signIn("other", "late", fingerprint("other"), "10.0.2.1", true))
                .isPresent();
    }

    @Test
    void shouldKeepNamesOverARestart() {
        startIn(stateDir, AccessPolicy.OPEN);
        play("dora in");
        startIn(stateDir, AccessPolicy.OPEN);

        assertThat(signIn("thief", "dora", fingerprint("thief"), "10.0.6.6", true))
                .isEmpty();
        play("dora in");
        assertThat(channel("dora").all(RelayMessage.Welcome.class)).hasSize(1);
    }

    @Test
    void shouldAcceptOnlyKnownCertificatesWhenConfigured() throws Exception {
        startIn(stateDir, AccessPolicy.KNOWN);
        play("dora in");
        assertRefused("dora", RefusalCode.NOT_ALLOWED);

        Files.writeString(stateDir.resolve("names"), "dora " + fingerprint("dora") + "\n");
        play("2 s; dora in");
        assertThat(channel("dora").all(RelayMessage.Welcome.class))
                .as("allowed while the relay runs")
                .hasSize(1);

        signIn("other", "hall", fingerprint("dora"), "10.0.0.1", true);
        assertRefused("other", RefusalCode.NOT_ALLOWED);
        signIn("thief", "dora", fingerprint("thief"), "10.0.6.6", true);
        assertRefused("thief", RefusalCode.NOT_ALLOWED);
    }

    @Test
    void shouldReportWhereARefusedClientComesFromSoThatTheLogCanBeLimited() {
        signIn("odd", "?", fingerprint("odd"), "10.0.6.6", true);
        assertThat(events(RelayEvent.SignInRefused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.origin()).startsWith("10.0.6.6:"));
        assertThat(counters.get(Counter.SIGN_INS_REFUSED)).isEqualTo(1);
    }

    @Test
    void shouldReportTheStatusOfEachClient() {
        play("dora in; attic in; cellar in; dora call 1 attic; attic accept 1; cellar call 2 bell");
        registrar.onBound(session("dora").id(), new InetSocketAddress(ip("10.0.0.1"), 41_234));
        clock.advanceMs(1_500);
        session("dora").flow().status.onHeard(clock.nanoTime(), 120, false);
        clock.advanceMs(20);

        assertThat(registrar.statuses())
                .containsExactly(
                        new ClientStatus("dora 10.0.0.1:41234", "attic", "attic 10.0.0.2:40000", 1_520, 1, 120, 20),
                        new ClientStatus("attic 10.0.0.2:40000", "dora", "dora 10.0.0.1:41234", 1_520, 0, 0, 1_520),
                        new ClientStatus("cellar 10.0.0.4:40000", "bell", null, 1_520, 0, 0, 1_520));
    }

    @Test
    void shouldReportAClassicClientInACallWithAV2Client() {
        play("dora in; dora call 1 @bell; classic @bell/5000 wants @dora");

        assertThat(registry.statuses())
                .containsExactly(new ClientStatus("10.0.0.5:5000", "10.0.0.1", "dora 10.0.0.1:40000", 0, 0, 0, 0));
    }

    private void assertRefused(String who, RefusalCode code) {
        assertThat(channel(who).all(RelayMessage.Error.class))
                .extracting(RelayMessage.Error::code)
                .containsExactly(code);
        assertThat(channel(who).closed).isTrue();
    }
}
