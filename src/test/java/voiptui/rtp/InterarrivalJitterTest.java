package voiptui.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import voiptui.time.NanoClock;

/** Values calculated by hand from RFC 3550, A.8: {@code J += (|D| - J) / 16}. */
class InterarrivalJitterTest {

    private static final long MS = NanoClock.NS_PER_MS;

    private final InterarrivalJitter jitter = new InterarrivalJitter(20 * MS);

    @Test
    void shouldStayAtZeroWithEvenSpacing() {
        for (int i = 0; i < 100; i++) {
            jitter.onPacket(1000 + i, i * 20 * MS);
        }

        assertThat(jitter.jitterMs()).isZero();
    }

    @Test
    void shouldFollowTheRfcFormula() {
        jitter.onPacket(0, 0);
        assertThat(jitter.jitterMs()).isZero();
        jitter.onPacket(1, 36 * MS); // 16 ms later than expected: J = 16/16
        assertThat(jitter.jitterMs()).isEqualTo(1.0, within(1e-9));
        jitter.onPacket(2, 40 * MS); // D = -16: J = 1 + (16 - 1)/16
        assertThat(jitter.jitterMs()).isEqualTo(1.9375, within(1e-9));
        jitter.onPacket(3, 60 * MS); // D = 0: J = 1.9375 - 1.9375/16
        assertThat(jitter.jitterMs()).isEqualTo(1.81640625, within(1e-9));
    }

    @Test
    void shouldNotCountLossAsJitter() {
        jitter.onPacket(0, 0);
        jitter.onPacket(50, 50 * 20 * MS);

        assertThat(jitter.jitterMs()).isZero();
    }

    @Test
    void shouldMeasureAReorderedPacketByItsOwnNumber() {
        jitter.onPacket(0, 0);
        jitter.onPacket(2, 40 * MS);
        jitter.onPacket(1, 41 * MS); // 21 ms later than expected

        assertThat(jitter.jitterMs()).isEqualTo(21.0 / 16, within(1e-9));
    }

    @Test
    void shouldKeepTheEstimateButNotTheReferenceAtARestart() {
        jitter.onPacket(0, 0);
        jitter.onPacket(1, 36 * MS);
        jitter.onNewStream();
        jitter.onPacket(1L << 33, 5_000 * MS);

        assertThat(jitter.jitterMs()).isEqualTo(1.0, within(1e-9));
    }

    @Test
    void shouldConvergeToTheMeanDifference() {
        for (int i = 0; i < 1000; i++) {
            jitter.onPacket(i, i * 20 * MS + (i % 2) * 8 * MS);
        }

        assertThat(jitter.jitterMs()).isEqualTo(8.0, within(1e-6));
    }

    @Test
    void shouldWorkAcrossManyStreamsAndAClockWrap() {
        long extended = 1L << 33;
        long arrivalNs = Long.MAX_VALUE - 100 * MS;
        for (int i = 0; i < 20_000; i++) {
            extended += i % 100 == 0 ? 1L << 33 : 1;
            arrivalNs += 20 * MS;
            if (i % 100 == 0) {
                jitter.onNewStream();
            }
            jitter.onPacket(extended, arrivalNs);
        }

        assertThat(jitter.jitterMs()).isZero();
    }
}
