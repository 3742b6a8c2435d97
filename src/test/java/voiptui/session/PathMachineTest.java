package voiptui.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;
import voiptui.event.SessionEvent.UdpProblem;
import voiptui.protocol.BindDatagram;
import voiptui.testkit.ManualClock;

/** Edge by edge: each thing done, with the millisecond at which it was. */
class PathMachineTest {

    private static final long SESSION = 0x1234;
    private static final long COOKIE = 77;
    private static final String ADDRESS = "192.0.2.9:4000";

    private final ManualClock clock = new ManualClock();
    private final List<String> did = new ArrayList<>();
    private final List<SessionEvent> events = new ArrayList<>();
    private long lastCounter;
    private long lastCookie;
    private int lastBytes;
    /** The longest datagram that gets through. */
    private int carriedBytes = BindDatagram.MAX_BYTES;
    /** Plays a relay that answers each bind within a millisecond. */
    private boolean relayAnswers;

    private long answered;
    private long lastProbe;
    private int lastProbeBytes;
    /** Whether short probes are answered, even if binds are not. */
    private boolean answersProbes;

    /** Datagrams of media sent by UDP, and those of them that the relay or the peer have. */
    private long sent;

    private long arrived;
    private long fromPeer;
    private long received;

    private final PathMachine machine = new PathMachine(new PathEffects() {
        @Override
        public void bind(long counter, long cookie, int bytes) {
            lastCounter = counter;
            lastBytes = bytes;
            lastCookie = cookie;
            did.add(clock.elapsedMs() + " bind " + counter + (cookie == 0 ? "" : " cookie"));
        }

        @Override
        public void probe(long counter, int bytes) {
            lastProbe = counter;
            lastProbeBytes = bytes;
            did.add(clock.elapsedMs() + " probe " + counter);
        }

        @Override
        public void reopen() {
            did.add(clock.elapsedMs() + " reopen");
        }

        @Override
        public void tunnel(long after) {
            did.add(clock.elapsedMs() + " tunnel after " + after);
        }

        @Override
        public void route(MediaPath way) {
            did.add(clock.elapsedMs() + " " + way);
        }

        @Override
        public void publish(SessionEvent event) {
            events.add(event);
        }
    });

    private void sessionUp(long session) {
        machine.onSessionUp(session, false, clock.nanoTime());
        machine.onTick(clock.nanoTime());
    }

    private void answer(long counter, boolean active) {
        machine.onAnswer(counter, lastBytes, COOKIE, active, ADDRESS, clock.nanoTime());
        machine.onTick(clock.nanoTime());
    }

    /** Lets time pass by the millisecond. */
    private void passMs(long ms) {
        for (long i = 0; i < ms; i++) {
            clock.advanceMs(1);
            if (relayAnswers && lastCounter != answered && lastBytes <= carriedBytes) {
                answered = lastCounter;
                machine.onAnswer(lastCounter, lastBytes, COOKIE, lastCookie == COOKIE, ADDRESS, clock.nanoTime());
            }
            if (answersProbes && lastProbe != 0) {
                machine.onAnswer(lastProbe, lastProbeBytes, COOKIE, false, ADDRESS, clock.nanoTime());
                lastProbe = 0;
            }
            machine.onTick(clock.nanoTime());
        }
    }

    private void inCallByUdp() {
        relayAnswers = true;
        machine.setInCall(true, clock.nanoTime());
        sessionUp(SESSION);
        passMs(1_000);
        assertThat(events).contains(new SessionEvent.PathChanged(MediaPath.UDP, ADDRESS));
        did.clear();
        events.clear();
    }

    private List<String> kinds() {
        return did.stream().map(line -> line.replaceFirst("^\\d+ ", "")).toList();
    }

    @Test
    void shouldProveTheAddressWithTheCookieThatTheRelayGave() {
        sessionUp(SESSION);
        clock.advanceMs(20);
        answer(1, false);
        clock.advanceMs(20);
        answer(2, true);

        assertThat(did).containsExactly("0 reopen", "0 bind 1", "20 bind 2 cookie", "40 UDP");
        assertThat(events)
                .containsExactly(
                        new SessionEvent.PathReading(20.0), new SessionEvent.PathChanged(MediaPath.UDP, ADDRESS));
    }

