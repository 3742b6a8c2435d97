package voiptui.rtp.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.rtp.SequenceTracker;
import voiptui.testkit.Allocation;

class LossDetectorTest {

    private static final long FRAME_NS = 20 * NS_PER_MS;

    /** Writes down R, L and D for each packet, and ! for one that came after all. */
    private static final class Fates implements LossDetector.Listener {
        final StringBuilder all = new StringBuilder();
        long lost;

        @Override
        public void onReceived(long nowNs) {
            all.append('R');
        }

        @Override
        public void onLost(int packets, long nowNs) {
            lost += packets;
            all.append("L".repeat(Math.min(packets, 5000)));
        }

        @Override
        public void onDiscarded(long nowNs) {
            all.append('D');
        }

        @Override
        public void onLostArrived(long nowNs) {
            all.append('!');
        }

        String take() {
            String taken = all.toString();
            all.setLength(0);
            return taken;
        }
    }

    private final Fates fates = new Fates();
    private final LossDetector detector = new LossDetector(LossDetector.DEFAULT_SETTLE_MS, fates);
    private final int[] nacks = new int[64];

    private String packet(long extended, long atMs) {
        detector.onPacket(extended, (int) extended + 5, false, atMs * NS_PER_MS);
        return fates.take();
    }

    private String tick(long atMs) {
        detector.onTick(atMs * NS_PER_MS);
        return fates.take();
    }

    private List<Integer> nacks(double roundTripMs, double usefulMs, long atMs) {
        int count = detector.collectNacks(nacks, roundTripMs, usefulMs, atMs * NS_PER_MS);
        return Arrays.stream(nacks, 0, count).boxed().toList();
    }

    @Test
    void shouldReportReceivedPacketsAtOnce() {
        assertThat(packet(1000, 0)).isEqualTo("R");
        assertThat(packet(1001, 20)).isEqualTo("R");
        detector.onPacket(1002, 2, true, 40 * NS_PER_MS);
        assertThat(fates.take()).isEqualTo("D");
    }

    @Test
    void shouldReportALossAWhileAfterALaterPacket() {
        packet(1, 0);
        assertThat(packet(3, 40)).isEmpty();
        assertThat(packet(4, 60)).isEmpty();
        assertThat(tick(99)).isEmpty();
        assertThat(tick(100)).isEqualTo("LRR");
        assertThat(packet(5, 110)).isEqualTo("R");
    }

    @Test
    void shouldNotLoseAnOvertakenPacket() {
        packet(1, 0);
        assertThat(packet(3, 40)).isEmpty();
        assertThat(packet(2, 99)).isEqualTo("RR");
    }

    @Test
    void shouldLoseNothingWhileNothingComes() {
        packet(1, 0);
        assertThat(tick(100_000)).isEmpty();
    }

    @Test
    void shouldReportALostPacketThatArrivesOnce() {
        packet(1, 0);
        packet(3, 40);
        assertThat(tick(100)).isEqualTo("LR");
        assertThat(packet(2, 150)).isEqualTo("!");
        assertThat(packet(2, 151)).isEmpty();
    }

    @Test
    void shouldIgnoreAPacketBeforeTheFirst() {
        packet(10, 0);
        assertThat(packet(9, 1)).isEmpty();
        assertThat(packet(11, 20)).isEqualTo("R");
    }

    @Test
    void shouldBeginAgainWithAnotherStream() {
        packet(1, 0);
        packet(3, 40);
        assertThat(packet(3 + (1L << 33), 60)).isEqualTo("LRR");
        assertThat(packet(4 + (1L << 33), 80)).isEqualTo("R");
    }

    @Test
    void shouldReportALongOutageAsLost() {
        packet(1, 0);
        assertThat(packet(3001, 60_000)).hasSize(3000 - 1024).containsOnlyOnce("L".repeat(1976));
        assertThat(tick(60_060)).isEqualTo("L".repeat(1023) + "R");
        assertThat(packet(1L << 31, 60_060)).hasSizeGreaterThan(1000);
        tick(70_000);
        assertThat(fates.lost).isEqualTo((1L << 31) - 3);
    }

    @Test
    void shouldAskForMissingPackets() {
        packet(65_530, 0);
        packet(65_533, 60);
        assertThat(nacks(30, 100, 65)).as("may still be overtaken").isEmpty();
        assertThat(nacks(30, 100, 70)).containsExactly(65_536 & 0xffff, 65_537 & 0xffff);
        assertThat(nacks(30, 100, 99)).as("on their way").isEmpty();
        packet(65_531, 99);
        assertThat(nacks(30, 100, 100)).as("65532 should have come at 40").containsExactly(1);
        assertThat(nacks(30, 100, 111)).isEmpty();
        assertThat(nacks(30, 200, 130)).as("the third time").containsExactly(1);
        assertThat(nacks(30, 200, 160)).isEmpty();
    }

