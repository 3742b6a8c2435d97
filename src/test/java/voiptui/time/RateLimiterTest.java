package voiptui.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 10);
    private final RateLimiter limit = new RateLimiter(2, 100, nowNs::get);

    @Test
    void shouldLimitTheEventsPerInterval() {
        assertThat(allowedOf(5)).isEqualTo(2);
        nowNs.addAndGet(99);
        assertThat(allowedOf(5)).isZero();
        nowNs.addAndGet(1);
        assertThat(allowedOf(5)).isEqualTo(2);
    }

    private int allowedOf(int events) {
        int allowed = 0;
        for (int i = 0; i < events; i++) {
            allowed += limit.allows() ? 1 : 0;
        }
        return allowed;
    }
}
