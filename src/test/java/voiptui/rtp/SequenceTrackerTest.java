package voiptui.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.rtp.SequenceTracker.Arrival;
import voiptui.time.NanoClock;

/**
 * In the tables a packet is {@code sequence} or {@code sequence@milliseconds}; without a time it arrives 20 ms after the previous
 * one. Verdicts: N newest, R reordered, D duplicate, S stray, ! restarted.
 */
class SequenceTrackerTest {

    private static final long MS = NanoClock.NS_PER_MS;
    private static final long FRAME_NS = 20 * MS;

    private final SequenceTracker tracker = new SequenceTracker(FRAME_NS);
    private long arrivalNs = 1_000 * MS;

    private String run(String packets) {
        StringBuilder verdicts = new StringBuilder();
        for (String packet : packets.strip().split("\\s+")) {
            String[] parts = packet.split("@");
            arrivalNs = parts.length == 1 ? arrivalNs + FRAME_NS : 1_000 * MS + Long.parseLong(parts[1]) * MS;
            verdicts.append(letter(tracker.onPacket((int) Long.parseLong(parts[0]), arrivalNs)));
        }
        return verdicts.toString();
    }

    private static char letter(Arrival arrival) {
        return switch (arrival) {
            case NEWEST -> 'N';
            case REORDERED -> 'R';
            case DUPLICATE -> 'D';
            case STRAY -> 'S';
            case RESTARTED -> '!';
        };
    }

    /** Receives {@code count} consecutive packets from {@code first}, 20 ms apart. */
    private void stream(long first, int count) {
        for (int i = 0; i < count; i++) {
            arrivalNs += FRAME_NS;
            tracker.onPacket((int) (first + i), arrivalNs);
        }
    }

