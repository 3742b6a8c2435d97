package voiptui.tui.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import voiptui.event.RelayEvent;

class RelayEventTextTest {

    private static final List<RelayEvent> TOLD = List.of(
            new RelayEvent.Started("0.0.0.0:8888", "0.0.0.0:9999", "in batches of 64", 10),
            new RelayEvent.ClassicRegistered("192.0.2.1:5000", "192.0.2.7", false, 1),
            new RelayEvent.ClassicRegistered("192.0.2.1:5000", "192.0.2.7", true, 1),
            new RelayEvent.ClassicPaired("192.0.2.1:5000", "192.0.2.7:5000"),
            new RelayEvent.ClassicSourceLearned("192.0.2.1:5000", "192.0.2.1:40000"),
            new RelayEvent.ClassicLeft("192.0.2.1:5000", 1),
            new RelayEvent.ClassicExpired("192.0.2.7:5000", 125_400, 0),
            new RelayEvent.Refused("192.0.2.9:1234", "FULL", "the relay is full (10 of 10 clients)"),
            new RelayEvent.Warning("cannot accept a control connection: too many open files"),
            new RelayEvent.SignInRefused("dora", "192.0.2.9:1234", "SHA256:e", "name-taken", "that name is taken"),
            new RelayEvent.Suppressed("192.0.2.9", "refused", 126),
            new RelayEvent.Suppressed("", "refused", 7),
            new RelayEvent.ClientSignedIn("dora", "192.0.2.1:34567", "SHA256:d", false, 1),
            new RelayEvent.ClientSignedIn("dora", "192.0.2.1:34568", "SHA256:d", true, 1),
            new RelayEvent.ClientLost("dora", "192.0.2.1:34567", 60_000),
            new RelayEvent.ClientSignedOut("dora", "192.0.2.1:34567", true, 1),
            new RelayEvent.ClientSignedOut("dora", "192.0.2.1:34567", false, 0),
            new RelayEvent.CallRinging("0123", "dora", "attic", 2),
            new RelayEvent.CallConnected("0123", "dora", "attic", "opus", "rtp"),
            new RelayEvent.CallEnded("0123", "dora", "attic", "hung-up", 62_500),
            new RelayEvent.PathBound("dora", "192.0.2.1:41234"),
            new RelayEvent.TunnelUsed("dora"),
            new RelayEvent.SenderLimited("dora", "192.0.2.1:41234", 12_345));

    @Test
    void shouldDescribeEachEvent() {
        assertThat(TOLD.stream()
                        .map(event -> RelayEventText.of(event, TopSamples.AT_MS)
                                .orElseThrow()
                                .text()))
                .containsExactly(
                        "listening on 0.0.0.0:8888 (TCP) and 0.0.0.0:9999 (UDP)",
                        "classic client 192.0.2.1:5000 registered to call 192.0.2.7",
                        "classic client 192.0.2.1:5000 registered again to call 192.0.2.7",
                        "192.0.2.1:5000 and 192.0.2.7:5000 are connected",
                        "media from 192.0.2.1:5000 arrives from 192.0.2.1:40000",
                        "classic client 192.0.2.1:5000 left; 1 registered",
                        "classic client 192.0.2.7:5000 expired: no heartbeat for 125 s; no clients registered",
                        "192.0.2.9:1234: FULL, the relay is full (10 of 10 clients)",
                        "cannot accept a control connection: too many open files",
                        "refused to sign in dora from 192.0.2.9:1234: that name is taken",
                        "192.0.2.9: 126 more events refused",
                        "several addresses: 7 more events refused",
                        "dora signed in from 192.0.2.1:34567",
                        "dora reconnected from 192.0.2.1:34568",
                        "dora at 192.0.2.1:34567 lost its connection",
                        "dora did not reconnect; 1 signed in",
                        "dora signed out; 0 signed in",
                        "dora is calling attic",
                        "dora and attic are connected (opus)",
                        "call from dora to attic ended: hung-up",
                        "media from dora arrives from 192.0.2.1:41234",
                        "media of dora goes through the TLS tunnel",
                        "dora sends too much from 192.0.2.1:41234: 12345 packets dropped");
    }

    @Test
    void shouldMarkWarnings() {
        assertThat(TOLD.stream()
                        .filter(event -> RelayEventText.of(event, TopSamples.AT_MS)
                                .orElseThrow()
                                .warning()))
                .containsExactly(
                        TOLD.get(7), TOLD.get(8), TOLD.get(9), TOLD.get(10), TOLD.get(11), TOLD.get(TOLD.size() - 1));
    }

    @Test
    void shouldIgnoreRoutineEventsAndStatistics() {
        assertThat(List.of(
                        new RelayEvent.ClassicAnswered("192.0.2.1:34567", "HEARTBEAT", "ALIVE"),
                        TopSamples.status(1),
                        new RelayEvent.Totals(Map.of(), 0),
                        new RelayEvent.Stopped(1, Map.of())))
                .allSatisfy(event ->
                        assertThat(RelayEventText.of(event, TopSamples.AT_MS)).isEmpty());
    }
}
