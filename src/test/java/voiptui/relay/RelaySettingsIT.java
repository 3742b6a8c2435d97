package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import voiptui.event.EventBus;
import voiptui.identity.Fingerprint;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.relay.admission.ClassicAccess;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.DirectorySettings;
import voiptui.relay.media.SenderRate;
import voiptui.relay.media.ThreadCount;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.testkit.Deadline;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TestCertificate;
import voiptui.time.NanoClock;

/** The settings of a relay, as its clients notice them. */
class RelaySettingsIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final String STRANGER = "127.0.0.66";
    private static final String CALL = "0".repeat(32);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.add(resource);
        return resource;
    }

    private static RelayConfig config() throws IOException {
        return RelayHarness.config(100, 30_000, 120_000, 10_000);
    }

    private RawTlsClient connect(Relay relay, String ip, TestCertificate identity) throws IOException {
        return keep(RawTlsClient.connect(ip, relay.controlAddress(), RawTlsClient.contextOf(identity)));
    }

    /** Signs in a phone of this version. */
    private RawTlsClient phone(Relay relay, String ip, String name, TestCertificate identity) throws IOException {
        RawTlsClient phone = connect(relay, ip, identity);
        phone.say("{'type':'hello','version':2,'name':'" + name + "','instance':'0123456789abcdef','answers':true,"
                + "'features':['call-waiting']}");
        assertThat(phone.hear().get("type").getAsString()).isEqualTo("welcome");
        return phone;
    }

    private static String field(JsonObject message, String name) {
        return message.get(name).getAsString();
    }

    @Test
    void shouldEndACallThatNobodyAnswersAfterTheRingLimit() throws IOException {
        RelayConfig base = config();
        Relay relay = keep(RelayHarness.start(new RelayConfig(
                        base.bind(),
                        0,
                        0,
                        base.media(),
                        base.admission(),
                        new RelayConfig.Times(base.classic(), 1_000),
                        base.directory())))
                .relay;
        RawTlsClient anna = phone(relay, A, "anna", TestCertificate.make());
        RawTlsClient bert = phone(relay, B, "bert", TestCertificate.make());
        anna.say("{'type':'call','call':'" + CALL + "','to':'bert','codecs':['opus']}");

        assertThat(field(bert.hear(), "type")).isEqualTo("incoming");
        assertThat(field(anna.hear(), "state")).isEqualTo("ringing");
        assertThat(field(anna.hear(), "reason")).isEqualTo("no-answer");
        assertThat(field(bert.hear(), "reason")).isEqualTo("no-answer");
    }

    @Test
    void shouldTellWhereItsMediaIsAndMarkItsSessions() throws IOException {
        RelayConfig base = config();
        RelayConfig config = new RelayConfig(
                base.bind(),
                0,
                0,
                new RelayConfig.Media(
                        IpText.parse("2001:db8::1").orElseThrow(), SenderRate.DEFAULT, UdpBatch.AUTO, ThreadCount.ONE),
                base.admission(),
                base.times(),
                base.directory());
        Set<String> prefixes = new HashSet<>();
        Set<String> sessions = new HashSet<>();
        for (int start = 0; start < 2; start++) {
            try (Relay relay = Relay.start(config, new EventBus(), NanoClock.SYSTEM)) {
                for (String name : List.of("anna", "bert")) {
                    try (RawTlsClient client = connect(relay, A, TestCertificate.make())) {
                        JsonObject welcome = client.hello(name + start);
                        assertThat(field(welcome, "udpHost")).isEqualTo("2001:db8::1");
                        prefixes.add(field(welcome, "udpSession").substring(0, 4));
                        sessions.add(field(welcome, "udpSession"));
                    }
                }
            }
        }
        assertThat(prefixes).as("the same for each session and after a restart").hasSize(1);
        assertThat(sessions).hasSize(4);
    }

    /** A stranger's HELLO that names the address of a phone makes it ring, anonymously, unless the operator says no. */
    @Test
    void shouldLetNoStrangerRingAPhoneWhereOnlyKnownClientsAreAdmitted() throws IOException {
        TestCertificate bert = TestCertificate.make();
        RelayConfig base = config();
        Files.writeString(
                base.stateDir().resolve("names"),
                "bert " + Fingerprint.of(bert.certificate()).text() + "\n");
        RelayHarness harness = keep(RelayHarness.start(new RelayConfig(
                base.bind(),
                0,
                0,
                base.media(),
                new RelayConfig.Admission(ClassicAccess.OFF, ClientLimits.DEFAULT, ConnectionLimits.defaults()),
                base.times(),
                DirectorySettings.of(base.stateDir(), AccessPolicy.KNOWN))));
        RawTlsClient phone = phone(harness.relay, B, "bert", bert);

        assertThat(harness.peer(STRANGER).hello(B)).isEqualTo("INVALID");
        assertThat(field(
                        connect(harness.relay, STRANGER, TestCertificate.make()).hello("bert"), "code"))
                .isEqualTo("not-allowed");
        phone.say("{'type':'ping','id':7}");
        assertThat(field(phone.hear(), "type")).as("nothing rang before").isEqualTo("pong");
    }

    @Test
    void shouldLimitTheHandshakesOfAnAddressButNotOfAnExemptOne() throws IOException {
        RelayConfig base = config();
        List<IpNetwork> exempt = List.of(IpNetwork.parse(B).orElseThrow());
        Relay relay = keep(Relay.start(
                new RelayConfig(
                        base.bind(),
                        0,
                        0,
                        base.media(),
                        new RelayConfig.Admission(
                                ClassicAccess.ON, ClientLimits.DEFAULT, ConnectionLimits.of(1, exempt)),
                        base.times(),
                        base.directory()),
                new EventBus(),
                NanoClock.SYSTEM));

        assertThat(answers(relay, STRANGER, 30)).contains("bad-name", "too-many");
        assertThat(answers(relay, B, 8)).containsExactly("bad-name");
    }

    /** Returns how the relay refuses somebody whose certificate stays unknown, until it finds them too many. */
    private Set<String> answers(Relay relay, String ip, int tries) throws IOException {
        TestCertificate unknown = TestCertificate.make();
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < tries && !codes.contains("too-many"); i++) {
            try (RawTlsClient client = connect(relay, ip, unknown)) {
                codes.add(field(client.hello("no name"), "code"));
            }
        }
        return codes;
    }

    @Test
    void shouldNameTheThreadsWithoutWhichItIsUseless() throws IOException {
        RelayConfig everywhere = config().listeningOn((InetAddress) null, 0, 0).withMediaThreads(ThreadCount.of(2));
        List<Thread> threads;
        try (Relay relay = Relay.start(everywhere, new EventBus(), NanoClock.SYSTEM)) {
            threads = relay.neededThreads();
            assertThat(threads)
                    .extracting(Thread::getName)
                    .containsExactlyInAnyOrder(
                            "relay-control",
                            "relay-media-1",
                            "relay-media-2",
                            "relay-state",
                            "relay-ops",
                            "relay-addresses");
            assertThat(threads).allMatch(Thread::isAlive);
        }
        assertThat(Deadline.await(
                        RelayHarness.PATIENCE_MS, () -> threads.stream().noneMatch(Thread::isAlive)))
                .isTrue();
    }
}
