package voiptui.relay.control.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.relay.control.limit.HandshakeLimiter.Admission;

class HandshakeLimiterTest {

    private static final int BURST = 5;
    private static final int FAILURES = 4;
    private static final int BLOCK_MS = 60_000;
    private static final int ADDRESSES = 10;
    private static final InetAddress A = ip("192.0.2.1");
    private static final InetAddress B = ip("192.0.2.2");
    private static final InetAddress EXEMPT = ip("198.51.100.7");

    private long nowNs = Long.MAX_VALUE - 1_000_000_000L;
    private final HandshakeLimiter limits = new HandshakeLimiter(
            new ConnectionLimits(
                    new ConnectionLimits.Timeouts(1, 1, 1),
                    new ConnectionLimits.Handshakes(2, BURST, 3, FAILURES, BLOCK_MS, ADDRESSES),
                    List.of(IpNetwork.parse("198.51.100.0/24").orElseThrow())),
            () -> nowNs);

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }

    private void passMs(long ms) {
        nowNs += ms * 1_000_000L;
    }

    private boolean connects(InetAddress from) {
        return limits.admit(from) == Admission.ALLOWED;
    }

    private void fail(InetAddress from, int times) {
        for (int i = 0; i < times; i++) {
            limits.noteFailure(from);
        }
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
    void shouldFindOutWhoIsAtAnAddressOverItsLimits() {
        for (int i = 0; i < BURST; i++) {
            limits.admit(A);
        }
        for (int i = 0; i < HandshakeLimiter.KNOWN_ONLY_BURST; i++) {
            assertThat(limits.admit(A)).isEqualTo(Admission.KNOWN_ONLY);
        }
        assertThat(limits.admit(A)).isEqualTo(Admission.REFUSED);
    }

    @Test
    void shouldAdmitOnlyKnownClientsAfterManyFailures() {
        for (int i = 0; i < FAILURES; i++) {
            assertThat(limits.noteFailure(A)).isFalse();
        }
        assertThat(connects(A)).isTrue();
        assertThat(limits.noteFailure(A)).as("told once").isTrue();
        fail(A, FAILURES);
        assertThat(limits.noteFailure(A)).as("told once").isFalse();
        assertThat(limits.admit(A)).isEqualTo(Admission.KNOWN_ONLY);
        assertThat(connects(B)).isTrue();
        passMs(BLOCK_MS - 1);
        assertThat(limits.admit(A)).isEqualTo(Admission.KNOWN_ONLY);
        passMs(1);
        assertThat(connects(A)).isTrue();
        assertThat(limits.noteFailure(A)).as("starts from zero").isFalse();
    }

    @Test
    void shouldCloseUnreadWhatCannotEvenBeAsked() {
        fail(A, FAILURES + 1);
        for (int i = 0; i < HandshakeLimiter.KNOWN_ONLY_BURST; i++) {
            assertThat(limits.isShut(A)).isFalse();
            limits.admit(A);
        }
        assertThat(limits.isShut(A)).isTrue();
        assertThat(limits.isShut(B)).isFalse();
        passMs(1_000);
        assertThat(limits.isShut(A)).isFalse();
    }

    @Test
    void shouldForgiveOccasionalFailures() {
        for (int i = 0; i < 100; i++) {
            assertThat(limits.noteFailure(A)).isFalse();
            passMs(BLOCK_MS / FAILURES);
        }
    }

    @Test
    void shouldExemptNetworks() {
        fail(EXEMPT, 10 * FAILURES);
        for (int i = 0; i < 10 * BURST; i++) {
            assertThat(connects(EXEMPT)).isTrue();
        }
        assertThat(limits.isShut(EXEMPT)).isFalse();
        assertThat(limits.size()).isZero();
    }

    @Test
    void shouldForgetTheOldestOfTooManyAddresses() {
        fail(A, FAILURES + 1);
        for (int i = 0; i < 1_000; i++) {
            limits.admit(ip("10.0." + i / 250 + "." + i % 250));
            if (i < 500) {
                assertThat(connects(A)).as("still remembered").isFalse();
            }
        }
        assertThat(limits.size()).isEqualTo(ADDRESSES);
        assertThat(connects(A)).isTrue();
    }

    @Test
    void shouldTreatAnIpv6PrefixAsOneAddress() {
        for (int i = 0; i <= FAILURES; i++) {
            limits.noteFailure(ip("2001:db8:1:2::" + (i + 1)));
        }
        assertThat(connects(ip("2001:db8:1:2:ffff::1"))).isFalse();
        assertThat(connects(ip("2001:db8:1:3::1"))).isTrue();
    }

    @Test
    void shouldLimitLargerIpv6NetworksToo() {
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += connects(ip("2001:db8:1:1" + String.format("%02x", i) + "::1")) ? 1 : 0;
        }
        assertThat(taken).as("of a /56").isEqualTo(2 * BURST);
        for (int i = 0; i < 100; i++) {
            taken += connects(ip("2001:db8:1:" + String.format("%02x", i + 16) + "00::1")) ? 1 : 0;
        }
        assertThat(taken).as("of a /48").isEqualTo(4 * BURST);
        assertThat(connects(ip("2001:db8:2::1"))).isTrue();
    }

    @Test
    void shouldNotRememberAnAddressThatIsOnlyChecked() {
        limits.isShut(A);
        assertThat(limits.size()).isZero();
    }

    @Test
    void shouldPreferThoseWhoSignedInAndThenNewcomersToThoseWhoFail() {
        limits.noteFailure(A);
        limits.noteSignIn(B);

        int signedIn = limits.rank(B, Admission.ALLOWED);
        int newcomer = limits.rank(ip("192.0.2.3"), Admission.ALLOWED);
        int failing = limits.rank(A, Admission.ALLOWED);
        int overLimit = limits.rank(B, Admission.KNOWN_ONLY);
        assertThat(List.of(signedIn, newcomer, failing, overLimit)).isSorted().doesNotHaveDuplicates();
    }
}
