package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.Counter;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.protocol.classic.ClassicReply;
import voiptui.relay.admission.ClassicAccess;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.media.Flow;
import voiptui.relay.media.measure.FlowStats;

/** Registration, pairing, and replacement of dead registrations. */
class ClassicRegistryTest extends ClassicRegistryFixture {

    @Test
    void shouldPairTwoThatNameEachOther() {
        assertThat(hello(A, 1, B)).isEqualTo(ClassicReply.WELCOME);
        assertThat(peerOf(A, 1)).isNull();
        assertThat(hello(B, 2, A)).isEqualTo(ClassicReply.WELCOME);
        assertPaired(A, 1, B, 2);
        assertThat(events())
                .containsExactly(
                        new RelayEvent.ClassicRegistered("10.0.0.1:1", B, false, 1),
                        new RelayEvent.ClassicRegistered("10.0.0.2:2", A, false, 2),
                        new RelayEvent.ClassicPaired("10.0.0.2:2", "10.0.0.1:1"));
    }

    @ParameterizedTest(name = "{0} wants {1}, {2} wants {3}")
    @CsvSource({
        A + "," + B + "," + B + "," + C,
        A + "," + B + "," + C + "," + A,
        A + "," + A + "," + B + "," + A,
    })
    void shouldNotPairUnlessBothNameEachOther(String one, String oneWants, String other, String otherWants) {
        hello(one, 1, oneWants);
        hello(other, 2, otherWants);
        assertThat(media.peers).isEmpty();
    }

    @Test
    void shouldNotPairAClientWithItself() {
        hello(A, 1, A);
        hello(A, 1, A);
        assertThat(media.peers).isEmpty();
    }

    @Test
    void shouldMakeTwoCallsOfFourClientsOnOneHost() {
        for (int port = 1; port <= 4; port++) {
            hello(A, port, A);
        }
        assertPaired(A, 1, A, 2);
        assertPaired(A, 3, A, 4);
    }

    @Test
    void shouldPairWithWhoWaitsLongest() {
        hello(A, 1, B);
        hello(A, 2, B);
        hello(A, 1, B);
        hello(B, 9, A);
        assertPaired(A, 1, B, 9);
        assertThat(peerOf(A, 2)).isNull();
    }

    @Test
    void shouldPairTheRemainingClientWithTheNext() {
        hello(A, 1, B);
        hello(B, 2, A);
        hello(B, 3, A);
        heard(B, 2, true);
        registry.disconnect(ip(B));
        assertThat(find(B, 2)).isNull();
        assertPaired(A, 1, B, 3);
    }

    @Test
    void shouldKeepThePairOfAClientThatRegistersAgain() {
        hello(A, 1, B);
        hello(B, 2, A);
        assertThat(hello(A, 1, B)).isEqualTo(ClassicReply.WELCOME);
        assertPaired(A, 1, B, 2);
        assertThat(registry.size()).isEqualTo(2);
        assertThat(events()).contains(new RelayEvent.ClassicRegistered("10.0.0.1:1", B, true, 2));
        assertThat(events().stream().filter(event -> event instanceof RelayEvent.ClassicPaired))
                .hasSize(1);
    }

    @Test
    void shouldUnpairAClientWithANewTargetAndPairTheOther() {
        hello(A, 1, B);
        hello(B, 2, A);
        hello(A, 3, B);
        hello(C, 4, A);
        hello(A, 1, C);
        assertPaired(A, 1, C, 4);
        assertPaired(A, 3, B, 2);
    }

    @Test
    void shouldResetTheStateOfAClientThatRegistersAgain() {
        hello(A, 1, B);
        heard(A, 1, true);
        find(A, 1).media().onUnreachable();
        hello(A, 1, B);
        FlowStats fresh = find(A, 1).media();
        assertThat(fresh.isHeard() || fresh.isEndOfTransmission() || fresh.isUnreachable())
                .isFalse();
        assertThat(find(A, 1).flow().status).isSameAs(fresh);
    }

    @Test
    void shouldForwardWhatAClientSentBeforeItDisconnectedOrCalledAnother() {
        hello(A, 1, B);
        hello(B, 2, A);
        Flow a = find(A, 1).flow();
        registry.disconnect(ip(A));
        assertThat(media.drainedInCalls).containsExactly(a);

        hello(A, 1, B);
        Flow again = find(A, 1).flow();
        hello(A, 1, C);
        assertThat(media.drainedInCalls).containsExactly(a, again);
    }