    @Test
    void shouldNotAskForWhatCannotComeInTime() {
        packet(1, 0);
        packet(3, 40);
        assertThat(nacks(100, 100, 50)).isEmpty();
        assertThat(nacks(70, 100, 51)).as("should have come at 20").isEmpty();
        assertThat(nacks(70, 100, 50)).containsExactly(7);
    }

    /** After a second of outage nobody needs its first packets. */
    @Test
    void shouldAskForTheEndOfAnOutageOnly() {
        packet(0, 0);
        packet(50, 1000);
        assertThat(nacks(20, 100, 1010)).containsExactly(47 + 5, 48 + 5, 49 + 5);
    }

    @Test
    void shouldWaitLongerWherePacketsOvertakeEachOther() {
        packet(1000, 0);
        packet(1002, 40);
        packet(1001, 65);
        packet(1004, 80);
        assertThat(nacks(20, 1_000, 100)).as("others took 25 ms").isEmpty();
        assertThat(nacks(20, 1_000, 106)).containsExactly(1008);
        for (long number = 1005; number < 3000; number++) {
            packet(number, 20 * (number - 1000));
        }
        packet(3001, 40_020);
        assertThat(nacks(20, 1_000, 40_030)).as("that was long ago").containsExactly(3005);
    }

    @Test
    void shouldAskForNoMoreThanThereIsRoom() {
        packet(0, 0);
        packet(50, 1000);
        int[] three = new int[3];
        assertThat(detector.collectNacks(three, 20, 5000, 1010 * NS_PER_MS)).isEqualTo(3);
        assertThat(three).containsExactly(6, 7, 8);
        assertThat(nacks(20, 5000, 1010)).hasSize(46).startsWith(9);
    }

    /** Whatever comes in whatever order: each packet has one fate, in order, and what came in time is not lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveEachPacketOneFate(long seed) {
        Random random = new Random(seed);
        int packets = 5000;
        boolean[] dropped = new boolean[packets];
        long[] delayNs = new long[packets];
        List<long[]> arrivals = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            dropped[i] = i > 0 && i < packets - 1 && random.nextInt(8) == 0;
            delayNs[i] = i == 0 ? 0 : random.nextInt(random.nextInt(20) == 0 ? 200 : 50) * NS_PER_MS;
            if (!dropped[i]) {
                arrivals.add(new long[] {i, i * FRAME_NS + delayNs[i]});
            }
        }
        arrivals.sort((a, b) -> Long.compare(a[1], b[1]));
        Fates told = new Fates();
        LossDetector tested = new LossDetector(60, told);
        SequenceTracker tracker = new SequenceTracker(FRAME_NS);
        for (long[] arrival : arrivals) {
            tracker.onPacket((int) arrival[0], arrival[1]);
            tested.onPacket(tracker.extended(), (int) arrival[0], false, arrival[1]);
        }
        tested.onTick(packets * FRAME_NS + 10_000 * NS_PER_MS);

        String all = told.take();
        String fatesInOrder = all.replace("!", "");
        assertThat(fatesInOrder).hasSize(packets);
        long came = all.chars().filter(c -> c == '!').count();
        long lost = fatesInOrder.chars().filter(c -> c == 'L').count();
        assertThat(lost - came).as("never came").isEqualTo(tracker.lost());
        for (int i = 0; i < packets; i++) {
            if (dropped[i]) {
                assertThat(fatesInOrder.charAt(i)).isEqualTo('L');
            } else if (delayNs[i] <= 60 * NS_PER_MS) {
                assertThat(fatesInOrder.charAt(i)).as("packet %d", i).isEqualTo('R');
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void shouldNeverThrowForNoise(long seed) {
        Random random = new Random(seed);
        long atNs = 0;
        long extended = 1L << 33;
        for (int i = 0; i < 100_000; i++) {
            atNs += random.nextInt(40) * NS_PER_MS;
            extended += switch (random.nextInt(100)) {
                case 0 -> 1L << 33;
                case 1 -> random.nextInt(100_000);
                case 2 -> -random.nextInt(100_000);
                default -> random.nextInt(6) - 2;
            };
            detector.onPacket(extended, random.nextInt(), random.nextBoolean(), atNs);
            int count = detector.collectNacks(nacks, random.nextInt(200), random.nextInt(400), atNs);
            assertThat(count).isBetween(0, nacks.length);
            for (int n = 0; n < count; n++) {
                assertThat(nacks[n]).isBetween(0, 65_535);
            }
            fates.take();
        }
    }

    @Test
    void shouldNotAllocate() {
        LossDetector tested = new LossDetector(60, new BurstGapTracker(16));
        int[] packets = new int[1];
        int[] asked = new int[1];
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    packets[0] += packets[0] % 10 == 0 ? 2 : 1;
                    long nowNs = packets[0] * FRAME_NS;
                    tested.onPacket(packets[0], packets[0], false, nowNs);
                    asked[0] += tested.collectNacks(nacks, 30, 100, nowNs + 10 * NS_PER_MS);
                }))
                .isLessThan(1);
        assertThat(asked[0]).isPositive();
    }
}