    private void assertCounts(long expected, long received, long lost, long duplicates, long reordered) {
        assertThat(List.of(
                        tracker.expected(),
                        tracker.received(),
                        tracker.lost(),
                        tracker.duplicates(),
                        tracker.reordered()))
                .as("expected, received, lost, duplicates, reordered")
                .containsExactly(expected, received, lost, duplicates, reordered);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                            | packets                          | verdicts   | exp rec lost dup reord
            in order                          | 0 1 2 3 4                        | NNNNN      | 5 5 0 0 0
            from any number on                | 7000 7001 7002                   | NNN        | 3 3 0 0 0
            one lost                          | 0 1 3 4                          | NNNN       | 5 4 1 0 0
            several lost                      | 0 1 9                            | NNN        | 10 3 7 0 0
            two swapped                       | 0 2 1 3                          | NNRN       | 4 4 0 0 1
            first overtaken                   | 5 4 6                            | NRN        | 3 3 0 0 1
            far overtaken                     | 0 1 2 4 5 6 7 3 8                | NNNNNNNRN  | 9 9 0 0 1
            twice                             | 0 1 1 2                          | NNDN       | 3 3 0 1 0
            twice, later                      | 0 1 2 3 1 4                      | NNNNDN     | 5 5 0 1 0
            overtaken, then again             | 0 2 1 1 3                        | NNRDN      | 4 4 0 1 1
            each twice                        | 0 0 1 1 2 2                      | NDNDND     | 3 3 0 3 0
            wrap                              | 4294967294 4294967295 0 1        | NNNN       | 4 4 0 0 0
            wrap with a loss                  | 4294967294 1 2                   | NNN        | 5 3 2 0 0
            wrap, swapped over it             | 4294967295 1 0 2                 | NNRN       | 4 4 0 0 1
            wrap, twice over it               | 4294967295 0 4294967295 1        | NNDN       | 3 3 0 1 0
            one far-off stray ahead           | 0 1 900000 2 3                   | NNSNN      | 4 4 0 0 0
            one far-off stray behind          | 9000 9001 12 9002 9003           | NNSNN      | 4 4 0 0 0
            two strays that do not match      | 0 1 900000 5000 2 3              | NNSSNN     | 4 4 0 0 0
            far-off pair: another stream      | 0 1 900000 900001 900002         | NNS!N      | 4 4 0 0 0
            another stream behind             | 9000 9001 0 1 2                  | NNS!N      | 4 4 0 0 0
            a gap as long as may be           | 0 3000                           | NN         | 3001 2 2999 0 0
            a gap one too long                | 0 3002                           | NS         | 1 1 0 0 0
            """)
    void shouldClassifyPackets(String what, String packets, String verdicts, String counts) {
        assertThat(run(packets)).isEqualTo(verdicts);
        String[] numbers = counts.strip().split("\\s+");
        assertCounts(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]),
                Long.parseLong(numbers[4]));
    }

    @Nested
    class Outages {

        @Test
        void shouldCountALongOutageAsLoss() {
            stream(0, 10);
            arrivalNs += 100_000 * MS; // 5,000 packets' time
            stream(5010, 10);

            assertCounts(5020, 20, 5000, 0, 0);
        }

        @Test
        void shouldIgnoreAGapThatTheTimeDoesNotExplain() {
            stream(0, 10);

            assertThat(run("5010 10 11")).isEqualTo("SNN");
            assertCounts(12, 12, 0, 0, 0);
        }

        @Test
        void shouldNotMistakeABurstAfterAStallForARestart() {
            stream(0, 50);
            arrivalNs += 3_000 * MS;
            StringBuilder verdicts = new StringBuilder();
            for (int sequence = 50; sequence < 200; sequence++) {
                verdicts.append(letter(tracker.onPacket(sequence, arrivalNs)));
            }

            assertThat(verdicts.toString()).matches("N{150}");
            assertCounts(200, 200, 0, 0, 0);
        }

        @Test
        void shouldNotMistakeDelayedPacketsForARestart() {
            stream(0, 20);
            stream(60, 5); // 20 to 59 are delayed …
            StringBuilder verdicts = new StringBuilder();
            for (int sequence = 20; sequence < 60; sequence++) {
                arrivalNs += MS; // … and arrive now, 1 ms apart
                verdicts.append(letter(tracker.onPacket(sequence, arrivalNs)));
                if (sequence % 10 == 9) {
                    tracker.onPacket(65 + sequence / 10, arrivalNs);
                }
            }

            assertThat(verdicts.toString()).matches("R{40}");
            assertThat(tracker.duplicates()).isZero();
            assertThat(tracker.reordered()).isEqualTo(40);
        }

        @Test
        void shouldNotMistakeDuplicatesForARestart() {
            stream(0, 20);
            StringBuilder verdicts = new StringBuilder();
            for (int sequence = 5; sequence < 20; sequence++) {
                verdicts.append(letter(tracker.onPacket(sequence, arrivalNs)));
            }

            assertThat(verdicts.toString()).matches("D{15}");
            assertCounts(20, 20, 0, 15, 0);
        }
    }

    @Nested
    class Restarts {

        @ParameterizedTest
        @ValueSource(ints = {5, 10, 30, 90, 101})
        void shouldDetectARestartWithNumbersJustReceived(int before) {
            stream(0, before);
            StringBuilder verdicts = new StringBuilder();
            for (int sequence = 0; sequence < before + 50; sequence++) {
                arrivalNs += FRAME_NS;
                verdicts.append(letter(tracker.onPacket(sequence, arrivalNs)));
            }

            // The fifth packet at the latest reveals the restart; all later ones are counted normally.
            assertThat(verdicts.toString()).matches("[DS]{0,4}!N+");
            assertThat(tracker.lost()).as("lost").isZero();
            assertThat(tracker.duplicates()).as("duplicates").isZero();
            assertThat(tracker.reordered()).as("reordered").isZero();
        }

        @Test
        void shouldCorrectTheCountsOfARestart() {
            stream(0, 30);
            assertThat(run("0 1 2 3")).isEqualTo("DDDD");
            assertCounts(30, 30, 0, 4, 0);

            assertThat(run("4")).isEqualTo("!");
            assertCounts(31, 31, 0, 0, 0);
        }

        @Test
        void shouldCorrectTheCountsOfPacketsBeforeTheFirst() {
            stream(50, 10); // the first stream was joined late
            assertThat(run("0 1 2 3")).isEqualTo("RRRR");

            assertThat(run("4 5 6")).isEqualTo("!NN");
            assertCounts(13, 13, 0, 0, 0);
        }

        @Test
        void shouldDetectARestartAtZeroByTheSecondPacket() {
            stream(0, 5000);

            assertThat(run("0 1 2 3")).isEqualTo("S!NN");
            assertCounts(5003, 5003, 0, 0, 0);
        }

        @Test
        void shouldDetectARestartAtZeroWhenItsFirstPacketsAreLost() {
            stream(0, 5000);

            assertThat(run("7 9 10 11")).isEqualTo("SS!N");
            assertThat(tracker.lost()).isZero();
        }

        @Test
        void shouldTreatAnOldPacketAfterSilenceAsARestart() {
            stream(0, 30);
            arrivalNs += 1_100 * MS;

            assertThat(run("0 1 2")).isEqualTo("!NN");
            assertCounts(33, 33, 0, 0, 0);
        }

        @Test
        void shouldKeepTheLossesOfThePreviousStream() {
            assertThat(run("0 1 5 6")).isEqualTo("NNNN");
            arrivalNs += 2_000 * MS;
            assertThat(run("0 1 3")).isEqualTo("!NN");

            assertCounts(7 + 4, 4 + 3, 3 + 1, 0, 0);
        }

        @Test
        void shouldStartAStreamWithAnyPacketAfterTheEnd() {
            stream(0, 100);
            tracker.expectNewStream();

            assertThat(run("100 101 103")).isEqualTo("!NN");
            assertCounts(104, 103, 1, 0, 0);
        }

        @Test
        void shouldStartTheFirstStreamAfterAnEnd() {
            tracker.expectNewStream();

            assertThat(run("4 5")).isEqualTo("NN");
        }

        @Test
        void shouldSurviveManyRestarts() {
            for (int i = 0; i < 1000; i++) {
                stream(0, 20);
                tracker.expectNewStream();
            }

            assertCounts(20_000, 20_000, 0, 0, 0);
        }
    }

    /**
     * A relay stands still for ten seconds. What a client sends goes into the relay's socket first, which holds only so many,
     * then, when no answer comes, into its TLS connection; later both are emptied at once, in any interleaving, while the
     * call goes on.
     */
    @Nested
    class LeftoversOfTwoPaths {

        private static final int BEFORE = 500;
        private static final int BY_UDP = 100;
        private static final int HELD = 85;
        private static final int BY_TUNNEL = 400;
        private static final int AFTER = 500;

        private final SequenceTracker tracker = new SequenceTracker(FRAME_NS);
        private int sent;
        private int received;

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
        void shouldCountNothingTwice(long seed) {
            Random random = new Random(seed);
            // The fewer the turns, the longer the runs from one path; the slower, the more live packets in between.
            int longestRun = 1 + random.nextInt(60);
            long stepNs = (1 + random.nextInt(30)) * MS;
            for (int i = 0; i < BEFORE; i++) {
                receive(i, i * FRAME_NS);
            }
            int udp = BEFORE;
            int udpEnd = BEFORE + HELD;
            int tunnel = BEFORE + BY_UDP;
            int tunnelEnd = tunnel + BY_TUNNEL;
            long nowNs = tunnelEnd * FRAME_NS;
            int live = tunnelEnd;
            while (udp < udpEnd || tunnel < tunnelEnd) {
                boolean fromUdp = random.nextBoolean() ? udp < udpEnd : tunnel == tunnelEnd;
                for (int run = 1 + random.nextInt(longestRun); run > 0; run--) {
                    nowNs += random.nextInt(4) == 0 ? stepNs : 0;
                    if (fromUdp && udp < udpEnd) {
                        receive(udp++, nowNs);
                    } else if (!fromUdp && tunnel < tunnelEnd) {
                        receive(tunnel++, nowNs);
                    }
                    while (tunnel == tunnelEnd && live * FRAME_NS <= nowNs) {
                        receive(live++, nowNs);
                    }
                }
            }
            for (int i = 0; i < AFTER; i++) {
                receive(live, live * FRAME_NS);
                live++;
            }
            assertThat(tracker.expected()).as("expected").isEqualTo(sent);
            assertThat(tracker.received()).as("received").isEqualTo(received);
            assertThat(tracker.lost()).as("lost").isEqualTo(BY_UDP - HELD);
            assertThat(tracker.duplicates()).isZero();
        }

        private void receive(int sequence, long arrivalNs) {
            sent = Math.max(sent, sequence + 1);
            received++;
            tracker.onPacket(sequence, arrivalNs);
            assertThat(tracker.lost()).as("lost after %d", sequence).isLessThanOrEqualTo(sent - received);
        }

        /** Leftovers that come at the pace of speech, with nothing in between, look like a restart until the call goes on. */
        @Test
        void shouldReturnToTheStreamWhenItGoesOn() {
            stream(0, 500);
            stream(900, 100);
            stream(500, 40);
            assertThat(SequenceTrackerTest.this.tracker.lost()).isBetween(360L, 400L);
            stream(1_000, 100);
            assertCounts(1_100, 740, 360, 0, 40);
        }

        @Test
        void shouldNotReturnToAStreamThatHasEnded() {
            stream(0, 500);
            stream(0, 2_000);
            // All but the one before the restart was certain.
            assertCounts(2_499, 2_499, 0, 0, 0);
        }

        @Test
        void shouldReturnFromAStrayPairFarAway() {
            stream(0, 500);
            assertThat(run("90000 90001")).isEqualTo("S!");
            long extended = SequenceTrackerTest.this.tracker.extended();
            assertThat(run("500 501 502")).isEqualTo("S!N");
            assertThat(SequenceTrackerTest.this.tracker.extended()).isGreaterThan(extended);
            assertCounts(503, 503, 0, 0, 0);
        }
    }

    @Nested
    class WhatTheSenderSays {

        @Test
        void shouldExpectNoMoreThanTheSenderHasSent() {
            run("0 1 9");
            tracker.limit(5);
            assertCounts(5, 3, 2, 0, 0);
            tracker.limit(10);

            assertCounts(10, 3, 7, 0, 0);
        }

        @Test
        void shouldExpectAtLeastWhatHasArrived() {
            run("0 1 9");
            tracker.limit(1);

            assertCounts(3, 3, 0, 0, 0);
        }

        @Test
        void shouldKeepToItAfterTheNextStreamHasBegun() {
            run("0 1 9");
            tracker.limit(5);
            tracker.expectNewStream();
            run("50");
            tracker.limit(Long.MAX_VALUE);

            assertCounts(6, 4, 2, 0, 0);
        }
    }

    @Nested
    class Numbering {

        @Test
        void shouldCountAcrossTheWrap() {
            tracker.onPacket(-2, 0);
            long first = tracker.extended();
            for (int i = 1; i < 5; i++) {
                tracker.onPacket(-2 + i, i * FRAME_NS);
                assertThat(tracker.extended()).isEqualTo(first + i);
            }
        }

        @Test
        void shouldExtendTheNumberOfAReorderedPacket() {
            run("10 12");
            long newest = tracker.extended();
            run("11");

            assertThat(tracker.extended()).isEqualTo(newest - 1);
        }

        @Test
        void shouldJumpFarAheadWhenAStreamRestarts() {
            long before = Long.MIN_VALUE;
            for (int i = 0; i < 20; i++) {
                stream(i * 7, 3);
                assertThat(tracker.extended()).isGreaterThan(before + 1_000_000);
                before = tracker.extended();
                tracker.expectNewStream();
            }
        }
    }

    /**
     * Reorders, duplicates and loses packets within a window of 60. The counts must be exact: each packet and each copy
     * once, and every missing packet as lost.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void shouldCountExactlyOnAnImpairedNetwork(long seed) {
        Random random = new Random(seed);
        long first = random.nextLong(1L << 32);
        int total = 4000;
        List<long[]> arrivals = new ArrayList<>(); // {arrival in packets' time, number from the first}
        Map<Integer, Integer> copies = new HashMap<>();
        for (int i = 0; i < total; i++) {
            boolean atTheEdges = i < 1 || i >= total - 1;
            int times = atTheEdges ? 1 : random.nextInt(10) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
            for (int n = 0; n < times; n++) {
                arrivals.add(new long[] {i * 1000L + (atTheEdges ? 0 : random.nextInt(60_000)), i});
            }
            copies.put(i, times);
        }
        arrivals.sort((a, b) -> Long.compare(a[0], b[0]));

        for (long[] packet : arrivals) {
            Arrival arrival = tracker.onPacket((int) (first + packet[1]), packet[0] * 20_000L);
            assertThat(arrival).isIn(Arrival.NEWEST, Arrival.REORDERED, Arrival.DUPLICATE);
        }

        long received = copies.values().stream().filter(times -> times > 0).count();
        assertThat(tracker.received()).isEqualTo(received);
        assertThat(tracker.expected()).isEqualTo(total);
        assertThat(tracker.lost()).isEqualTo(total - received);
        assertThat(tracker.duplicates()).isEqualTo(arrivals.size() - received);
        assertThat(tracker.received() + tracker.lost()).isEqualTo(tracker.expected());
    }

    /** As above, with blocks of packets in random order that arrive at the same time. */
    @ParameterizedTest
    @ValueSource(longs = {4, 9, 16, 25})
    void shouldCountExactlyInAnyOrder(long seed) {
        Random random = new Random(seed);
        int block = 50;
        long reordered = 0;
        for (int base = 0; base < 5000; base += block) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < block; i++) {
                order.add(base + i);
            }
            Collections.shuffle(order, random);
            int newest = base - 1;
            for (int sequence : order) {
                reordered += sequence < newest ? 1 : 0;
                newest = Math.max(newest, sequence);
                tracker.onPacket(sequence, base * FRAME_NS);
            }
        }

        assertCounts(5000, 5000, 0, 0, reordered);
    }
}