    /** Media may take longer than control messages. */
    @Test
    void shouldForwardWhatArrivesAfterAClientDisconnectedUntilItsTransmissionEnds() {
        hello(A, 1, B);
        hello(B, 2, A);
        heard(A, 1, false);
        registry.disconnect(ip(A));
        registry.removeLeaving();
        assertPaired(A, 1, B, 2);
        registry.disconnect(ip(A));
        heard(A, 1, false);
        registry.removeLeaving();
        assertPaired(A, 1, B, 2);

        heard(A, 1, true);
        registry.removeLeaving();
        assertThat(find(A, 1)).isNull();
        assertThat(events()).contains(new RelayEvent.ClassicLeft("10.0.0.1:1", 1));
    }

    @Test
    void shouldNotWaitLongForTheEndOfTransmissionOfAClientThatDisconnected() {
        hello(A, 1, B);
        hello(B, 2, A);
        heard(A, 1, false);
        registry.disconnect(ip(A));
        passMs(ClassicRegistry.LINGER_MS - 1);
        registry.removeLeaving();
        assertPaired(A, 1, B, 2);
        passMs(1);
        registry.removeLeaving();
        assertThat(find(A, 1)).isNull();
    }

    @Test
    void shouldLetAClientThatDisconnectedComeBackAtOnce() {
        hello(A, 1, B);
        hello(B, 2, A);
        heard(A, 1, false);
        registry.disconnect(ip(A));
        assertThat(hello(A, 1, B)).isEqualTo(ClassicReply.WELCOME);
        passMs(ClassicRegistry.LINGER_MS);
        registry.removeLeaving();
        assertPaired(A, 1, B, 2);

        heard(A, 1, false);
        registry.disconnect(ip(A));
        assertThat(hello(A, 7, B)).isEqualTo(ClassicReply.WELCOME);
        assertThat(find(A, 1)).isNull();
        assertPaired(A, 7, B, 2);
    }

    @Test
    void shouldGiveThePlaceOfAClientThatDisconnectedToAnother() {
        hello(A, 1, B);
        hello(B, 2, A);
        for (int port = 3; port <= MAX_CLIENTS; port++) {
            hello(C, port, B);
        }
        heard(A, 1, false);
        registry.disconnect(ip(A));
        assertThat(hello(B, 9, C)).isEqualTo(ClassicReply.WELCOME);
        assertThat(find(A, 1)).isNull();
    }

    @Test
    void shouldRefuseAClientOverTheLimit() {
        for (int port = 1; port <= MAX_CLIENTS; port++) {
            assertThat(hello(port % 2 == 0 ? A : C, port, B)).isEqualTo(ClassicReply.WELCOME);
        }
        assertThat(hello(B, 9, A)).isEqualTo(ClassicReply.FULL);
        assertThat(hello(A, 2, B)).as("known already").isEqualTo(ClassicReply.WELCOME);
        assertThat(counters.get(Counter.CONTROL_FULL)).isEqualTo(1);
        assertThat(counters.get(Counter.REGISTRATIONS)).isEqualTo(MAX_CLIENTS + 1);
    }

    @Test
    void shouldTakeAPlaceFromTheAddressThatHasThemAll() {
        for (int port = 1; port <= MAX_CLIENTS; port++) {
            hello(A, port, B);
        }
        assertThat(hello(A, 9, B)).as("from the same address").isEqualTo(ClassicReply.FULL);
        assertThat(hello(C, 1, A)).isEqualTo(ClassicReply.WELCOME);
        assertThat(find(A, MAX_CLIENTS)).as("the newest").isNull();
        assertThat(registry.size()).isEqualTo(MAX_CLIENTS);
        assertThat(counters.get(Counter.CLIENTS_DISPLACED)).isEqualTo(1);
        assertThat(hello(C, 2, A)).isEqualTo(ClassicReply.WELCOME);
        assertThat(hello(C, 3, A)).as("both have their share").isEqualTo(ClassicReply.FULL);
    }

