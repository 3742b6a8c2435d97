package voiptui.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.rtp.InterarrivalJitter;
import voiptui.rtp.SequenceExtender;
import voiptui.rtp.SequenceTracker;
import voiptui.rtp.SnapshotLongs;
import voiptui.testkit.Allocation;
import voiptui.testkit.ManualClock;
import voiptui.time.NanoClock;

/** The statistics of both directions, checked against the formulas of RFC 3550. */
class ReportTest {

    private static final long FRAME_NS = 20 * NanoClock.NS_PER_MS;
    private static final int PEER = 0x1234;

    private final ManualClock clock = new ManualClock();
    private final SequenceTracker tracker = new SequenceTracker(FRAME_NS);
    private final SequenceExtender extender = new SequenceExtender();
    private final ReceptionReport report = new ReceptionReport();

    private void source(int ssrc) {
        tracker.expectNewStream();
        extender.onNewSource();
        report.onNewSource(ssrc, tracker);
    }

    private void packet(int sequence) {
        clock.advanceMs(20);
        tracker.onPacket(extender.extend(sequence & 0xffff), clock.nanoTime());
        report.onPacket(tracker, 7);
    }

    private ReportBlock next() {
        return report.next(clock.nanoTime());
    }

    /** RFC 3550, 6.4.1, figure 2: A = 46864.500 s, LSR = 46853.125, DLSR = 5.250: the delay is 6.125 s. */
    @Test
    void shouldCalculateTheRoundTripOfTheRfcExample() {
        ReportBlock block = new ReportBlock(1, 0, 0, 0, 0, 0xb705_2000, 0x0005_4000);

        assertThat(block.roundTripMs(0xb710_8000)).isEqualTo(6125.0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 5, NaN", // no sender report received
        "65536, 0, 65536, 0",
        "65536, 65536, 131071, 0", // rounding
        "65536, 65536, 130000, NaN", // the delay since the report exceeds the elapsed time
        "-65536, 0, 65536, 2000", // the timestamps wrap every 18 hours
    })
    void shouldRefuseAnImpossibleRoundTrip(int lastReport, int since, int now, double ms) {
        assertThat(new ReportBlock(1, 0, 0, 0, 0, lastReport, since).roundTripMs(now))
                .isEqualTo((Double) ms);
    }

