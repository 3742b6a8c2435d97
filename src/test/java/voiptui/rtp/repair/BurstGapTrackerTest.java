package voiptui.rtp.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.rtp.rtcp.VoipMetrics;
import voiptui.testkit.Allocation;

class BurstGapTrackerTest {

    private static final int GMIN = 16;

    /** Feeds a pattern: R received, L lost, D discarded; a number repeats the letter that follows. */
    private static BurstGapTracker after(String pattern) {
        BurstGapTracker tracker = new BurstGapTracker(GMIN);
        int times = 0;
        for (char letter : pattern.toCharArray()) {
            if (Character.isDigit(letter)) {
                times = 10 * times + letter - '0';
                continue;
            }
            for (int i = Math.max(1, times); i > 0; i--) {
                switch (letter) {
                    case 'R' -> tracker.onReceived(0);
                    case 'L' -> tracker.onLost(1, 0);
                    case 'D' -> tracker.onDiscarded(0);
                    default -> throw new IllegalArgumentException(pattern);
                }
            }
            times = 0;
        }
        return tracker;
    }

    private static VoipMetrics.Losses losses(String pattern) {
        return after(pattern).losses(20);
    }

    @Test
    void shouldKnowNothingAtFirst() {
        assertThat(losses("")).isEqualTo(new VoipMetrics.Losses(0, 0, 0, 0, 0, 0, GMIN));
    }

    @Test
    void shouldBeOneGapWithoutLoss() {
        assertThat(losses("100R")).isEqualTo(new VoipMetrics.Losses(0, 0, 0, 0, 0, 2000, GMIN));
    }

    @Test
    void shouldCountLossesAloneToTheGap() {
        assertThat(losses("20R L 16R D 62R".replace(" ", "")))
                .isEqualTo(new VoipMetrics.Losses(0.01, 0.01, 0, 0.02, 0, 2000, GMIN));
    }

    /** One received packet fewer than Gmin, and both are a burst. */
    @Test
    void shouldCountLossesCloseToEachOtherAsABurst() {
        assertThat(losses("20RL15RD63R")).isEqualTo(new VoipMetrics.Losses(0.01, 0.01, 2 / 17.0, 0, 340, 830, GMIN));
    }

    @Test
    void shouldAverageBurstsAndGaps() {
        // Gaps of 40, 50 and 51 packets, the last with a loss of its own; bursts of 4 and 6 packets.
        VoipMetrics.Losses losses = losses("40RLLLL50RLRRDRL20RL30R");
        assertThat(losses.burstMs()).isEqualTo((4 + 6) * 20 / 2);
        assertThat(losses.gapMs()).isEqualTo((40 + 50 + 51) * 20 / 3);
        assertThat(losses.burstDensity()).isEqualTo(7 / 10.0, within(1e-9));
        assertThat(losses.gapDensity()).isEqualTo(1 / 141.0, within(1e-9));
        assertThat(losses.lossFraction()).isEqualTo(7 / 151.0, within(1e-9));
        assertThat(losses.discardFraction()).isEqualTo(1 / 151.0, within(1e-9));
    }

    /** A report counts as followed by Gmin received packets; the burst goes on if they do not come. */
    @Test
    void shouldReportABurstThatGoesOn() {
        BurstGapTracker tracker = after("84RLLRRLL");
        assertThat(tracker.losses(20)).isEqualTo(new VoipMetrics.Losses(4 / 90.0, 0, 4 / 6.0, 0, 120, 1680, GMIN));
        tracker.onReceived(0);
        assertThat(tracker.losses(20).burstMs()).isEqualTo(120);
        tracker.onLost(1, 0);
        assertThat(tracker.losses(20).burstMs()).isEqualTo(160);
    }

    @Test
    void shouldReportASingleLossAtTheEndAsGap() {
        assertThat(losses("99RL")).isEqualTo(new VoipMetrics.Losses(0.01, 0, 0, 0.01, 0, 2000, GMIN));
    }

