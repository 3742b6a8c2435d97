package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import voiptui.testkit.Namespaces;
import voiptui.testkit.Namespaces.Host;
import voiptui.testkit.Namespaces.Traffic;
import voiptui.testkit.Namespaces.Way;
import voiptui.testkit.Tshark;
import voiptui.testkit.VoiptuiProcess;

/** A multi-homed client calls a laptop behind a home router; clients and relay run on separate hosts. */
@Execution(ExecutionMode.CONCURRENT)
class RoamingIT {

    private static final String[] TONE = {"--mic", "tone:440", "--speaker", "null"};
    private static final long SOON_MS = 20_000;
    private static final long FAILOVER_MS = 8_000;
    /** UDP is tried again every 30 s. */
    private static final long RETURN_MS = 45_000;

    private static final int UDP_PORT = 9999;

    @TempDir
    private Path folder;

    private Namespaces net;
    private VoiptuiProcess relay;
    private VoiptuiProcess dora;
    private VoiptuiProcess laptop;

    @BeforeEach
    void startTheRelay() throws Exception {
        net = Namespaces.create();
        relay = on(
                net.relay(),
                "relay",
                "relay",
                "--json",
                "--bind",
                net.relay().address(),
                "--state-dir",
                folder.resolve("state").toString());
        relay.awaitLog(SOON_MS, "started", event -> true);
    }

    private void talk() throws IOException {
        dora = on(net.dora(), "dora", call("dora", "laptop"));
        laptop = on(net.laptop(), "laptop", call("laptop", "dora"));
        dora.awaitState(SOON_MS, "IN_CALL");
        laptop.awaitState(SOON_MS, "IN_CALL");
        CallProgress.awaitEncrypted(SOON_MS, dora, laptop);
    }

    private String[] call(String name, String target) {
        return ClassicCallIT.with(
                TONE,
                "--server",
                net.relay().address(),
                "--name",
                name,
                "--target",
                target,
                "--accept-new",
                "--plain",
                "--json");
    }

    private VoiptuiProcess on(Host host, String user, String command, String... args) throws IOException {
        String[] words = ClassicCallIT.with(new String[] {command}, args);
        return VoiptuiProcess.start(
                folder, Map.of("XDG_CONFIG_HOME", folder.resolve(user).toString()), host.wrapper(), words);
    }

    private VoiptuiProcess on(Host host, String user, String[] callOptions) throws IOException {
        return on(host, user, "call", callOptions);
    }

    private void bothHear() {
        CallProgress.awaitAudio(dora, SOON_MS);
        CallProgress.awaitAudio(laptop, SOON_MS);
        CallProgress.requireInCall(dora, laptop);
    }

    @AfterEach
    void takeDown() throws Exception {
        for (VoiptuiProcess process : new VoiptuiProcess[] {dora, laptop, relay}) {
            if (process != null) {
                process.close();
            }
        }
        if (net != null) {
            net.close();
        }
    }

    @Test
    void shouldKeepTheCallWhenTheNetworkChanges() throws Exception {
        talk();
        CallProgress.awaitPath(dora, 0, SOON_MS, "UDP", "203.0.113.2");
        CallProgress.awaitPath(laptop, 0, SOON_MS, "UDP", "192.0.2.2");
        bothHear();
        int line = dora.lines();
        net.dora().plugIn("cable");
        net.dora().unplug("wifi");
        CallProgress.awaitPath(dora, line, FAILOVER_MS, "UDP", "203.0.113.130");
        bothHear();

        line = dora.lines();
        net.dora().unplug("cable");
        CallProgress.awaitSilence(laptop, SOON_MS);
        net.dora().plugIn("wifi");
        CallProgress.awaitPath(dora, line, FAILOVER_MS, "UDP", "203.0.113.2");
        bothHear();
        CallProgress.requireSamePeer(dora, laptop);
        dora.type("quit");
        JsonObject summary = laptop.awaitSummary(SOON_MS);
        assertThat(summary.get("reason").getAsString())
                .as("one call all the time")
                .isEqualTo("PEER_LEFT");
    }

    @Test
    void shouldKeepTheCallWhenTheHomeAddressChanges() throws Exception {
        talk();
        bothHear();
        int line = laptop.lines();
        net.router().renumber("net", "192.0.2.77");
        CallProgress.awaitPath(laptop, line, FAILOVER_MS, "UDP", "192.0.2.77");
        bothHear();
        CallProgress.requireSamePeer(dora, laptop);
    }

