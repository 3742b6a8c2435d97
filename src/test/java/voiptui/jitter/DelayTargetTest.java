package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelayTargetTest {

    private static final int PACKET_MS = 20;

    private final DelayTarget target = new DelayTarget(20, 500);
    private int packet;
    private double latestMs;

    /** Receives packets with these delays in milliseconds, in the order of sending. */
    private double receive(int packets, IntToDoubleFunction delayMs) {
        for (int i = 0; i < packets; i++, packet++) {
            latestMs = Math.max(latestMs, packet * PACKET_MS + delayMs.applyAsDouble(packet));
            target.onPacket(packet * PACKET_MS, (long) (latestMs * 1e6));
        }
        return target.targetMs((long) (latestMs * 1e6));
    }

    @Test
    void shouldBeTheMinimumWithoutJitter() {
        assertThat(receive(100, packet -> 300)).isEqualTo(20);
    }

    @Test
    void shouldCoverMostDelays() {
        Random random = new Random(1);
        assertThat(receive(2_000, packet -> 30 + 60 * random.nextDouble())).isBetween(50.0, 70.0);
    }

    @Test
    void shouldAllowForTheTailOfNormalJitter() {
        Random random = new Random(1);
        double targetMs = receive(1_000, packet -> 60 + 15 * Math.max(-3, Math.min(3, random.nextGaussian())));
        double aboveMeanMs = targetMs - (60 - target.referenceMs());
        assertThat(aboveMeanMs).as("more than the 99th percentile, 35 ms").isBetween(36.0, 50.0);
    }

    @Test
    void shouldLearnWithinSecondsAndForgetWithinAMinute() {
        Random random = new Random(1);
        receive(500, packet -> 30);
        assertThat(receive(250, packet -> 30 + 100 * random.nextDouble())).isBetween(80.0, 110.0);
        assertThat(receive(3_000, packet -> 30)).isEqualTo(20);
    }

    @Test
    void shouldForgetTheFirstTwoSecondsAndFallFastUntilTen() {
        double startMs = receive(100, packet -> packet < 50 || packet > 90 ? 30 : 30 + packet % 5 * 15);
        assertThat(startMs).isGreaterThan(50);
        assertThat(receive(25, packet -> 30)).isEqualTo(startMs - 20, within(3.0));
        assertThat(receive(75, packet -> 30)).isEqualTo(20);
    }

    @Test
    void shouldKeepWhatItLearnedAfterTheFirstTwoSeconds() {
        receive(100, packet -> 30);
        double laterMs = receive(400, packet -> 30 + packet % 5 * 15);
        assertThat(receive(100, packet -> 30)).isEqualTo(laterMs, within(15.0));
    }

    /** Two stalls within ten seconds, and none after them: what they raised the target by goes a little at a time. */
    @Test
    void shouldFallSlowly() {
        double highMs = receive(1_000, packet -> 30 + Math.max(0, 200 - packet % 250 * PACKET_MS));
        double lowestStepMs = 0;
        for (double beforeMs = highMs; packet < 5_000; ) {
            double nowMs = receive(50, packet -> 30);
            lowestStepMs = Math.min(lowestStepMs, nowMs - beforeMs);
            beforeMs = nowMs;
        }
        assertThat(lowestStepMs).as("in a second").isBetween(-5.1, -4.0);
        assertThat(receive(1, packet -> 30)).isEqualTo(20);
    }

    /** One packet in ten is lost, and each brings copies of those 2 and 4 before it; with a third nobody would wait for more. */
    @Test
    void shouldWaitForAsManyCopiesAsAreLikelyToBeNeededAtOnce() {
        receive(200, packet -> 30);
        for (int i = 0; i < 60; i++) {
            receive(1, packet -> 30);
            target.onCopy((packet - 5) * PACKET_MS, (long) (latestMs * 1e6));
            target.onCopy((packet - 3) * PACKET_MS, (long) (latestMs * 1e6));
            target.onPlayed(i % 10 == 0);
        }
        assertThat(target.targetMs((long) (latestMs * 1e6))).isEqualTo(4 * PACKET_MS + 5);
    }

    /** Each packet of 10 ms also comes in the next one; whichever comes first counts. */
    @Test
    void shouldBeShorterWhereCopiesOvertakeLatePackets() {
        assertThat(withJitter(true)).isLessThan(withJitter(false) - 8);
    }

    private static double withJitter(boolean copies) {
        DelayTarget target = new DelayTarget(20, 500);
        Random random = new Random(1);
        long[] arrivalsNs = new long[3_000];
        for (int i = 0; i < arrivalsNs.length; i++) {
            double jitterMs = 15 * Math.max(-3, Math.min(3, random.nextGaussian()));
            arrivalsNs[i] = (long) ((60 + 10 * i + jitterMs) * 1e6);
        }
        Integer[] order = IntStream.range(0, arrivalsNs.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparing(i -> arrivalsNs[i]));
        boolean[] here = new boolean[arrivalsNs.length];
        for (int packet : order) {
            target.onPacket(10 * packet, arrivalsNs[packet]);
            here[packet] = true;
            if (copies && packet > 0 && !here[packet - 1]) {
                target.onFirstCopy(10 * (packet - 1), arrivalsNs[packet]);
            }
        }
        return target.targetMs(arrivalsNs[arrivalsNs.length - 1]);
    }

    /** A copy that comes first while its packet is lost is waited for like any repair. */
    @Test
    void shouldWaitForCopiesOfLostPackets() {
        receive(100, packet -> 30);
        for (int i = 0; i < 20; i++) {
            packet++;
            receive(2, packet -> 30);
            target.onFirstCopy((packet - 3) * PACKET_MS, (long) (latestMs * 1e6));
            receive(20, packet -> 30);
        }
        assertThat(target.targetMs((long) (latestMs * 1e6))).isBetween(2.0 * PACKET_MS, 2.0 * PACKET_MS + 6);
    }

    @Test
    void shouldNeverExceedTheMaximum() {
        Random random = new Random(1);
        assertThat(receive(2_000, packet -> 5_000 * random.nextDouble())).isEqualTo(500);
    }

    /** A stall delays several packets in a row; one alone is not worth that all others wait as long. */
    @Test
    void shouldNotTakeSinglePacketsForStalls() {
        for (int number = 0; number < 1_000; number++) {
            double sentMs = number * PACKET_MS;
            target.onPacket(sentMs, (long) ((sentMs + (number % 200 == 150 ? 230 : 30)) * 1e6));
        }

        assertThat(target.targetMs((long) (1_000 * PACKET_MS * 1e6))).isLessThan(40);
    }

    @Test
    void shouldIgnoreOneStall() {
        receive(1_000, packet -> 30);
        assertThat(receive(500, packet -> 30 + Math.max(0, 1_000 - (packet - 1_000) * PACKET_MS)))
                .isLessThan(40);
    }

    @Test
    void shouldTakeTwoTroubledSecondsForOneStall() {
        receive(100, packet -> 30);
        receive(100, packet -> 30 + Math.max(0, 300 - packet % 50 * PACKET_MS));
        assertThat(receive(100, packet -> 30)).isLessThan(40);
    }

    @Test
    void shouldExpectStallsThatRecurUntilTheyStayAway() {
        assertThat(receive(1_500, packet -> 30 + Math.max(0, 200 - packet % 250 * PACKET_MS)))
                .isEqualTo(200, within(30.0));
        assertThat(receive(2_500, packet -> 30)).isLessThan(60);
    }

    @Test
    void shouldIgnoreDriftOfTheClocks() {
        assertThat(receive(30_000, packet -> 30 + packet * PACKET_MS * 300e-6)).isEqualTo(20);
        assertThat(target.referenceMs()).isEqualTo(30 + 30_000 * PACKET_MS * 300e-6, within(2.0));
    }
}