    /** RFC 3550, 4: seconds since 1900, which is 2,208,988,800 seconds before 1970 (RFC 868). */
    @Test
    void shouldConvertToNtpTime() {
        assertThat(NtpTime.of(Instant.EPOCH)).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.of(Instant.EPOCH.plusMillis(250))).isEqualTo(2_208_988_800L << 32 | 0x4000_0000L);
        assertThat(NtpTime.middle(0xb710_8000_4000_1234L)).isEqualTo(0x8000_4000);
    }

    @Test
    void shouldNotFollowChangesOfTheWallClock() {
        Instant[] now = {Instant.ofEpochSecond(1000)};
        NtpTime time = new NtpTime(() -> now[0], clock);
        now[0] = Instant.ofEpochSecond(5000);
        clock.advanceMs(1500);

        assertThat(time.at(clock.nanoTime())).isEqualTo(NtpTime.of(Instant.ofEpochMilli(1_001_500)));
    }

    /** A full round trip on a manual clock: 35 ms out, 400 ms until the report, 25 ms back. */
    @Test
    void shouldMeasureTheRoundTrip() {
        NtpTime ours = new NtpTime(clock, clock);
        ReceptionReport theirs = new ReceptionReport();
        SequenceTracker theirTracker = new SequenceTracker(FRAME_NS);
        long sentNtp = ours.at(clock.nanoTime());
        clock.advanceMs(35);
        theirs.onNewSource(PEER, theirTracker);
        theirTracker.onPacket(1, clock.nanoTime());
        theirs.onPacket(theirTracker, 0);
        theirs.onSenderReport(sentNtp, clock.nanoTime());
        clock.advanceMs(400);
        ReportBlock block = theirs.next(clock.nanoTime());
        clock.advanceMs(25);

        assertThat(block.roundTripMs(NtpTime.middle(ours.at(clock.nanoTime())))).isEqualTo(60, within(0.05));
    }

    /** RFC 3550, A.3: expected less received; the fraction is of the interval alone, in 1/256. */
    @Test
    void shouldReportIntervalAndTotalLoss() {
        source(PEER);
        for (int i = 0; i < 50; i++) {
            if (i % 5 != 2) {
                packet(1000 + i);
            }
        }
        assertThat(next()).isEqualTo(new ReportBlock(PEER, 10 * 256 / 50, 10, 1049, 7, 0, 0));
        for (int i = 50; i < 100; i++) {
            packet(1000 + i);
        }
        assertThat(next()).isEqualTo(new ReportBlock(PEER, 0, 10, 1099, 7, 0, 0));
    }

    @Test
    void shouldCountSequenceNumberCycles() {
        source(PEER);
        packet(65_534);
        packet(65_535);
        packet(1); // 0 arrives reordered
        packet(0);
        packet(2);

        assertThat(next()).isEqualTo(new ReportBlock(PEER, 0, 0, 0x1_0002, 7, 0, 0));
    }

    /** A late packet may reduce the losses reported before; then the interval's fraction is zero. */
    @Test
    void shouldReportNoNegativeFraction() {
        source(PEER);
        packet(1);
        packet(3);
        assertThat(next().cumulativeLost()).isEqualTo(1);
        packet(2);
        ReportBlock block = next();

        assertThat(block.fractionLost()).isZero();
        assertThat(block.cumulativeLost()).isZero();
    }

    /** RFC 3550, 6.4: a block about each source from which packets came since the report before. */
    @Test
    void shouldReportNothingWithoutPackets() {
        assertThat(next()).isNull();
        source(PEER);
        packet(1);
        assertThat(next()).isNotNull();
        assertThat(next()).isNull();
    }

    @Test
    void shouldRestartTheCountsForAnotherSource() {
        source(PEER);
        packet(1);
        packet(9);
        assertThat(next().cumulativeLost()).isEqualTo(7);
        report.onSenderReport(NtpTime.of(clock.instant()), clock.nanoTime());
        source(PEER + 1);
        packet(40_000);
        packet(40_002);

        assertThat(next()).isEqualTo(new ReportBlock(PEER + 1, 256 / 3, 1, 40_002, 7, 0, 0));
    }

    @Test
    void shouldReportPacketsSentSoFar() {
        SenderStats sent = new SenderStats(48_000);
        NtpTime time = new NtpTime(clock, clock);
        assertThat(sent.next(time, clock.nanoTime())).as("nothing was sent").isNull();
        sent.onPacket(5000, 80, clock.nanoTime());
        clock.advanceMs(20);
        sent.onPacket(5960, 70, clock.nanoTime());
        clock.advanceMs(10);

        assertThat(sent.next(time, clock.nanoTime()))
                .isEqualTo(new RtcpWriter.SenderInfo(NtpTime.of(clock.instant()), 5960 + 480, 2, 150));
        assertThat(sent.next(time, clock.nanoTime()))
                .as("sent in the interval before")
                .isNotNull();
        assertThat(sent.next(time, clock.nanoTime()))
                .as("a receiver report is due")
                .isNull();
    }

    /** RFC 3550, A.8, in timestamp units: 16 ms late is 768 units at 48 kHz, and a sixteenth of that is 48. */
    @Test
    void shouldMeasureJitterAcrossATimestampWrap() {
        InterarrivalJitter jitter = InterarrivalJitter.ofClock(48_000);
        jitter.onPacket(-960, 0);
        jitter.onPacket(0, 36 * NanoClock.NS_PER_MS);

        assertThat(jitter.jitterMs()).isEqualTo(1.0, within(1e-9));
        assertThat(jitter.jitterUnits(48_000)).isEqualTo(48);
        assertThat(new ReportBlock(1, 0, 0, 0, 480, 0, 0).jitterMs(48_000)).isEqualTo(10.0);
    }

    @Test
    void shouldKeepJitterOfAHostileSenderWithin32Bits() {
        InterarrivalJitter jitter = InterarrivalJitter.ofClock(48_000);
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            jitter.onPacket(random.nextInt(), i);
            assertThat(jitter.jitterMs()).isFinite().isNotNegative();
        }
        assertThat(Integer.toUnsignedLong(jitter.jitterUnits(48_000))).isPositive();
    }

    @Test
    void shouldReportTheFractionIn256ths() {
        assertThat(new ReportBlock(1, 64, 0, 0, 0, 0, 0).lossPercent()).isEqualTo(25.0);
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        SenderStats sent = new SenderStats(48_000);
        source(PEER);
        int[] sequence = {0};
        assertThat(Allocation.bytesPerRun(20_000, 10_000, () -> {
                    packet(sequence[0]++);
                    sent.onPacket(sequence[0], 80, clock.nanoTime());
                }))
                .isLessThan(1);
    }

    /** A reader on another thread never sees a mixture of two updates. */
    @Test
    @Timeout(60)
    void shouldNeverMixTwoUpdates() throws InterruptedException {
        SnapshotLongs shared = new SnapshotLongs(4);
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = new Thread(
                () -> {
                    long[] numbers = new long[4];
                    for (long n = 1; n <= 300_000; n++) {
                        Arrays.fill(numbers, n);
                        shared.write(numbers);
                    }
                    over.set(true);
                },
                "writes");
        writer.setDaemon(true);
        writer.start();
        long[] seen = new long[4];
        while (!over.get()) {
            shared.read(seen);
            assertThat(seen[0] == seen[1] && seen[1] == seen[2] && seen[2] == seen[3])
                    .isTrue();
        }
        writer.join();
        shared.read(seen);
        assertThat(seen).containsOnly(300_000);
    }
}