    /** The path answers short binds all the time. */
    @Test
    void shouldUseTheTunnelWhereThePathLosesLongPackets() throws Exception {
        net.drop(net.laptop(), Traffic.LONG_UDP, Way.TO);
        dora = on(net.dora(), "dora", ClassicCallIT.with(call("dora", "laptop"), "--codec", "pcm"));
        laptop = on(net.laptop(), "laptop", ClassicCallIT.with(call("laptop", "dora"), "--codec", "pcm"));
        laptop.awaitState(SOON_MS, "IN_CALL");
        CallProgress.awaitPath(laptop, 0, SOON_MS, "TUNNEL", "");
        CallProgress.awaitEncrypted(SOON_MS, dora, laptop);
        bothHear();
        CallProgress.awaitPath(dora, 0, SOON_MS, "UDP", "203.0.113.2");
        int line = laptop.lines();
        net.heal();
        CallProgress.awaitPath(laptop, line, RETURN_MS, "UDP", "192.0.2.2");
        bothHear();
    }

    @Test
    void shouldReachTheRelayByTheAddressThatAnswers() throws Exception {
        Path hosts = folder.resolve("hosts");
        Files.writeString(
                hosts,
                "203.0.113.99 relay.test\n%s relay.test\n".formatted(net.relay().address()));
        String[] options = call("dora", "laptop");
        options[Arrays.asList(options).indexOf(net.relay().address())] = "relay.test";
        dora = VoiptuiProcess.start(
                folder,
                Map.of(
                        "XDG_CONFIG_HOME",
                        folder.resolve("dora").toString(),
                        "JAVA_TOOL_OPTIONS",
                        "-Djdk.net.hosts.file=" + hosts),
                net.dora().wrapper(),
                ClassicCallIT.with(new String[] {"call"}, options));
        laptop = on(net.laptop(), "laptop", call("laptop", "dora"));
        laptop.awaitState(SOON_MS, "IN_CALL");
        bothHear();

        assertThat(dora.out()).noneMatch(text -> text.contains("session_lost"));
    }

    @Test
    void shouldUseTheTunnelWhereUdpNeverWorked() throws Exception {
        net.drop(net.laptop(), Traffic.UDP, Way.BOTH);
        net.drop(net.dora(), Traffic.UDP, Way.TO);
        talk();
        CallProgress.awaitPath(dora, 0, SOON_MS, "TUNNEL", "");
        CallProgress.awaitPath(laptop, 0, SOON_MS, "TUNNEL", "");
        bothHear();
    }

    @Test
    void shouldKeepTheCallWhileTcpIsBlocked() throws Exception {
        talk();
        bothHear();
        int line = laptop.lines();
        net.drop(net.laptop(), Traffic.TCP, Way.BOTH);
        laptop.awaitEventAfter(line, 50_000, "session_lost", event -> true);
        bothHear();
        net.heal();
        laptop.awaitEventAfter(
                line, 60_000, "signed_in", event -> event.get("resumed").getAsBoolean());
        bothHear();
    }

    @Test
    void shouldResumeAfterHalfAMinuteWithoutNetwork() throws Exception {
        talk();
        bothHear();
        net.drop(net.dora(), Traffic.ALL, Way.BOTH);
        dora.awaitState(50_000, "RELAY_LOST");
        CallProgress.awaitSilence(laptop, SOON_MS);
        int line = dora.lines();
        net.heal();
        dora.awaitStateAfter(line, SOON_MS, "IN_CALL");
        bothHear();
    }

    @Test
    void shouldSendOnlyHeadersInTheClear() throws Exception {
        try (Tshark tshark = Tshark.capture(UDP_PORT, "net", net.relay().wrapper())) {
            talk();
            bothHear();
            dora.type("quit");
            dora.awaitExit(SOON_MS);
            laptop.awaitExit(SOON_MS);
            tshark.finish();
            assertThat(tshark.count("dtls.use_srtp.protection_profile"))
                    .as("two hellos, on two links")
                    .isGreaterThanOrEqualTo(4);
            assertThat(tshark.complaintsOf("rtp || dtls")).isEmpty();
            assertThat(tshark.streams()).as("two ways, on two links").hasSize(4);
            assertThat(tshark.count("frame contains \"laptop\""))
                    .as("nobody's name, also not in RTCP")
                    .isZero();
        }
    }
}
