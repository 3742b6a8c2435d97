package voiptui.relay.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;
import voiptui.testkit.ManualClock;

class AddressRateLimiterTest {

    private final ManualClock clock = new ManualClock();
    private final AddressRateLimiter limiter = new AddressRateLimiter(2, 1_000_000_000L, clock);

    @Test
    void shouldLimitEachAddressForItself() {
        assertThat(limiter.allows(ip("192.0.2.1"))).isTrue();
        assertThat(limiter.allows(ip("192.0.2.1"))).isTrue();
        assertThat(limiter.allows(ip("192.0.2.1"))).isFalse();
        assertThat(limiter.allows(ip("192.0.2.2"))).isTrue();
        clock.advanceMs(1_000);
        assertThat(limiter.allows(ip("192.0.2.1"))).isTrue();
    }

    @Test
    void shouldCountAnIpv6NetworkAsOne() {
        for (int i = 1; i <= 3; i++) {
            assertThat(limiter.allows(ip("2001:db8::" + i))).isEqualTo(i <= 2);
        }
        assertThat(limiter.allows(ip("2001:db8:0:1::1"))).isTrue();
    }

    @Test
    void shouldRememberTheBusyAmongVeryMany() {
        limiter.allows(ip("192.0.2.1"));
        for (int i = 0; i < 100_000; i++) {
            limiter.allows(ip("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256));
            if (i % 1_000 == 0) {
                limiter.allows(ip("192.0.2.1"));
            }
        }
        assertThat(limiter.allows(ip("192.0.2.1"))).isFalse();
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }
}