    @Test
    void shouldRepeatQuicklyAtFirst() {
        sessionUp(SESSION);
        passMs(900);

        assertThat(did).containsExactly("0 reopen", "0 bind 1", "100 bind 2", "300 bind 3", "700 bind 4");
    }

    @Test
    void shouldBindTwiceASecondInACall() {
        inCallByUdp();
        passMs(2_000);

        assertThat(kinds()).containsExactly("bind 4 cookie", "bind 5 cookie", "bind 6 cookie", "bind 7 cookie");
    }

    @Test
    void shouldAskUdpBeforeTakingAStandstillOfThisProcessForABlockedPath() {
        inCallByUdp();
        clock.advanceMs(10_000);
        passMs(1);
        assertThat(kinds()).containsExactly("bind 4 cookie");
        passMs(5_000);
        assertThat(kinds()).doesNotContain("reopen", "TUNNEL", "NONE");

        relayAnswers = false;
        clock.advanceMs(10_000);
        passMs(1_900);
        assertThat(kinds()).doesNotContain("TUNNEL");
        passMs(200);
        assertThat(kinds()).as("nothing answers afterwards either").contains("TUNNEL");

        did.clear();
        clock.advanceMs(5_000);
        passMs(1);
        assertThat(did).as("a tunnel has no ticks in between").isEmpty();
    }

    @Test
    void shouldBindEachFifteenSecondsWhenIdle() {
        relayAnswers = true;
        sessionUp(SESSION);
        passMs(100);
        did.clear();
        passMs(45_100);

        assertThat(did).hasSize(3).allMatch(line -> line.endsWith("cookie"));
    }

    @Test
    void shouldNotTakeALostBindForTheEndOfThePath() {
        inCallByUdp();
        for (int round = 0; round < 20; round++) {
            relayAnswers = false;
            passMs(450);
            relayAnswers = true;
            passMs(400);
        }

        assertThat(kinds()).doesNotContain("reopen", "UDP", "TUNNEL", "NONE");
    }

    @Test
    void shouldOpenAnotherSocketAfterASecondWithoutAnAnswer() {
        inCallByUdp();
        relayAnswers = false;
        passMs(1_100);

        assertThat(kinds()).contains("reopen");
        int at = kinds().indexOf("reopen");
        assertThat(did.subList(at, at + 2))
                .as("the cookie was for the old address")
                .containsExactly(
                        did.get(at).replaceFirst(" .*", " reopen"),
                        did.get(at + 1).replaceFirst(" cookie", ""));
        relayAnswers = true;
        passMs(300);
        passMs(5_000);
        assertThat(kinds().stream().filter("reopen"::equals)).hasSize(1);
        assertThat(kinds()).as("media went on by UDP").doesNotContain("TUNNEL");
    }

    @Test
    void shouldTunnelAfterTwoSecondsWithoutAnAnswerAndStopBinding() {
        machine.setInCall(true, clock.nanoTime());
        sessionUp(SESSION);
        passMs(1_999);
        assertThat(kinds()).doesNotContain("TUNNEL");
        passMs(1);
        assertThat(did).endsWith("2000 tunnel after " + lastCounter, "2000 TUNNEL");
        assertThat(events).containsExactly(SessionEvent.PathChanged.toTunnel(UdpProblem.BLOCKED, null));
        did.clear();
        passMs(29_999);

        assertThat(did).isEmpty();
    }

