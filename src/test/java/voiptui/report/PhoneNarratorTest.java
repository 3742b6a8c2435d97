package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.report.log.CallLog;
import voiptui.report.log.PhoneLog;
import voiptui.testkit.Golden;
import voiptui.testkit.ManualClock;
import voiptui.testkit.PrintedLines;

class PhoneNarratorTest {

    private final ManualClock clock = new ManualClock();
    private final PrintedLines printed = new PrintedLines();
    private final PhoneNarrator narrator =
            new PhoneNarrator(printed.stream(), clock, "relay.example:8888", ZoneOffset.UTC);

    /** The lines without the time in front. */
    private List<String> said() {
        return printed.lines().stream()
                .map(line -> line.substring("03:04:05  ".length()))
                .toList();
    }

    private List<String> saidWhenAsked() {
        int before = printed.lines().size();
        narrator.askForStats();
        narrator.onIdle();
        return said().subList(before, printed.lines().size());
    }

    private static CallEvent.StateChanged state(CallState state) {
        return new CallEvent.StateChanged(state, 0, 0, 0, state == CallState.ENDED ? EndReason.BUSY : null, "");
    }

    private static CallEvent.Summary summary() {
        return new CallEvent.Summary(
                CallState.IN_CALL, EndReason.QUIT, 1000, 50, 50, 0, 0, 0, 0, 0, 0, 0, 60, null, "opus", -20);
    }

    @Test
    void shouldNarrateASessionAndAPhoneAsInTheGoldenFile() {
        SampleEvents.SESSION.forEach(narrator::onEvent);
        SampleEvents.PHONE.forEach(narrator::onEvent);

        assertThat(said()).isEqualTo(Golden.lines("phone-narrator.txt"));
    }

    @Test
    void shouldDescribeAV2CallByNames() {
        narrator.onEvent(new SessionEvent.SignedIn("dora", "", false));
        narrator.onEvent(new PhoneEvent.CallStarted("workshop", true));
        narrator.onEvent(state(CallState.WAITING));
        narrator.onEvent(state(CallState.RINGING));
        narrator.onEvent(new CallEvent.Connected("workshop", "opus", "libopus", "rtp", List.of(), 48_000, 32));
        narrator.onEvent(state(CallState.IN_CALL));
        narrator.onEvent(state(CallState.ENDED));

        assertThat(said())
                .containsExactly(
                        "signed in as dora",
                        "calling workshop",
                        "workshop is offline; will ring when they sign in",
                        "ringing workshop",
                        "connected to workshop: Opus 48 kHz mono, 32 kbit/s, libopus",
                        "in call with workshop",
                        "ended: the other side is busy");
    }

    @Test
    void shouldSuggestNamesWhenNobodyHasTheOneThatWasDialled() {
        narrator.onEvent(new PhoneEvent.NobodyCalled("xyqz"));
        narrator.onEvent(new PhoneEvent.Contacts(List.of(new PhoneEvent.Contact("workshop", false, false, 0))));
        narrator.onEvent(new PhoneEvent.NobodyCalled("workshp"));

        assertThat(said())
                .containsExactly(
                        "nobody is called 'xyqz' here", "nobody is called 'workshp' here; did you mean 'workshop'?");
    }

    @Test
    void shouldNotAskToTypeWhatHappensByItself() {
        narrator.onEvent(new PhoneEvent.Ready("relay.example:8888", "dora", true));
        narrator.onEvent(new PhoneEvent.Incoming("workshop"));

        assertThat(said())
                .containsExactly(
                        "phone dora at relay relay.example:8888; answers calls automatically", "workshop is calling");
    }

    @Test
    void shouldReportBothDirectionsOnRequestInACall() {
        narrator.onEvent(new PhoneEvent.CallStarted("workshop", true));
        assertThat(saidWhenAsked()).containsExactly("no statistics yet");
        narrator.onEvent(new CallEvent.NetworkStats(100, 99, 1, 2, 3, 4, 5, 2.3456, 20));
        narrator.onEvent(new CallEvent.PlayoutDelay(61.5, 60, 20, 500));
        narrator.onEvent(new CallEvent.PeerReport(1.5, 7, 3.25, 45.04));
        narrator.onEvent(new SessionEvent.PathReading(12.34));

        assertThat(saidWhenAsked())
                .containsExactly("sent 100, received 99, lost 1, late 2, duplicate 3, reordered 4;"
                        + " jitter 2.3 ms, delay 62 ms (target 60), concealed 20 ms; other side: lost 7 (1.5 % now), jitter 3.3 ms, round trip"
                        + " 45.0 ms; microphone -96 dBFS; relay round trip 12.3 ms");
    }

    @Test
    void shouldSayThatAnsweringEndsTheCurrentCall() {
        narrator.onEvent(new PhoneEvent.CallStarted("anna", true));

        narrator.onEvent(new PhoneEvent.Incoming("workshop"));

        assertThat(said()).endsWith("workshop is calling: accept ends this call and answers, reject rejects");
    }

