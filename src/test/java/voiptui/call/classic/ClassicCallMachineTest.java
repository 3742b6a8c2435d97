package voiptui.call.classic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.media.MediaConfig;
import voiptui.net.HostAddresses;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;

/** Time advances in ticks of 20 ms, as in a call; the test decides when the relay replies. */
class ClassicCallMachineTest {

    private static final long TICK_MS = 20;
    private static final int PORT = 5000;
    private static final InetAddress TARGET = InetAddress.getLoopbackAddress();

    private final World world = new World();
    private ClassicCallMachine machine = machine(config(3, 0, false));
    private long nowMs;

    private static ClassicCallConfig config(int attempts, long durationMs, boolean stay) {
        return new ClassicCallConfig(
                new ClassicCallConfig.RelayAccess(
                        HostAddresses.of(new InetSocketAddress(TARGET, 8888)), 9999, attempts, 2000, 30_000),
                TARGET,
                null,
                PORT,
                durationMs,
                stay,
                new MediaConfig(new MediaConfig.Delay(20, 500)));
    }

    private ClassicCallMachine machine(ClassicCallConfig config) {
        return new ClassicCallMachine(config, PORT, new Random(1), world);
    }

    /** Records what the machine did, in order. */
    private final class World implements ClassicCallEffects {
        final List<String> done = new ArrayList<>();
        final List<CallEvent> events = new ArrayList<>();
        final List<Long> askedAtMs = new ArrayList<>();
        ClassicRequest open;

        @Override
        public void ask(ClassicRequest request) {
            assertThat(open).as("one request at a time").isNull();
            open = request;
            askedAtMs.add(nowMs);
            done.add(request.verb());
        }

        @Override
        public void startSending() {
            done.add("send");
        }

        @Override
        public void playOut() {
            done.add("play out");
        }

        @Override
        public void sayEndOfTransmission() {
            done.add("EOT");
        }

        @Override
        public void publish(CallEvent event) {
            events.add(event);
            if (event instanceof CallEvent.StateChanged changed) {
                done.add(changed.state()
                        + (changed.attempt() > 0 ? " " + changed.attempt() : "")
                        + (changed.reason() != null ? " " + changed.reason() : ""));
            }
        }

        @Override
        public void ended(EndReason reason) {
            done.add("ended");
        }

        /** Returns and clears what was done since the last call. */
        List<String> take() {
            List<String> taken = List.copyOf(done);
            done.clear();
            return taken;
        }