    @Test
    void shouldTryUdpAgainEachHalfMinuteAndTakeItWhenItAnswers() {
        machine.setInCall(true, clock.nanoTime());
        sessionUp(SESSION);
        passMs(2_000);
        did.clear();
        passMs(30_700);
        assertThat(kinds().stream().filter(line -> !line.startsWith("bind"))).containsExactly("reopen");
        assertThat(kinds().stream().filter(line -> line.startsWith("bind"))).hasSize(4);
        relayAnswers = true;
        passMs(30_100);

        assertThat(kinds()).contains("UDP");
        assertThat(events)
                .endsWith(new SessionEvent.PathReading(1.0))
                .contains(new SessionEvent.PathChanged(MediaPath.UDP, ADDRESS));
        did.clear();
        passMs(20_000);
        assertThat(kinds()).allMatch(line -> line.startsWith("bind"));
    }

    @Test
    void shouldTunnelACallSoonIfUdpDidNotAnswerBeforeIt() {
        sessionUp(SESSION);
        passMs(1_000);
        machine.setInCall(true, clock.nanoTime());
        passMs(PathMachine.GRACE_MS - 1);
        assertThat(kinds()).doesNotContain("TUNNEL");

        passMs(1);

        assertThat(kinds()).endsWith("tunnel after " + lastCounter, "TUNNEL");
    }

    @Test
    void shouldGiveUdpTimeIfTheCallComesBeforeTheFirstBindsAreOver() {
        sessionUp(SESSION);
        passMs(300);
        machine.setInCall(true, clock.nanoTime());

        passMs(PathMachine.TUNNEL_AFTER_MS - 1);

        assertThat(kinds()).doesNotContain("TUNNEL");
    }

    @Test
    void shouldNotTunnelBeforeACallIsOn() {
        sessionUp(SESSION);
        passMs(60_000);
        assertThat(kinds()).doesNotContain("TUNNEL");
        machine.setInCall(true, clock.nanoTime());
        passMs(2_000);

        assertThat(kinds()).contains("TUNNEL");
    }

    @Test
    void shouldLookForAnotherSocketOnceInEachRoundWhenIdle() {
        sessionUp(SESSION);
        did.clear();
        passMs(60_000);

        assertThat(kinds().stream().filter("reopen"::equals).count()).isBetween(3L, 5L);
        assertThat(kinds().size()).isLessThan(50);
    }

    @Test
    void shouldKeepTheSocketThatMediaStillComesBy() {
        inCallByUdp();
        relayAnswers = false;
        for (int i = 0; i < 70; i++) {
            passMs(20);
            machine.onMedia(clock.nanoTime());
        }
        assertThat(kinds()).doesNotContain("reopen", "TUNNEL");
        passMs(600);

        assertThat(kinds()).as("but ours does not get through").contains("TUNNEL");
    }

    /** Media comes each 20 ms, answers each 500: what ends both at once ends media after the last answer. */
    @Test
    void shouldOpenAnotherSocketEvenIfMediaOutlastsTheAnswers() {
        inCallByUdp();
        relayAnswers = false;
        for (int i = 0; i < 20; i++) {
            passMs(20);
            machine.onMedia(clock.nanoTime());
        }
        passMs(1_100);

        assertThat(kinds()).contains("reopen").doesNotContain("TUNNEL");
    }

    @Test
    void shouldCarryTheCallOverUdpWhileTheSessionIsLost() {
        inCallByUdp();
        machine.onSessionDown(clock.nanoTime());
        passMs(60_000);

        assertThat(kinds()).allMatch(line -> line.startsWith("bind"));
    }

    @Test
    void shouldGoOnWithTheCountersOfASessionThatWasResumed() {
        inCallByUdp();
        long before = lastCounter;
        machine.onSessionDown(clock.nanoTime());
        sessionUp(SESSION);

        assertThat(kinds()).containsExactly("bind " + (before + 1) + " cookie");
    }

    @Test
    void shouldStartOverWithARelayThatHasForgottenTheSession() {
        inCallByUdp();
        machine.onSessionDown(clock.nanoTime());
        sessionUp(SESSION + 1);

        assertThat(kinds()).containsExactly("NONE", "reopen", "bind 1");
        passMs(100);
        assertThat(kinds()).endsWith("UDP");
    }

