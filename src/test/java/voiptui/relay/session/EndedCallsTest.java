package voiptui.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import voiptui.protocol.CallEnding;
import voiptui.testkit.ManualClock;

class EndedCallsTest {

    private final ManualClock clock = new ManualClock();
    private final EndedCalls ended = new EndedCalls(clock);

    @Test
    void shouldRememberABoundedNumber() {
        for (int i = 0; i < 3 * EndedCalls.MAX_REMEMBERED; i++) {
            ended.add("call " + i, CallEnding.HUNG_UP, Set.of("dora"));
        }
        assertThat(ended.size()).isEqualTo(EndedCalls.MAX_REMEMBERED);
        assertThat(ended.contains("call 0")).isFalse();
        assertThat(ended.contains("call " + (3 * EndedCalls.MAX_REMEMBERED - 1)))
                .isTrue();
    }

    @Test
    void shouldForgetAfterAMinute() {
        ended.add("call", CallEnding.HUNG_UP, Set.of("dora"));
        clock.advanceMs(EndedCalls.REMEMBERED_MS - 1);
        ended.sweep();
        assertThat(ended.contains("call")).isTrue();

        clock.advanceMs(1);
        ended.sweep();

        assertThat(ended.size()).isZero();
    }

    @Test
    void shouldTellOnlyWhoTookPart() {
        ended.add("call", CallEnding.REJECTED, Set.of("dora", "attic"));

        assertThat(ended.reason("call", "attic")).contains(CallEnding.REJECTED);
        assertThat(ended.reason("call", "bell")).isEmpty();
        assertThat(ended.reason("other", "attic")).isEmpty();
    }
}
