package voiptui.rtp.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.rtp.repair.ReceivedPackets.Kind;
import voiptui.rtp.repair.ReceivedPackets.Use;
import voiptui.testkit.Allocation;

/** Packets of 20 ms in units of 960, whose payload is a byte that says their number in the stream. */
class ReceivedPacketsTest {

    private static final long UNITS = 960;
    /** The number on the wire of the first packet: it wraps soon. */
    private static final int FIRST = 65_530;

    private static final long EXTENDED = 1L << 33;
    private static final double ROUND_TRIP_MS = 100;

    private final ReceivedPackets packets = new ReceivedPackets(100, 1 << 16);
    private final HistoryReader reader = packets.reader();
    private final ByteBuffer payload = ByteBuffer.allocate(100);
    private final int[] asked = new int[64];
    private long nowNs = Long.MAX_VALUE - 100;

    private ByteBuffer payload(int number) {
        return payload.put(0, (byte) number);
    }

    private void arriveAt(int number, long timestamp) {
        nowNs += 20 * NS_PER_MS;
        packets.onPacket(EXTENDED + number, FIRST + number, timestamp, payload(number), 0, 1, nowNs);
    }

    private void arrive(int... numbers) {
        for (int number : numbers) {
            arriveAt(number, number * UNITS);
        }
    }

    private void copy(int number) {
        packets.onCopy(number * UNITS, payload(number), 0, 1, nowNs);
    }

    private void again(int number) {
        packets.onRetransmission(FIRST + number & 0xffff, number * UNITS, payload(number), 0, 1, nowNs);
    }

    private List<Integer> ask() {
        List<Integer> numbers = new ArrayList<>();
        int count = packets.collect(asked, ROUND_TRIP_MS, nowNs);
        for (int i = 0; i < count; i++) {
            numbers.add(asked[i] - FIRST & 0xffff);
        }
        return numbers;
    }

    private Kind kind(long position) {
        Kind kind = reader.read(position);
        if (reader.isHere()) {
            assertThat(reader.bytes()).isEqualTo(1);
            assertThat(reader.payload()[0]).isEqualTo((byte) (reader.timestamp() / UNITS));
        }
        return kind;
    }

    @Test
    void shouldKeepPacketsHoweverTheyCome() {
        arrive(0, 1, 5);
        arrive(3);
        copy(2);
        assertThat(kind(2)).as("3 carries a copy of 2").isEqualTo(Kind.COPIED);
        packets.want(Use.REPLAY, 0);
        nowNs += 500 * NS_PER_MS;
        assertThat(ask()).containsExactly(4);
        assertThat(packets.isAskedFor(FIRST + 4)).isTrue();
        again(4);

        assertThat(List.of(kind(0), kind(1), kind(2), kind(3), kind(4), kind(5), kind(6)))
                .containsExactly(
                        Kind.RECEIVED,
                        Kind.RECEIVED,
                        Kind.COPIED,
                        Kind.RECEIVED,
                        Kind.HEALED,
                        Kind.RECEIVED,
                        Kind.UNKNOWN);
        assertThat(packets.isAskedFor(FIRST + 4)).isFalse();
        assertThat(reader.missing(0, 6)).isZero();
    }

    @Test
    void shouldFindTheNumbersOfCopiesByTheirTimes() {
        arrive(0, 1, 7);
        copy(3);
        copy(6);
        copy(5);
        copy(9);
        copy(-1);
        assertThat(kind(2)).isEqualTo(Kind.MISSING);
        assertThat(kind(3)).isEqualTo(Kind.COPIED);
        assertThat(kind(4)).isEqualTo(Kind.MISSING);
        assertThat(kind(5)).isEqualTo(Kind.COPIED);
        assertThat(kind(6)).isEqualTo(Kind.COPIED);
    }

    /** A pause of a second, before and after which a packet is missing: nothing in it is missing. */
    @Test
    void shouldMissNothingInAPause() {
        arrive(0, 1);
        arriveAt(4, 54 * UNITS);
        copy(53);
        packets.onCopy(2 * UNITS, payload(2), 0, 1, nowNs);

        assertThat(packets.newest()).isEqualTo(4);
        assertThat(kind(2)).as("before the pause").isEqualTo(Kind.COPIED);
        assertThat(kind(3)).as("after it").isEqualTo(Kind.COPIED);
        assertThat(reader.timestamp()).isEqualTo(53 * UNITS);
    }

    @Test
    void shouldCorrectACopyThatWasTakenForAnotherPacket() {
        arrive(0, 1);
        arriveAt(4, 54 * UNITS);
        copy(2);
        packets.want(Use.REPLAY, 0);
        packets.onRetransmission(FIRST + 2 & 0xffff, 52 * UNITS, payload(52), 0, 1, nowNs);

        assertThat(kind(2)).isEqualTo(Kind.RECEIVED);
        assertThat(reader.timestamp()).isEqualTo(52 * UNITS);
    }