    @Test
    void shouldReportNoPathWhileTheNetworkIsDown() {
        inCallByUdp();
        relayAnswers = false;
        machine.onSessionDown(clock.nanoTime());
        passMs(10_000);

        assertThat(kinds()).doesNotContain("TUNNEL").contains("NONE");
        assertThat(kinds().stream().filter("reopen"::equals).count()).isBetween(8L, 10L);
    }

    @Test
    void shouldTunnelSoonAfterTheSessionResumesWithoutUdp() {
        inCallByUdp();
        relayAnswers = false;
        machine.onSessionDown(clock.nanoTime());
        passMs(10_000);
        sessionUp(SESSION);
        did.clear();
        passMs(PathMachine.GRACE_MS);

        assertThat(kinds()).contains("TUNNEL");
    }

    @Test
    void shouldTunnelAndTryUdpAtOnceWhenATunnelledSessionResumes() {
        machine.setInCall(true, clock.nanoTime());
        sessionUp(SESSION);
        passMs(2_500);
        machine.onSessionDown(clock.nanoTime());
        passMs(1_000);
        did.clear();
        sessionUp(SESSION);

        assertThat(kinds()).containsExactly("tunnel after " + (lastCounter - 1), "reopen", "bind " + lastCounter);
    }

    @Test
    void shouldOpenANewSocketWhenTheSessionResumesFromAnotherAddress() {
        inCallByUdp();
        machine.onSessionDown(clock.nanoTime());
        machine.onSessionUp(SESSION, true, clock.nanoTime());

        assertThat(kinds()).containsExactly("reopen");
    }

    @Test
    void shouldAcceptEachAnswerOnce() {
        sessionUp(SESSION);
        answer(1, true);
        events.clear();
        clock.advanceMs(5_000);
        answer(1, true);

        assertThat(events).as("a copy, five seconds late").isEmpty();
    }

    @Test
    void shouldIgnoreUnsolicitedAnswersAndThoseToAnOlderSocket() {
        sessionUp(SESSION);
        answer(2, true);
        answer(0, true);
        answer(-63, true);
        answer(Long.MIN_VALUE, true);
        assertThat(events).isEmpty();
        passMs(1_000);
        assertThat(kinds().stream().filter("reopen"::equals)).hasSize(2);
        answer(1, true);

        assertThat(events).isEmpty();
    }

    @Test
    void shouldNotBeDrivenIntoALoopByEverNewCookies() {
        sessionUp(SESSION);
        for (int i = 0; i < 100; i++) {
            answer(lastCounter, false);
        }

        assertThat(lastCounter).isLessThanOrEqualTo(4);
    }

    @Test
    void shouldReportWhenTheRelaySeesAnotherAddress() {
        inCallByUdp();
        relayAnswers = false;
        passMs(500);
        machine.onAnswer(lastCounter, lastBytes, COOKIE, true, "198.51.100.1:9", clock.nanoTime());

        assertThat(events).contains(new SessionEvent.PathChanged(MediaPath.UDP, "198.51.100.1:9"));
    }

    @Test
    void shouldSleepUntilThereIsSomethingToDo() {
        assertThat(machine.idleNs(clock.nanoTime())).isEqualTo(Long.MAX_VALUE);
        machine.setInCall(true, clock.nanoTime());
        sessionUp(SESSION);
        for (int i = 0; i < 2_000; i++) {
            assertThat(machine.idleNs(clock.nanoTime()))
                    .as("at %d ms", clock.elapsedMs())
                    .isPositive();
            passMs(1);
        }
    }

    private void mediaOf(int bytes) {
        machine.onMediaLength(bytes, clock.nanoTime());
    }

    @Test
    void shouldProveThatThePathCarriesPacketsAsLongAsThoseOfTheCall() {
        inCallByUdp();
        mediaOf(1_776);
        passMs(2_600);

        assertThat(lastBytes).isEqualTo(1_776);
        assertThat(did.get(0)).as("at once").matches("10\\d\\d bind \\d cookie");
        assertThat(kinds()).allMatch(line -> line.startsWith("bind")).hasSizeLessThan(8);
        machine.setInCall(false, clock.nanoTime());
        passMs(20_000);
        assertThat(lastBytes).as("after the call").isEqualTo(BindDatagram.MIN_BYTES);
    }

