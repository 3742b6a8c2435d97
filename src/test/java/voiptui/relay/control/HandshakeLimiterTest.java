package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;

class HandshakeLimiterTest {

    private static final int BURST = 5;
    private static final int AT_ONCE = 3;
    private static final int FAILURES = 4;
    private static final int AWAY_MS = 60_000;
    private static final int ADDRESSES = 10;
    private static final InetAddress A = ip("192.0.2.1");
    private static final InetAddress B = ip("192.0.2.2");

    private long nowNs = Long.MAX_VALUE - 1_000_000_000L;
    private final HandshakeLimiter limits = new HandshakeLimiter(
            new ConnectionLimits(1, 1, 1, 2, BURST, AT_ONCE, FAILURES, AWAY_MS, ADDRESSES), () -> nowNs);

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }

    private void passMs(long ms) {
        nowNs += ms * 1_000_000L;
    }

    private boolean connects(InetAddress from) {
        boolean begun = limits.beginHandshake(from);
        if (begun) {
            limits.endHandshake(from);
        }
        return begun;
    }

    @Test
    void shouldTakeABurstAndThenSoManyASecond() {
        for (int i = 0; i < BURST; i++) {
            assertThat(connects(A)).isTrue();
        }
        assertThat(connects(A)).isFalse();
        assertThat(connects(B)).as("another address").isTrue();
        passMs(499);
        assertThat(connects(A)).isFalse();
        passMs(1);
        assertThat(connects(A)).isTrue();
        assertThat(connects(A)).isFalse();
        passMs(3_600_000);
        for (int i = 0; i < BURST; i++) {
            assertThat(connects(A)).isTrue();
        }
        assertThat(connects(A))
                .as("no more than a burst however long it was quiet")
                .isFalse();
    }

    @Test
    void shouldHaveOnlySoManyHandshakesUnderWay() {
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(limits.beginHandshake(A)).isTrue();
        }
        assertThat(limits.beginHandshake(A)).isFalse();
        limits.endHandshake(A);
        assertThat(limits.beginHandshake(A)).isTrue();
    }

    @Test
    void shouldShareOutWhatThereIsAmongAllWhoShakeHands() {
        HandshakeLimiter crowded = new HandshakeLimiter(
                new ConnectionLimits(1, 1, 1, 1000, 1000, 16, FAILURES, AWAY_MS, 1000), () -> nowNs);
        int hosts = 100;
        int begun = 0;
        for (int round = 0; round < 16; round++) {
            for (int host = 0; host < hosts; host++) {
                begun += crowded.beginHandshake(ip("192.0.2." + host)) ? 1 : 0;
            }
        }
        assertThat(begun).isBetween(hosts, HandshakeLimiter.HANDSHAKES_IN_ALL + hosts);
        assertThat(crowded.beginHandshake(ip("198.51.100.1")))
                .as("somebody who comes into the crowd")
                .isTrue();

        for (int host = 0; host < hosts; host++) {
            for (int handshake = 0; handshake < 16; handshake++) {
                crowded.endHandshake(ip("192.0.2." + host));
            }
        }
        for (int handshake = 1; handshake < 16; handshake++) {
            assertThat(crowded.beginHandshake(ip("198.51.100.1")))
                    .as("alone again")
                    .isTrue();
        }
        assertThat(crowded.beginHandshake(ip("198.51.100.1"))).isFalse();
    }

    @Test
    void shouldTurnAwayAfterManyFailuresForAWhile() {
        for (int i = 0; i < FAILURES; i++) {
            limits.noteFailure(A);
        }
        assertThat(limits.isTurnedAway(A)).isFalse();
        limits.noteFailure(A);
        assertThat(limits.isTurnedAway(A)).isTrue();
        assertThat(connects(A)).isFalse();
        assertThat(limits.isTurnedAway(B)).isFalse();
        passMs(AWAY_MS - 1);
        assertThat(limits.isTurnedAway(A)).isTrue();
        passMs(1);
        assertThat(limits.isTurnedAway(A)).isFalse();
        limits.noteFailure(A);
        assertThat(limits.isTurnedAway(A)).as("begins anew").isFalse();
    }

    @Test
    void shouldForgiveFailuresThatComeNowAndThen() {
        for (int i = 0; i < 100; i++) {
            limits.noteFailure(A);
            passMs(AWAY_MS / FAILURES);
        }
        assertThat(limits.isTurnedAway(A)).isFalse();
    }

    @Test
    void shouldRememberSoManyAddressesAndForgetTheOldest() {
        for (int i = 0; i <= FAILURES; i++) {
            limits.noteFailure(A);
        }
        for (int i = 0; i < 1_000; i++) {
            limits.beginHandshake(ip("10.0." + i / 250 + "." + i % 250));
            if (i < 500) {
                assertThat(limits.isTurnedAway(A)).as("still heard of").isTrue();
            }
        }
        assertThat(limits.size()).isEqualTo(ADDRESSES);
        assertThat(limits.isTurnedAway(A)).isFalse();
        limits.endHandshake(ip("10.0.0.1"));
    }

    @Test
    void shouldTakeTheAddressesOfOneIpv6NetworkForOne() {
        for (int i = 0; i <= FAILURES; i++) {
            limits.noteFailure(ip("2001:db8:1:2::" + (i + 1)));
        }
        assertThat(limits.isTurnedAway(ip("2001:db8:1:2:ffff::1"))).isTrue();
        assertThat(limits.isTurnedAway(ip("2001:db8:1:3::1"))).isFalse();
    }

    @Test
    void shouldRememberNothingOfWhoIsOnlyLookedAt() {
        limits.isTurnedAway(A);
        assertThat(limits.size()).isZero();
    }
}