    @Test
    void shouldAskOnlyWhileSomebodyWantsIt() {
        arrive(0, 2, 4, 6);
        nowNs += 500 * NS_PER_MS;
        assertThat(ask()).isEmpty();
        packets.want(Use.RECORDING, 2);
        assertThat(ask()).containsExactly(3, 5);
        packets.want(Use.REPLAY, 0);
        assertThat(ask()).containsExactly(1);
        packets.want(Use.REPLAY, Long.MAX_VALUE);
        packets.want(Use.RECORDING, Long.MAX_VALUE);
        nowNs += 5_000 * NS_PER_MS;
        assertThat(ask()).isEmpty();
    }

    @Test
    void shouldAskAgainMoreAndMoreRarelyAndGiveUp() {
        packets.want(Use.RECORDING, 0);
        arrive(0, 2);
        long missingNs = nowNs;
        List<Long> askedAtMs = new ArrayList<>();
        for (int ms = 0; ms < 40_000; ms += 10) {
            if (ask().contains(1)) {
                askedAtMs.add((nowNs - missingNs) / NS_PER_MS);
            }
            nowNs += 10 * NS_PER_MS;
        }

        assertThat(askedAtMs).startsWith(400L, 550L, 700L, 930L).hasSize(ReceivedPackets.MAX_REQUESTS);
        assertThat(askedAtMs.stream().filter(at -> at < 10_000).count()).isGreaterThan(15);
    }

    @Test
    void shouldNotAskFasterThanThePace() {
        packets.want(Use.RECORDING, 0);
        arrive(0, 900);
        nowNs += 500 * NS_PER_MS;
        int count = 0;
        for (int ms = 0; ms < 1_000; ms++) {
            count += ask().size();
            nowNs += NS_PER_MS;
        }
        assertThat(count)
                .isBetween(
                        ReceivedPackets.MAX_PER_SECOND, ReceivedPackets.MAX_PER_SECOND + ReceivedPackets.MAX_AT_ONCE);
    }

    @Test
    void shouldAskForNothingOfAFormerStream() {
        packets.want(Use.RECORDING, 0);
        arrive(0, 2);
        packets.onPacket(2 * EXTENDED, 7, 5 * UNITS, payload(5), 0, 1, nowNs);
        packets.onPacket(2 * EXTENDED + 2, 9, 7 * UNITS, payload(7), 0, 1, nowNs);
        nowNs += 500 * NS_PER_MS;

        assertThat(packets.firstOfStream()).isEqualTo(3);
        assertThat(packets.newest()).isEqualTo(5);
        assertThat(packets.collect(asked, ROUND_TRIP_MS, nowNs)).isEqualTo(1);
        assertThat(asked[0]).isEqualTo(8);
        reader.read(0);
        int before = reader.stream();
        reader.read(5);
        assertThat(reader.stream()).isNotEqualTo(before);
    }

    @Test
    void shouldKeepNothingWhileOnHold() {
        arrive(0);
        packets.hold(true);
        arrive(1, 3);
        copy(2);
        packets.hold(false);
        arrive(4, 6);
        again(3);
        again(2);

        assertThat(List.of(kind(1), kind(2), kind(3), kind(4), kind(5)))
                .containsExactly(Kind.WITHHELD, Kind.WITHHELD, Kind.WITHHELD, Kind.RECEIVED, Kind.MISSING);
    }

    @Test
    void shouldFindWhereATimeBegins() {
        arrive(0, 1, 2, 5, 6);

        assertThat(reader.find(2 * UNITS)).isEqualTo(2);
        assertThat(reader.find(4 * UNITS)).as("what is missing may be it").isEqualTo(3);
        assertThat(reader.find(6 * UNITS)).isEqualTo(6);
        assertThat(reader.find(7 * UNITS)).isEqualTo(7);
        assertThat(reader.find(-5 * UNITS)).isZero();
    }

    @Test
    void shouldForgetTheOldestOfMoreBytesThanItKeeps() {
        ReceivedPackets small = new ReceivedPackets(100, 1_000);
        for (int number = 0; number < 50; number++) {
            small.onPacket(EXTENDED + number, number, number * UNITS, payload, 0, 100, nowNs);
        }
        HistoryReader small10 = small.reader();
        assertThat(small10.read(39)).isEqualTo(Kind.UNKNOWN);
        assertThat(small10.read(41)).isEqualTo(Kind.RECEIVED);
    }

    @Test
    void shouldSurviveAnyNumbers() {
        long[] extended = {EXTENDED, EXTENDED + 100_000, EXTENDED + 5, EXTENDED + 100_001, 0, 7L << 33};
        for (long number : extended) {
            packets.onPacket(number, (int) number, number * UNITS, payload, 0, 1, nowNs);
            packets.onCopy(Long.MIN_VALUE, payload, 0, 1, nowNs);
            packets.onCopy(Long.MAX_VALUE, payload, 0, 1, nowNs);
            packets.onRetransmission(12_345, 0, payload, 0, 100, nowNs);
            packets.isAskedFor(-1);
        }
        assertThat(packets.newest()).isPositive();
    }

    @Test
    void shouldAllocateNothing() {
        int[] number = {0};
        packets.want(Use.RECORDING, 0);
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    arriveAt(number[0], number[0] * UNITS);
                    copy(number[0] - 1);
                    number[0] += 2;
                    packets.collect(asked, ROUND_TRIP_MS, nowNs);
                    reader.read(packets.newest());
                }))
                .isLessThan(1);
        assertThat(Arrays.stream(asked).sum()).isPositive();
    }
}
