package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BitBudgetTest {

    private static final int RATE_HZ = 48_000;
    private static final int PACKET = 960;
    private static final int HEADER_BYTES = 40;

    private final BitBudget budget = new BitBudget(RATE_HZ);

    @Test
    void shouldStartEmpty() {
        budget.limit(80_000);

        assertThat(budget.allows(0)).isFalse();
    }

    @Test
    void shouldAllowWhatTheLimitEarns() {
        budget.limit(80_000); // 200 bytes in 20 ms
        budget.refill(PACKET);

        assertThat(budget.allows(200 - HEADER_BYTES)).isTrue();
        assertThat(budget.allows(201 - HEADER_BYTES)).isFalse();
        budget.spend(150 - HEADER_BYTES);
        assertThat(budget.allows(50 - HEADER_BYTES)).isTrue();
        assertThat(budget.allows(51 - HEADER_BYTES)).isFalse();
    }

    @Test
    void shouldOweWhatWasSentBeyondTheLimit() {
        budget.limit(80_000);
        budget.spend(500 - HEADER_BYTES);
        budget.refill(2 * PACKET);
        assertThat(budget.allows(0)).isFalse();

        budget.refill(3 * PACKET);
        assertThat(budget.allows(100 - HEADER_BYTES)).isTrue();
        assertThat(budget.allows(101 - HEADER_BYTES)).isFalse();
    }

    @Test
    void shouldSaveNoMoreThanHalfASecond() {
        budget.limit(80_000);
        budget.refill(60 * RATE_HZ);

        assertThat(budget.allows(5_000 - HEADER_BYTES)).isTrue();
        assertThat(budget.allows(5_001 - HEADER_BYTES)).isFalse();
    }

    @Test
    void shouldForgetWhatALowerLimitDoesNotAllow() {
        budget.limit(80_000);
        budget.refill(RATE_HZ);
        budget.limit(16_000);

        assertThat(budget.allows(1_000 - HEADER_BYTES)).isTrue();
        assertThat(budget.allows(1_001 - HEADER_BYTES)).isFalse();
    }
}
