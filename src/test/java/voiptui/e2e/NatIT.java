package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.testkit.NatBox;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;

/** A v2 call with one side behind a NAT or firewall. */
@Execution(ExecutionMode.CONCURRENT)
class NatIT {

    private static final String INNER = "127.0.1.1";
    private static final String OUTER = "127.0.0.9";
    private static final String[] TONE = {"--mic", "tone:440", "--speaker", "null"};
    private static final long SOON_MS = 20_000;
    /** Two seconds until the tunnel takes over, plus a margin for a busy machine. */
    private static final long FAILOVER_MS = 8_000;

    @TempDir
    private Path folder;

    private TestRelay relay;
    private NatBox nat;
    private VoiptuiProcess inside;
    private VoiptuiProcess outside;

    @BeforeEach
    void openTheWay() throws Exception {
        relay = TestRelay.start();
        nat = new NatBox(INNER, OUTER, relay.control(), relay.media(), 20_261);
    }

    private void talk() throws IOException {
        inside = as("inside", nat.throughNat(relay.v2Call("inside", "outside", TONE)));
        outside = as("outside", relay.v2Call("outside", "inside", TONE));
        for (VoiptuiProcess side : new VoiptuiProcess[] {inside, outside}) {
            side.awaitState(SOON_MS, "IN_CALL");
        }
        CallProgress.awaitEncrypted(SOON_MS, inside, outside);
    }

    private VoiptuiProcess as(String user, String... args) throws IOException {
        return VoiptuiProcess.start(
                folder, Map.of("XDG_CONFIG_HOME", folder.resolve(user).toString()), args);
    }

    private void bothHear() {
        CallProgress.awaitAudio(inside, SOON_MS);
        CallProgress.awaitAudio(outside, SOON_MS);
        CallProgress.requireInCall(inside, outside);
    }

    @AfterEach
    void hangUp() throws Exception {
        if (inside != null) {
            inside.close();
            outside.close();
        }
        nat.close();
        relay.close();
    }

    @Test
    void shouldKeepTheCallWhenTheNatChangesPorts() throws Exception {
        talk();
        CallProgress.awaitPath(inside, 0, SOON_MS, "UDP", OUTER);
        bothHear();
        int line = inside.lines();
        nat.changePorts();
        CallProgress.awaitPath(
                inside,
                line,
                FAILOVER_MS,
                "UDP",
                OUTER + ":" + nat.outside().get(0).getPort());
        bothHear();
        CallProgress.requireKeys(1, inside, outside);
    }

    @Test
    void shouldKeepTheCallWhenTheNatChangesItsAddress() throws Exception {
        talk();
        CallProgress.awaitPath(inside, 0, SOON_MS, "UDP", OUTER);
        int line = inside.lines();
        nat.moveTo("127.0.0.8");
        nat.tcp().strand();
        CallProgress.awaitPath(inside, line, FAILOVER_MS, "UDP", "127.0.0.8");
        bothHear();
        // The old connection is dead. The client reconnects, and the call continues.
        inside.awaitEventAfter(
                line, 60_000, "signed_in", event -> event.get("resumed").getAsBoolean());
        bothHear();
    }

    @Test
    void shouldUseTheTunnelWhileUdpIsBlocked() throws Exception {
        talk();
        CallProgress.awaitPath(inside, 0, SOON_MS, "UDP", OUTER);
        int line = inside.lines();
        nat.dropUdp(true);
        CallProgress.awaitPath(inside, line, FAILOVER_MS, "TUNNEL", "");
        bothHear();
        line = inside.lines();
        nat.dropUdp(false);
        CallProgress.awaitPath(inside, line, 50_000, "UDP", OUTER);
        bothHear();
    }

    @Test
    void shouldUseTheTunnelWhenUdpIsBlockedInOneDirection() throws Exception {
        nat.dropDown(true);
        talk();
        CallProgress.awaitPath(inside, 0, SOON_MS, "TUNNEL", "");
        bothHear();
        CallProgress.requireKeys(1, inside, outside);
        assertThat(nat.up()).as("it did try").isPositive();
        assertThat(nat.down()).isZero();
    }

    @Test
    void shouldKeepTheCallWhenTheConnectionIsReset() throws Exception {
        talk();
        bothHear();
        int line = inside.lines();
        nat.tcp().refuse(true);
        nat.tcp().reset();
        inside.awaitEventAfter(line, SOON_MS, "session_lost", event -> true);
        bothHear();
        nat.tcp().refuse(false);
        inside.awaitEventAfter(
                line, SOON_MS, "signed_in", event -> event.get("resumed").getAsBoolean());
        bothHear();
        outside.type("quit");
        assertThat(inside.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("PEER_LEFT");
    }

    @Test
    void shouldReportOneWayLossToBothSides() throws Exception {
        talk();
        bothHear();
        nat.impair(Impairment.NONE.withLoss(0.1));
        int lineInside = inside.lines();
        int lineOutside = outside.lines();
        inside.awaitEventAfter(
                lineInside,
                SOON_MS,
                "peer_report",
                report -> report.get("loss_percent").getAsDouble() > 2);
        outside.awaitEventAfter(
                lineOutside,
                SOON_MS,
                "peer_report",
                report -> report.get("loss_percent").getAsDouble() > 2);
    }
}