    @Test
    void shouldTakeThePlaceOfAPairOnlyFromWhoHasMoreThanHalf() {
        hello(A, 1, A);
        hello(A, 2, A);
        hello(A, 3, A);
        hello(B, 1, C);
        assertThat(hello(C, 1, A)).isEqualTo(ClassicReply.WELCOME);
        assertThat(find(A, 3)).as("waits").isNull();
        assertPaired(A, 1, A, 2);

        hello(B, 1, A);
        registry.disconnect(ip(B));
        registry.disconnect(ip(C));
        hello(A, 3, A);
        hello(A, 4, A);
        assertThat(hello(C, 1, B)).isEqualTo(ClassicReply.WELCOME);
        assertThat(find(A, 4)).as("all four are in calls").isNull();
    }

    @Test
    void shouldNotAdmitClientsFromElsewhere() {
        ClassicRegistry guarded = new ClassicRegistry(
                ClientLimits.of(MAX_CLIENTS),
                ClassicAccess.parse("10.0.0.1, 192.0.2.0/24"),
                CLIENT_TIMEOUT_MS,
                media,
                new EventBus(),
                counters,
                () -> 0);
        assertThat(guarded.hello(new InetSocketAddress(ip(B), 1), ip(RELAY), ip(A)))
                .isEqualTo(ClassicReply.INVALID);
        assertThat(guarded.size()).isZero();
        assertThat(guarded.admits(ip(A))).isTrue();
        assertThat(guarded.admits(ip("192.0.2.77"))).isTrue();
    }

    @Test
    void shouldMakeRoomFromWhoHasLeftBeforeTurningAway() {
        for (int port = 1; port <= MAX_CLIENTS; port++) {
            hello(A, port, B);
        }
        heard(A, 2, true);
        passMs(ClassicRegistry.LEFT_AFTER_MS);
        assertThat(hello(B, 9, A)).isEqualTo(ClassicReply.WELCOME);
        assertThat(find(A, 2)).isNull();
    }

    @ParameterizedTest(name = "heard={0} silent {1} ms, ended={2}, unreachable={3}: replaced={4}")
    @CsvSource({
        // heard, silentMs, ended, unreachable, replaced
        "true,         0, false, false, false",
        "true,      2999, false, false, false",
        "true,      3000, false, false, true",
        "true,         0, true,  false, true",
        "true,         0, false, true,  true",
        "false,        0, false, false, false",
        "false,    60000, false, false, false",
        "false,        0, false, true,  true",
    })
    void shouldReplaceTheDeadRegistrationOfARestartedProgram(
            boolean isHeard, int silentMs, boolean ended, boolean unreachable, boolean replaced) {
        hello(A, 1, B);
        hello(B, 2, A);
        if (isHeard) {
            heard(A, 1, ended);
        }
        if (unreachable) {
            find(A, 1).media().onUnreachable();
        }
        passMs(silentMs);
        hello(A, 7, B);
        assertThat(find(A, 1) == null).isEqualTo(replaced);
        if (replaced) {
            assertPaired(A, 7, B, 2);
        } else {
            assertPaired(A, 1, B, 2);
        }
    }

    @Test
    void shouldNotReplaceTheDeadOneOfAnotherTarget() {
        hello(A, 1, B);
        find(A, 1).media().onUnreachable();
        hello(A, 2, C);
        assertThat(find(A, 1)).isNotNull();
    }

    @Test
    void shouldReplaceTheSurestDeadOnly() {
        hello(A, 1, B);
        hello(A, 2, B);
        hello(A, 3, B);
        heard(A, 1, false);
        passMs(ClassicRegistry.PRESUMED_DEAD_MS);
        heard(A, 2, true);
        heard(A, 3, false);
        hello(A, 4, B);
        assertThat(find(A, 2)).isNull();
        assertThat(find(A, 1)).isNotNull();
        hello(A, 5, B);
        assertThat(find(A, 1)).isNull();
        assertThat(find(A, 3)).isNotNull();
    }

    @Test
    void shouldNotCountARestartedProgramTwice() {
        for (int port = 1; port <= MAX_CLIENTS; port++) {
            hello(A, port, B);
            heard(A, port, false);
        }
        find(A, 3).media().onUnreachable();
        assertThat(hello(A, 30, B)).isEqualTo(ClassicReply.WELCOME);
        assertThat(registry.size()).isEqualTo(MAX_CLIENTS);
        assertThat(hello(A, 40, B)).isEqualTo(ClassicReply.FULL);
    }
}