    @Test
    void shouldCountNoGapBeforeABurstAtTheBeginning() {
        assertThat(losses("LL98R")).isEqualTo(new VoipMetrics.Losses(0.02, 0, 1, 0, 40, 1960, GMIN));
        assertThat(losses("10L")).isEqualTo(new VoipMetrics.Losses(1, 0, 1, 0, 200, 0, GMIN));
    }

    @Test
    void shouldMoveALossThatArrivedToTheDiscards() {
        BurstGapTracker tracker = after("8RLR");
        VoipMetrics.Losses before = tracker.losses(20);
        tracker.onLostArrived(0);
        assertThat(tracker.lost()).isZero();
        assertThat(tracker.discarded()).isOne();
        assertThat(tracker.expected()).isEqualTo(10);
        assertThat(tracker.losses(20))
                .isEqualTo(new VoipMetrics.Losses(0, 0.1, 0, before.gapDensity(), 0, before.gapMs(), GMIN));
    }

    @Test
    void shouldCountRunsAsTheirPackets() {
        BurstGapTracker run = after("30R");
        run.onLost(5, 0);
        assertThat(run.losses(20)).isEqualTo(losses("30R5L"));
    }

    /** Against the definition of RFC 3611, 4.7.2, applied to the whole sequence at once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeWithTheDefinition(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            boolean[] missing = new boolean[random.nextInt(400)];
            BurstGapTracker tracker = new BurstGapTracker(GMIN);
            double rate = random.nextDouble() * random.nextDouble();
            for (int i = 0; i < missing.length; i++) {
                missing[i] = random.nextDouble() < rate;
                if (!missing[i]) {
                    tracker.onReceived(0);
                } else if (random.nextBoolean()) {
                    tracker.onLost(1, 0);
                } else {
                    tracker.onDiscarded(0);
                }
            }
            assertBurstsAndGaps(missing, tracker.losses(20));
        }
    }

    private static void assertBurstsAndGaps(boolean[] missing, VoipMetrics.Losses losses) {
        int bursts = 0;
        int inBursts = 0;
        int missingInBursts = 0;
        int allMissing = 0;
        boolean[] burst = new boolean[missing.length];
        for (int i = 0; i < missing.length; i++) {
            if (!missing[i]) {
                continue;
            }
            allMissing++;
            int next = i + 1;
            while (next < missing.length && !missing[next]) {
                next++;
            }
            if (next < missing.length && next - i - 1 < GMIN) {
                for (int j = i; j <= next; j++) {
                    burst[j] = true;
                }
            }
        }
        int gaps = 0;
        for (int i = 0; i < missing.length; i++) {
            // Bursts cannot touch: Gmin received packets lie between them.
            bursts += burst[i] && (i == 0 || !burst[i - 1]) ? 1 : 0;
            gaps += !burst[i] && (i == 0 || burst[i - 1]) ? 1 : 0;
            inBursts += burst[i] ? 1 : 0;
            missingInBursts += burst[i] && missing[i] ? 1 : 0;
        }
        int inGaps = missing.length - inBursts;
        assertThat(losses.burstMs()).isEqualTo(bursts == 0 ? 0 : (int) Math.round(inBursts * 20.0 / bursts));
        assertThat(losses.gapMs()).isEqualTo(gaps == 0 ? 0 : (int) Math.round(inGaps * 20.0 / gaps));
        assertThat(losses.burstDensity()).isEqualTo(inBursts == 0 ? 0 : (double) missingInBursts / inBursts);
        assertThat(losses.gapDensity()).isEqualTo(inGaps == 0 ? 0 : (double) (allMissing - missingInBursts) / inGaps);
    }

    @Test
    void shouldNotAllocatePerPacket() {
        BurstGapTracker tracker = new BurstGapTracker(GMIN);
        int[] packets = new int[1];
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    if (packets[0]++ % 7 == 0) {
                        tracker.onLost(1, 0);
                    } else {
                        tracker.onReceived(0);
                    }
                }))
                .isLessThan(1);
    }
}