    @Test
    void shouldNotPadForPacketsThatEveryPathCarries() {
        inCallByUdp();
        mediaOf(PathMachine.EVERY_PATH_BYTES);
        passMs(2_000);

        assertThat(lastBytes).isEqualTo(BindDatagram.MIN_BYTES);
        assertThat(kinds()).hasSize(4);
    }

    /** The path answers short binds all the time, and loses what the call consists of. */
    @Test
    void shouldTunnelACallWhosePacketsAreTooLongForThePathAndGoBackWhenTheyNoLongerAre() {
        inCallByUdp();
        carriedBytes = 1_280;
        mediaOf(1_776);
        passMs(2_000);
        assertThat(kinds()).contains("TUNNEL");
        passMs(70_000);
        assertThat(kinds()).doesNotContain("UDP");
        carriedBytes = 1_776;
        passMs(30_100);

        assertThat(kinds()).contains("UDP");
        did.clear();
        passMs(10_000);
        assertThat(kinds()).as("stays").allMatch(line -> line.startsWith("bind"));
    }

    @Test
    void shouldNotAcceptAShorterAnswerNorOneToAShorterBind() {
        inCallByUdp();
        relayAnswers = false;
        passMs(500);
        long before = lastCounter;
        mediaOf(1_776);
        machine.onTick(clock.nanoTime());
        events.clear();
        machine.onAnswer(before, BindDatagram.MIN_BYTES, COOKIE, true, ADDRESS, clock.nanoTime());
        machine.onAnswer(lastCounter, BindDatagram.MIN_BYTES, COOKIE, true, ADDRESS, clock.nanoTime());
        assertThat(events).isEmpty();
        machine.onAnswer(lastCounter, 1_776, COOKIE, true, ADDRESS, clock.nanoTime());

        assertThat(events).hasSize(1);
    }

    @Test
    void shouldSayThatOnlyLongPacketsAreLostIfShortOnesGetThrough() {
        inCallByUdp();
        carriedBytes = 1_280;
        answersProbes = true;
        mediaOf(1_776);
        passMs(2_000);

        assertThat(events).contains(SessionEvent.PathChanged.toTunnel(UdpProblem.LONG_PACKETS_LOST, 1_776));
        did.clear();
        passMs(60_000);
        assertThat(kinds())
                .as("a short one must not bring media back to UDP")
                .isNotEmpty()
                .noneMatch(line -> line.startsWith("probe") || line.equals("UDP"));
    }

    @Test
    void shouldSayThatUdpIsBlockedIfShortPacketsAreLostToo() {
        inCallByUdp();
        carriedBytes = 1_280;
        mediaOf(1_776);
        passMs(2_000);

        assertThat(kinds()).anyMatch(line -> line.startsWith("probe"));
        assertThat(events).contains(SessionEvent.PathChanged.toTunnel(UdpProblem.BLOCKED, null));
    }

    @Test
    void shouldProbeWithShortPacketsOnlyWhileLongOnesAreNotAnswered() {
        inCallByUdp();
        mediaOf(1_776);
        passMs(10_000);

        assertThat(kinds()).isNotEmpty().noneMatch(line -> line.startsWith("probe"));
    }

    private void relayReports() {
        machine.onLegs(new PathMachine.Flow(sent, arrived), new PathMachine.Flow(fromPeer, received), clock.nanoTime());
    }

    /** Both sides talk for two seconds, at whose end the relay reports. */
    private void talkTwoSeconds(boolean oursArrives, boolean theirsArrives) {
        passMs(2_000);
        sent += 100;
        fromPeer += 100;
        arrived += oursArrives ? 100 : 0;
        received += theirsArrives ? 100 : 0;
        relayReports();
    }

    private void talkOneSecond(boolean oursArrives) {
        passMs(1_000);
        sent += 50;
        machine.onPeerReport(oursArrives, sent, clock.nanoTime());
    }

