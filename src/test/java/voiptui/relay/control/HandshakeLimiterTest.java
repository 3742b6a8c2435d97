package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;

class HandshakeLimiterTest {

    private static final int BURST = 5;
    private static final int CONCURRENT = 3;
    private static final int FAILURES = 4;
    private static final int BLOCK_MS = 60_000;
    private static final int ADDRESSES = 10;
    private static final InetAddress A = ip("192.0.2.1");
    private static final InetAddress B = ip("192.0.2.2");

    private long nowNs = Long.MAX_VALUE - 1_000_000_000L;
    private final HandshakeLimiter limits = new HandshakeLimiter(
            new ConnectionLimits.Handshakes(2, BURST, CONCURRENT, FAILURES, BLOCK_MS, ADDRESSES), () -> nowNs);

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
    void shouldAllowABurstAndThenASustainedRate() {
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
        assertThat(connects(A)).as("no more than a burst after any silence").isFalse();
    }

    @Test
    void shouldLimitTheHandshakesInProgress() {
        for (int i = 0; i < CONCURRENT; i++) {
            assertThat(limits.beginHandshake(A)).isTrue();
        }
        assertThat(limits.beginHandshake(A)).isFalse();
        limits.endHandshake(A);
        assertThat(limits.beginHandshake(A)).isTrue();
    }

    @Test
    void shouldDivideTheHandshakesAmongAddresses() {
        HandshakeLimiter crowded = new HandshakeLimiter(
                new ConnectionLimits.Handshakes(1000, 1000, 16, FAILURES, BLOCK_MS, 1000), () -> nowNs);
        int hosts = 100;
        int begun = 0;
        for (int round = 0; round < 16; round++) {
            for (int host = 0; host < hosts; host++) {
                begun += crowded.beginHandshake(ip("192.0.2." + host)) ? 1 : 0;
            }
        }
        assertThat(begun).isBetween(hosts, HandshakeLimiter.MAX_CONCURRENT + hosts);
        assertThat(crowded.beginHandshake(ip("198.51.100.1")))
                .as("a new address among many")
                .isTrue();

        for (int host = 0; host < hosts; host++) {
            for (int handshake = 0; handshake < 16; handshake++) {
                crowded.endHandshake(ip("192.0.2." + host));
            }
        }
        for (int handshake = 1; handshake < 16; handshake++) {
            assertThat(crowded.beginHandshake(ip("198.51.100.1")))
                    .as("the only address again")
                    .isTrue();
        }
        assertThat(crowded.beginHandshake(ip("198.51.100.1"))).isFalse();
    }

    @Test
    void shouldBlockAnAddressForAWhileAfterManyFailures() {
        for (int i = 0; i < FAILURES; i++) {
            limits.noteFailure(A);
        }
        assertThat(limits.isBlocked(A)).isFalse();
        limits.noteFailure(A);
        assertThat(limits.isBlocked(A)).isTrue();
        assertThat(connects(A)).isFalse();
        assertThat(limits.isBlocked(B)).isFalse();
        passMs(BLOCK_MS - 1);
        assertThat(limits.isBlocked(A)).isTrue();
        passMs(1);
        assertThat(limits.isBlocked(A)).isFalse();
        limits.noteFailure(A);
        assertThat(limits.isBlocked(A)).as("starts from zero").isFalse();
    }

    @Test
    void shouldForgiveOccasionalFailures() {
        for (int i = 0; i < 100; i++) {
            limits.noteFailure(A);
            passMs(BLOCK_MS / FAILURES);
        }
        assertThat(limits.isBlocked(A)).isFalse();
    }

    @Test
    void shouldForgetTheOldestOfTooManyAddresses() {
        for (int i = 0; i <= FAILURES; i++) {
            limits.noteFailure(A);
        }
        for (int i = 0; i < 1_000; i++) {
            limits.beginHandshake(ip("10.0." + i / 250 + "." + i % 250));
            if (i < 500) {
                assertThat(limits.isBlocked(A)).as("still remembered").isTrue();
            }
        }
        assertThat(limits.size()).isEqualTo(ADDRESSES);
        assertThat(limits.isBlocked(A)).isFalse();
        limits.endHandshake(ip("10.0.0.1"));
    }

    @Test
    void shouldTreatAnIpv6PrefixAsOneAddress() {
        for (int i = 0; i <= FAILURES; i++) {
            limits.noteFailure(ip("2001:db8:1:2::" + (i + 1)));
        }
        assertThat(limits.isBlocked(ip("2001:db8:1:2:ffff::1"))).isTrue();
        assertThat(limits.isBlocked(ip("2001:db8:1:3::1"))).isFalse();
    }

    @Test
    void shouldNotRememberAnAddressThatIsOnlyChecked() {
        limits.isBlocked(A);
        assertThat(limits.size()).isZero();
    }
}