    @Test
    void shouldListContactsAndMissedCallsOnRequestBetweenCalls() {
        assertThat(saidWhenAsked()).containsExactly("not in a call; nobody else is online");
        SampleEvents.PHONE.subList(0, 5).forEach(narrator::onEvent);
        narrator.onEvent(new PhoneEvent.CallStarted("anna", true));
        narrator.onEvent(new CallEvent.NetworkStats(100, 99, 1, 2, 3, 4, 5, 2.3456, 20));
        narrator.onEvent(summary());

        assertThat(saidWhenAsked())
                .containsExactly("not in a call; online: anna, workshop (busy)", "missed: workshop at 03:04:05");
    }

    @Test
    void shouldNotTellOfThousands() {
        List<PhoneEvent.Contact> crowd = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            crowd.add(new PhoneEvent.Contact("n" + i, true, false, 0));
            narrator.onEvent(new PhoneEvent.Missed("n" + i, 0));
        }
        narrator.onEvent(new PhoneEvent.Contacts(crowd));

        assertThat(saidWhenAsked())
                .hasSize(2)
                .allMatch(line -> line.length() < 500)
                .first()
                .asString()
                .endsWith(" and 4980 more");
    }

    @Test
    void shouldNotLetNamesSteerTheTerminal() {
        String evil = "\u001b]0;owned\u0007\n\u009b2J\u202e";
        narrator.onEvent(new PhoneEvent.Ready(evil, evil, false));
        narrator.onEvent(new PhoneEvent.Incoming(evil));
        narrator.onEvent(new PhoneEvent.RingingEnded(evil, false, false, true, evil));
        narrator.onEvent(new PhoneEvent.Missed(evil, Long.MAX_VALUE));
        narrator.onEvent(new PhoneEvent.Missed(evil, Long.MIN_VALUE));
        narrator.onEvent(new PhoneEvent.Contacts(List.of(new PhoneEvent.Contact(evil, true, true, 0))));
        narrator.onEvent(new PhoneEvent.CallStarted(evil, true));
        narrator.onEvent(new CallEvent.Connected(evil, evil, evil, evil, List.of(evil), 48_000, 32));
        narrator.onEvent(new SessionEvent.RelayVerified(evil, evil, true));
        narrator.onEvent(new SessionEvent.SignedIn(evil, evil, true));
        narrator.onEvent(new SessionEvent.SessionLost(evil, 1, 500));
        narrator.onEvent(new SessionEvent.PathChanged(SessionEvent.MediaPath.UDP, evil));
        narrator.onEvent(new SessionEvent.FellBackToClassic(evil));
        narrator.onEvent(summary());
        saidWhenAsked();

        assertThat(printed.lines())
                .hasSize(15)
                .allSatisfy(line -> assertThat(line.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x202e));
    }

    @Test
    void shouldLogWithLevels() {
        PhoneLog log = new PhoneLog(printed.stream(), clock, "relay.example:8888");
        SampleEvents.SESSION.subList(10, 13).forEach(log::onEvent);
        log.onEvent(new PhoneEvent.Missed("workshop", 1_767_323_045_678L));
        log.onEvent(new CallEvent.Failed("voiptui-capture", new IllegalStateException("oops")));

        assertThat(printed.lines().subList(0, 7))
                .containsExactly(
                        "2026-01-02T03:04:05.678Z INFO phone at relay relay.example:8888",
                        "2026-01-02T03:04:05.678Z INFO no audio path yet",
                        "2026-01-02T03:04:05.678Z WARN warning: audio goes through the TLS connection because UDP is"
                                + " blocked: expect stutter when packets are lost",
                        "2026-01-02T03:04:05.678Z WARN warning: relay relay.example:8888 speaks only the classic protocol: audio"
                                + " is not encrypted, and identities are not verified",
                        "2026-01-02T03:04:05.678Z WARN missed call from workshop at 03:04:05",
                        "2026-01-02T03:04:05.678Z WARN internal error in voiptui-capture: java.lang.IllegalStateException: oops",
                        "java.lang.IllegalStateException: oops");
    }

    @Test
    void shouldWarnOfUnencryptedSignallingDuringACall() {
        CallNarrator call = new CallNarrator(printed.stream(), clock, "relay.example:8888", "192.0.2.7");
        CallLog log = new CallLog(printed.stream(), clock, "relay.example:8888", "192.0.2.7");
        call.onEvent(new SessionEvent.FellBackToClassic("relay.example:8888"));
        log.onEvent(new SessionEvent.FellBackToClassic("relay.example:8888"));

        assertThat(printed.lines())
                .filteredOn(line -> line.contains("audio is not encrypted"))
                .hasSize(2);
    }
}