    @Test
    void shouldTunnelWhenTheRelayHearsNothingAlthoughProbesAreAnswered() {
        inCallByUdp();
        talkTwoSeconds(true, true);
        talkTwoSeconds(false, true);
        assertThat(kinds()).as("one report").doesNotContain("TUNNEL");
        talkTwoSeconds(false, true);

        assertThat(kinds()).endsWith("tunnel after " + lastCounter, "TUNNEL");
        assertThat(events).contains(SessionEvent.PathChanged.toTunnel(UdpProblem.MEDIA_LOST, null));
    }

    @Test
    void shouldTunnelWhenNothingOfWhatTheRelayHasForUsArrives() {
        inCallByUdp();
        talkTwoSeconds(true, true);
        talkTwoSeconds(true, false);
        talkTwoSeconds(true, false);

        assertThat(kinds()).contains("TUNNEL");
    }

    @Test
    void shouldKeepUdpWhileSomethingArrives() {
        inCallByUdp();
        for (int i = 0; i < 20; i++) {
            talkTwoSeconds(i % 2 == 0, i % 2 == 1);
        }

        assertThat(kinds()).allMatch(line -> line.startsWith("bind"));
    }

    @Test
    void shouldKeepUdpWhileHardlyAnythingIsSent() {
        inCallByUdp();
        for (int i = 0; i < 10; i++) {
            passMs(2_000);
            sent += 4;
            fromPeer += 4;
            relayReports();
        }

        assertThat(kinds()).allMatch(line -> line.startsWith("bind"));
    }

    /** After a standstill of this machine the reports of that time come all at once, before the packets are read. */
    @Test
    void shouldNotJudgeByReportsThatComeAtOnce() {
        inCallByUdp();
        for (int i = 0; i < 10; i++) {
            sent += 100;
            fromPeer += 100;
            relayReports();
        }
        received += 1_000;
        arrived += 1_000;
        talkTwoSeconds(true, true);

        assertThat(kinds()).allMatch(line -> line.startsWith("bind"));
    }

    @Test
    void shouldTunnelWhenThePeerHearsNothingForSeconds() {
        inCallByUdp();
        talkOneSecond(true);
        talkOneSecond(false);
        talkOneSecond(false);
        assertThat(kinds()).doesNotContain("TUNNEL");
        talkOneSecond(false);

        assertThat(kinds()).contains("TUNNEL");
        assertThat(events).contains(SessionEvent.PathChanged.toTunnel(UdpProblem.MEDIA_LOST, null));
    }

    /** It is the peer's own leg that is broken, so the tunnel would not help. */
    @Test
    void shouldBelieveTheRelayRatherThanThePeer() {
        inCallByUdp();
        talkTwoSeconds(true, true);
        for (int i = 0; i < 10; i++) {
            talkOneSecond(false);
            talkOneSecond(false);
            arrived += 100;
            fromPeer += 100;
            received += 100;
            relayReports();
        }

        assertThat(kinds()).allMatch(line -> line.startsWith("bind"));
    }

    @Test
    void shouldReturnToUdpAfterHalfAMinuteAndMoreSeldomIfItKeepsLosingMedia() {
        inCallByUdp();
        List<Long> tunnelMs = new ArrayList<>();
        while (tunnelMs.size() < 3) {
            did.clear();
            for (int i = 0; !kinds().contains("TUNNEL"); i++) {
                assertThat(i).isLessThan(5);
                talkTwoSeconds(false, true);
            }
            long fromMs = clock.elapsedMs();
            did.clear();
            while (!kinds().contains("UDP")) {
                passMs(100);
            }
            tunnelMs.add((clock.elapsedMs() - fromMs) / 1_000);
        }

        assertThat(tunnelMs).containsExactly(30L, 60L, 120L);
    }

    @Test
    void shouldNotJudgeBeforeOrAfterACall() {
        inCallByUdp();
        machine.setInCall(false, clock.nanoTime());
        for (int i = 0; i < 5; i++) {
            talkTwoSeconds(false, false);
        }

        assertThat(kinds()).doesNotContain("TUNNEL");
    }
}
