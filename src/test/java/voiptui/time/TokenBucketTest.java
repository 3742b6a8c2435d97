package voiptui.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private long nowNs = Long.MAX_VALUE - 1_000_000_000L;
    private final TokenBucket bucket = new TokenBucket(10, 3, () -> nowNs);

    @Test
    void shouldLetABurstPassAndThenTheRate() {
        assertThat(bucket.take(1) && bucket.take(1) && bucket.take(1)).isTrue();
        assertThat(bucket.take(1)).isFalse();
        nowNs += 99_000_000;
        assertThat(bucket.take(1)).isFalse();
        nowNs += 1_000_000;
        assertThat(bucket.take(1)).isTrue();
        nowNs += 3_600_000_000_000L;
        assertThat(bucket.has(3)).isTrue();
        assertThat(bucket.has(3.1)).isFalse();
    }

    @Test
    void shouldTellHowLongToWait() {
        assertThat(bucket.spend(3)).isZero();
        assertThat(bucket.spend(2)).isEqualTo(200_000_000);
        nowNs += 200_000_000;
        assertThat(bucket.spend(0)).isZero();
        assertThat(bucket.spend(0.5)).isEqualTo(50_000_000);
    }
}