        <E extends CallEvent> List<E> events(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private void start() {
        machine.start(nowMs);
    }

    /** Advances the time in ticks. */
    private void pass(long ms) {
        for (long until = nowMs + ms; nowMs < until; ) {
            nowMs = Math.min(until, nowMs + TICK_MS);
            machine.onTick(nowMs);
        }
    }

    /** As {@link #pass}, while the peer is heard. */
    private void passHearing(long ms) {
        for (long until = nowMs + ms; nowMs < until; ) {
            nowMs = Math.min(until, nowMs + TICK_MS);
            machine.onHeard(nowMs);
            machine.onTick(nowMs);
        }
    }

    private void answer(ControlReply answer) {
        world.open = null;
        machine.onReply(answer, nowMs);
    }

    private void reply(ClassicReply reply) {
        answer(new ControlReply(world.open, Optional.of(reply), false, false, 1.5, ""));
    }

    private void refuse() {
        answer(new ControlReply(world.open, Optional.empty(), true, false, 0, "nothing listens"));
    }

    private void timeOut() {
        answer(new ControlReply(world.open, Optional.empty(), false, true, 0, "no answer within 2000 ms"));
    }

    private void fail() {
        answer(new ControlReply(world.open, Optional.empty(), false, false, 0, "no route"));
    }

    private void register() {
        start();
        reply(ClassicReply.WELCOME);
    }

    private void beInCall() {
        register();
        machine.onHeard(nowMs);
        assertThat(machine.progress().state()).isEqualTo(CallState.IN_CALL);
        world.take();
    }

    private void loseRelay() {
        beInCall();
        pass(5000);
        assertThat(world.open).isInstanceOf(ClassicRequest.Hello.class);
        refuse();
        assertThat(machine.progress().state()).isEqualTo(CallState.RELAY_LOST);
        world.take();
    }

    @Nested
    class Connecting {

        @Test
        void shouldRegisterWithItsPortAndTarget() {
            start();

            assertThat(world.open).isEqualTo(new ClassicRequest.Hello(PORT, TARGET));
            assertThat(world.take()).containsExactly("CONNECTING 1", "HELLO");
            assertThat(machine.progress().isStarted()).isFalse();
        }

        @Test
        void shouldSendAndWaitForThePeerOnceRegistered() {
            start();
            pass(300);
            world.take();
            reply(ClassicReply.WELCOME);

            assertThat(world.take()).containsExactly("WAITING", "send");
            assertThat(machine.progress().durationMs(1300)).isEqualTo(1000);
            assertThat(world.events(CallEvent.RelayAnswered.class))
                    .containsExactly(new CallEvent.RelayAnswered("HELLO", "WELCOME", 1.5));
        }

        @Test
        void shouldBeInCallAtOnceWhenThePeerIsAlreadyHeard() {
            start();
            machine.onHeard(nowMs);
            reply(ClassicReply.WELCOME);

            assertThat(machine.progress().state()).isEqualTo(CallState.IN_CALL);
        }

        @Test
        void shouldRetryAtOnceAfterATimeout() {
            start();
            timeOut();
            pass(TICK_MS);

            assertThat(world.take()).containsExactly("CONNECTING 1", "HELLO", "CONNECTING 2", "HELLO");
        }

        @ParameterizedTest
        @ValueSource(strings = {"refused", "failed", "ERROR", "TIMEOUT"})
        void shouldPauseBeforeRetryingAfterAnImmediateFailure(String how) {
            start();
            world.take();
            switch (how) {
                case "refused" -> refuse();
                case "failed" -> fail();
                default -> reply(ClassicReply.valueOf(how));
            }

            assertThat(world.take()).containsExactly("CONNECTING 2");
            CallEvent.StateChanged waiting =
                    world.events(CallEvent.StateChanged.class).get(1);
            assertThat(waiting.retryInMs()).isBetween(400L, 600L);
            pass(waiting.retryInMs() - 1);
            assertThat(world.take()).isEmpty();
            pass(TICK_MS);
            assertThat(world.take()).containsExactly("CONNECTING 2", "HELLO");
        }

        @Test
        void shouldGiveUpAfterTheLastAttempt() {
            start();
            timeOut();
            pass(TICK_MS);
            timeOut();
            pass(TICK_MS);
            world.take();
            timeOut();

            assertThat(world.take()).containsExactly("ENDED RELAY_UNREACHABLE", "ended");
            assertThat(world.events(CallEvent.RelayFailed.class))
                    .extracting(CallEvent.RelayFailed::failures)
                    .containsExactly(1, 2, 3);
        }

        @Test
        void shouldGiveUpAfterTheOnlyAttempt() {
            machine = machine(config(1, 0, false));
            start();
            refuse();

            assertThat(world.take()).containsExactly("CONNECTING 1", "HELLO", "ENDED RELAY_UNREACHABLE", "ended");
        }

        @Test
        void shouldNotRetryWhenTheRelayIsFull() {
            start();
            reply(ClassicReply.FULL);

            assertThat(world.take()).containsExactly("CONNECTING 1", "HELLO", "ENDED RELAY_FULL", "ended");
        }

        @Test
        void shouldNotRetryWhenTheRelayRefuses() {
            start();
            reply(ClassicReply.INVALID);

            assertThat(world.take()).containsExactly("CONNECTING 1", "HELLO", "ENDED RELAY_REFUSED", "ended");
        }

        @Test
        void shouldIgnoreAnEndOfTransmissionBeforeItIsRegistered() {
            start();
            world.take();
            machine.onEndOfTransmission(nowMs);

            assertThat(world.take()).isEmpty();
            assertThat(machine.progress().state()).isEqualTo(CallState.CONNECTING);
        }
    }

    @Nested
    class InCall {

        @Test
        void shouldBeInCallWhenThePeerIsHeard() {
            register();
            world.take();
            machine.onHeard(nowMs);
            machine.onHeard(nowMs + 20);

            assertThat(world.take()).containsExactly("IN_CALL");
        }

        @Test
        void shouldSendHeartbeatsOnSchedule() {
            beInCall();
            passHearing(29_980);
            assertThat(world.take()).isEmpty();
            passHearing(20);
            assertThat(world.take()).containsExactly("HEARTBEAT");
            passHearing(1000);
            reply(ClassicReply.ALIVE);
            passHearing(28_980);
            assertThat(world.take()).isEmpty();
            passHearing(20);

            assertThat(world.take())
                    .as("30 s after the previous one, however long that took")
                    .containsExactly("HEARTBEAT");
        }

        @Test
        void shouldSendHeartbeatsWhileWaiting() {
            register();
            world.take();
            pass(30_000);

            assertThat(world.take()).containsExactly("HEARTBEAT");
        }

        @Test
        void shouldReportASilentPeerAfterFiveSeconds() {
            beInCall();
            pass(4980);
            assertThat(world.take()).isEmpty();
            pass(20);

            assertThat(world.take())
                    .as("also registers again at once: the relay may have been restarted")
                    .containsExactly("PEER_SILENT", "HELLO");
        }

        @Test
        void shouldReturnToTheCallWhenThePeerIsHeardAgain() {
            beInCall();
            pass(5000);
            reply(ClassicReply.WELCOME);
            assertThat(machine.progress().state()).isEqualTo(CallState.PEER_SILENT);
            world.take();
            machine.onHeard(nowMs);
            assertThat(world.take()).containsExactly("IN_CALL");

            pass(5000);
            assertThat(world.take()).containsExactly("PEER_SILENT", "HELLO");
        }

        @Test
        void shouldRegisterAgainAtGrowingIntervalsWhileThePeerIsSilent() {
            beInCall();
            List<Long> registeredAt = new ArrayList<>();
            for (long until = nowMs + 600_000; nowMs < until; ) {
                pass(TICK_MS);
                if (world.open != null) {
                    if (world.open instanceof ClassicRequest.Hello) {
                        registeredAt.add(nowMs / 1000);
                    }
                    reply(world.open instanceof ClassicRequest.Hello ? ClassicReply.WELCOME : ClassicReply.ALIVE);
                }
            }

            assertThat(registeredAt).containsExactly(5L, 15L, 35L, 75L, 155L, 275L, 395L, 515L);
        }

        @Test
        void shouldRegisterAgainPeriodicallyWhileWaiting() {
            register();
            int hellos = 0;
            for (long until = nowMs + 600_000; nowMs < until; ) {
                pass(TICK_MS);
                if (world.open != null) {
                    hellos += world.open instanceof ClassicRequest.Hello ? 1 : 0;
                    reply(world.open instanceof ClassicRequest.Hello ? ClassicReply.WELCOME : ClassicReply.ALIVE);
                }
            }

            assertThat(hellos).as("in ten minutes").isBetween(2, 5);
        }
    }

    @Nested
    class RelayLost {

        @Test
        void shouldRegisterEarlyWhenTheHostRefusesMediaAtMostTwicePerSecond() {
            beInCall();
            for (int i = 0; i < 250; i++) {
                passHearing(TICK_MS);
                machine.onRefused(nowMs);
                if (world.open != null) {
                    reply(ClassicReply.WELCOME);
                }
            }

            assertThat(world.take()).as("in five seconds").hasSizeBetween(9, 11).containsOnly("HELLO");
            for (int i = 1; i < world.askedAtMs.size() - 1; i++) {
                assertThat(world.askedAtMs.get(i + 1) - world.askedAtMs.get(i)).isGreaterThanOrEqualTo(500);
            }
        }

        @Test
        void shouldNotRegisterEarlyWhileARequestIsPending() {
            beInCall();
            passHearing(30_000);
            assertThat(world.take()).containsExactly("HEARTBEAT");
            machine.onRefused(nowMs);

            assertThat(world.take()).isEmpty();
        }

        @Test
        void shouldReportTheRelayAsLostAtOnceWhenItRefuses() {
            beInCall();
            machine.onRefused(nowMs);
            refuse();

            assertThat(world.take()).containsExactly("HELLO", "RELAY_LOST 1");
        }

        @Test
        void shouldTolerateOneLostHeartbeatWhileThePeerIsHeard() {
            beInCall();
            passHearing(30_000);
            timeOut();
            passHearing(600);

            assertThat(machine.progress().state()).isEqualTo(CallState.IN_CALL);
            assertThat(world.take()).as("retried soon").containsExactly("HEARTBEAT", "HEARTBEAT");
            reply(ClassicReply.ALIVE);
            passHearing(29_000);
            assertThat(world.take()).isEmpty();
        }

        @Test
        void shouldReportTheRelayAsLostAfterThreeHeartbeatsEvenIfThePeerIsHeard() {
            beInCall();
            passHearing(30_000);
            timeOut();
            passHearing(600);
            timeOut();
            passHearing(1200);
            timeOut();

            assertThat(world.take()).containsExactly("HEARTBEAT", "HEARTBEAT", "HEARTBEAT", "RELAY_LOST 1");
        }

        @Test
        void shouldReportTheRelayAsLostAfterOneHeartbeatWhenNothingIsHeard() {
            register();
            pass(30_000);
            world.take();
            timeOut();

            assertThat(world.take()).containsExactly("RELAY_LOST 1");
        }

        @Test
        void shouldRegisterAgainWhenTheRelayRejectsTheHeartbeat() {
            beInCall();
            passHearing(30_000);
            world.take();
            reply(ClassicReply.INVALID);
            assertThat(world.take()).containsExactly("HELLO");
            reply(ClassicReply.WELCOME);

            assertThat(machine.progress().state()).isEqualTo(CallState.IN_CALL);
        }

        @Test
        void shouldStayRegisteredWhenARepeatedRegistrationFindsTheRelayFull() {
            beInCall();
            pass(5000);
            world.take();
            reply(ClassicReply.FULL);

            assertThat(machine.progress().state()).isEqualTo(CallState.PEER_SILENT);
            pass(10_000);
            assertThat(world.take()).containsExactly("HELLO");
        }

        @Test
        void shouldKeepRetryingAtMostFiveSecondsApart() {
            loseRelay();
            long lastMs = nowMs;
            for (int i = 0; i < 200; i++) {
                while (world.open == null) {
                    pass(TICK_MS);
                }
                assertThat(nowMs - lastMs).as("pause before try %d", i + 1).isBetween(400L, 4820L);
                assertThat(world.open).isInstanceOf(ClassicRequest.Hello.class);
                refuse();
                lastMs = nowMs;
            }

            List<CallEvent.StateChanged> lost = world.events(CallEvent.StateChanged.class).stream()
                    .filter(changed -> changed.state() == CallState.RELAY_LOST)
                    .toList();
            assertThat(lost).hasSize(201);
            assertThat(lost.get(200).attempt()).isEqualTo(201);
            assertThat(lost)
                    .allSatisfy(changed -> assertThat(changed.retryInMs()).isBetween(400L, 4800L));
        }

        @Test
        void shouldReturnToTheCallWhenTheRelayIsBack() {
            loseRelay();
            while (world.open == null) {
                pass(TICK_MS);
            }
            reply(ClassicReply.WELCOME);
            assertThat(world.take()).containsExactly("HELLO", "WAITING");
            machine.onHeard(nowMs);
            assertThat(world.take()).containsExactly("IN_CALL");

            passHearing(29_960);
            assertThat(world.take()).isEmpty();
            passHearing(40);
            assertThat(world.take()).as("heartbeats restart").containsExactly("HEARTBEAT");
        }

        @Test
        void shouldBeInCallAtOnceWhenThePeerWasHeardThroughout() {
            beInCall();
            machine.onRefused(nowMs);
            refuse();
            while (world.open == null) {
                passHearing(TICK_MS);
            }
            world.take();
            reply(ClassicReply.WELCOME);

            assertThat(world.take()).containsExactly("IN_CALL");
        }

        @Test
        void shouldKeepRetryingWhenTheRelayIsFullAfterItReturns() {
            loseRelay();
            while (world.open == null) {
                pass(TICK_MS);
            }
            world.take();
            reply(ClassicReply.FULL);

            assertThat(world.take()).containsExactly("RELAY_LOST 2");
            pass(4800);
            assertThat(world.take()).containsExactly("HELLO");
        }

        @Test
        void shouldStartWithShortPausesAfterTheNextLoss() {
            loseRelay();
            for (int i = 0; i < 6; i++) {
                pass(4820);
                refuse();
            }
            pass(4820);
            reply(ClassicReply.WELCOME);
            machine.onHeard(nowMs);
            machine.onRefused(nowMs);
            refuse();

            List<CallEvent.StateChanged> changes = world.events(CallEvent.StateChanged.class);
            assertThat(changes.get(changes.size() - 1).retryInMs()).isBetween(400L, 600L);
        }
    }

    @Nested
    class PeerLeaves {

        @Test
        void shouldPlayOutAndThenLeave() {
            beInCall();
            machine.onEndOfTransmission(nowMs);
            assertThat(world.take()).containsExactly("play out");
            machine.onEndOfTransmission(nowMs);
            machine.onEndOfTransmission(nowMs);
            assertThat(world.take())
                    .as("end of transmission is sent three times")
                    .isEmpty();
            pass(100);
            machine.onDrained(nowMs);
            assertThat(world.take()).containsExactly("EOT", "DISCONNECT");
            reply(ClassicReply.BYE);

            assertThat(world.take()).containsExactly("ENDED PEER_LEFT", "ended");
            assertThat(machine.progress().lastState()).isEqualTo(CallState.IN_CALL);
        }

        @Test
        void shouldNotWaitForeverForAStalledSpeaker() {
            beInCall();
            machine.onEndOfTransmission(nowMs);
            pass(1980);
            assertThat(world.take()).containsExactly("play out");
            pass(20);

            assertThat(world.take()).containsExactly("EOT", "DISCONNECT");
        }

        @Test
        void shouldLeaveWhenASilentPeerHangsUp() {
            beInCall();
            pass(5000);
            reply(ClassicReply.WELCOME);
            machine.onEndOfTransmission(nowMs);
            machine.onDrained(nowMs);
            reply(ClassicReply.BYE);

            assertThat(machine.progress().state()).isEqualTo(CallState.ENDED);
        }

        @Test
        void shouldIgnoreTheRelaysReplyWhilePlayingOut() {
            beInCall();
            passHearing(30_000);
            machine.onEndOfTransmission(nowMs);
            world.take();
            timeOut();
            assertThat(world.take()).isEmpty();
            machine.onDrained(nowMs);

            assertThat(world.take()).containsExactly("EOT", "DISCONNECT");
        }

        @Test
        void shouldWaitForTheNextCallWhenConfiguredToStay() {
            machine = machine(config(3, 0, true));
            beInCall();
            machine.onEndOfTransmission(nowMs);
            assertThat(world.take()).containsExactly("play out", "WAITING");
            machine.onEndOfTransmission(nowMs);
            machine.onDrained(nowMs);
            assertThat(machine.progress().state()).isEqualTo(CallState.WAITING);
            pass(6000);
            assertThat(machine.progress().state()).as("no peer to be silent").isEqualTo(CallState.WAITING);
            world.take();
            machine.onHeard(nowMs);

            assertThat(world.take()).containsExactly("IN_CALL");
        }
    }

    @Nested
    class Leaving {

        @ParameterizedTest
        @EnumSource(
                value = EndReason.class,
                names = {"QUIT", "INTERRUPTED", "FAILED"})
        void shouldSayGoodbyeToPeerAndRelay(EndReason reason) {
            beInCall();
            machine.onHangUp(reason, nowMs);
            assertThat(world.take()).containsExactly("EOT", "DISCONNECT");
            machine.onHangUp(EndReason.QUIT, nowMs);
            assertThat(world.take())
                    .as("hanging up twice has no further effect")
                    .isEmpty();
            reply(ClassicReply.BYE);

            assertThat(world.take()).containsExactly("ENDED " + reason, "ended");
        }

        @Test
        void shouldLeaveEvenIfTheRelayDoesNotAnswerTheDisconnect() {
            beInCall();
            machine.onHangUp(EndReason.QUIT, nowMs);
            timeOut();

            assertThat(world.take()).containsExactly("EOT", "DISCONNECT", "ENDED QUIT", "ended");
        }

        @Test
        void shouldLimitTheWaitForTheRelayWhateverTheTimeout() {
            beInCall();
            machine.onHangUp(EndReason.QUIT, nowMs);
            pass(ClassicCallMachine.LEAVE_MS);

            assertThat(world.take()).containsExactly("EOT", "DISCONNECT", "ENDED QUIT", "ended");
            reply(ClassicReply.BYE);
            assertThat(world.take()).isEmpty();
        }

        @Test
        void shouldDisconnectAfterThePendingRequest() {
            beInCall();
            passHearing(30_000);
            world.take();
            machine.onHangUp(EndReason.QUIT, nowMs);
            assertThat(world.take()).containsExactly("EOT");
            reply(ClassicReply.ALIVE);
            assertThat(world.take()).containsExactly("DISCONNECT");
            reply(ClassicReply.BYE);

            assertThat(world.take()).containsExactly("ENDED QUIT", "ended");
        }

        @Test
        void shouldNotDisconnectWhenThePendingRequestTimedOut() {
            beInCall();
            passHearing(30_000);
            machine.onHangUp(EndReason.QUIT, nowMs);
            world.take();
            timeOut();

            assertThat(world.take()).containsExactly("ENDED QUIT", "ended");
        }

        @Test
        void shouldLeaveAtOnceBetweenRegistrationAttempts() {
            start();
            refuse();
            world.take();
            machine.onHangUp(EndReason.INTERRUPTED, nowMs);

            assertThat(world.take()).containsExactly("ENDED INTERRUPTED", "ended");
        }

        @Test
        void shouldUndoARegistrationThatSucceedsWhileLeaving() {
            start();
            machine.onHangUp(EndReason.QUIT, nowMs);
            world.take();
            reply(ClassicReply.WELCOME);
            assertThat(world.take())
                    .as("the end-of-transmission distinguishes it from other clients at this address")
                    .containsExactly("EOT", "DISCONNECT");
            reply(ClassicReply.BYE);

            assertThat(world.take()).containsExactly("ENDED QUIT", "ended");
        }

        /** The relay identifies a DISCONNECT by its address only, so it would end the call of another client at this address. */
        @ParameterizedTest
        @EnumSource(
                value = ClassicReply.class,
                names = {"FULL", "INVALID", "ERROR", "TIMEOUT"})
        void shouldNotDisconnectWhenItWasNeverRegistered(ClassicReply reply) {
            start();
            machine.onHangUp(EndReason.QUIT, nowMs);
            world.take();
            reply(reply);

            assertThat(world.take()).containsExactly("ENDED QUIT", "ended");
        }

        @Test
        void shouldLeaveWhileTheRelayIsLost() {
            loseRelay();
            machine.onHangUp(EndReason.QUIT, nowMs);

            assertThat(world.take())
                    .as("a restarted relay might apply a DISCONNECT to another client of this host")
                    .containsExactly("EOT", "ENDED QUIT", "ended");
        }

        @Test
        void shouldLeaveWhilePlayingOut() {
            beInCall();
            machine.onEndOfTransmission(nowMs);
            world.take();
            machine.onHangUp(EndReason.QUIT, nowMs);
            machine.onDrained(nowMs);
            assertThat(world.take()).containsExactly("EOT", "DISCONNECT");
        }

        @Test
        void shouldDoNothingAfterTheEnd() {
            beInCall();
            machine.onHangUp(EndReason.QUIT, nowMs);
            reply(ClassicReply.BYE);
            world.take();
            machine.onHangUp(EndReason.QUIT, nowMs);
            machine.onHeard(nowMs);
            machine.onRefused(nowMs);
            machine.onEndOfTransmission(nowMs);
            machine.onDrained(nowMs);
            pass(200_000);

            assertThat(world.take()).isEmpty();
            assertThat(machine.progress().state()).isEqualTo(CallState.ENDED);
        }
    }

    @Nested
    class Duration {

        @Test
        void shouldCountFromTheRegistration() {
            machine = machine(config(3, 10_000, false));
            start();
            pass(1500);
            reply(ClassicReply.WELCOME);
            world.take();
            passHearing(9980);
            assertThat(world.take()).containsExactly("IN_CALL");
            passHearing(20);
            assertThat(world.take()).containsExactly("EOT", "DISCONNECT");
            reply(ClassicReply.BYE);

            assertThat(world.take()).containsExactly("ENDED DURATION", "ended");
        }

        @Test
        void shouldEndACallWhenTheRelayIsLost() {
            machine = machine(config(3, 10_000, false));
            loseRelay();
            pass(4990);
            if (world.open != null) {
                refuse();
            }
            pass(100);

            assertThat(world.done).contains("EOT");
        }

        @Test
        void shouldEndACallThatStays() {
            machine = machine(config(3, 10_000, true));
            beInCall();
            machine.onEndOfTransmission(nowMs);
            pass(10_000);

            assertThat(world.take()).containsExactly("play out", "WAITING", "EOT", "DISCONNECT");
        }

        @Test
        void shouldNotEndACallThatWasNeverRegistered() {
            machine = machine(config(50, 1000, false));
            start();
            pass(30_000);

            assertThat(machine.progress().state()).isEqualTo(CallState.CONNECTING);
        }
    }
}
