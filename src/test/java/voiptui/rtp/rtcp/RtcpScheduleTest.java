package voiptui.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Allocation;

class RtcpScheduleTest {

    /** Both directions at 96 kbit/s: 5 % are 1,200 bytes a second. */
    private static final int BITS_PER_SECOND = 192_000;
    /** Wide enough that the minimum interval rules. */
    private static final int SMALL = 100;

    private final RtcpSchedule schedule = new RtcpSchedule(new Random(1), BITS_PER_SECOND);
    private long nowMs = -7_777;

    private long nowNs() {
        return nowMs * NS_PER_MS;
    }

    /** Advances millisecond by millisecond to the next report, and sends it. */
    private long report(int bytes) {
        long fromMs = nowMs;
        while (!schedule.isDue(nowNs())) {
            nowMs++;
            assertThat(nowMs - fromMs).as("a report comes").isLessThan(100_000);
        }
        schedule.onReport(nowNs(), bytes);
        return nowMs - fromMs;
    }

    private List<Long> reports(int count, int bytes) {
        List<Long> intervals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            intervals.add(report(bytes));
        }
        return intervals;
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(Double.NaN);
    }

    @Test
    void shouldDoNothingBeforeTheStart() {
        assertThat(schedule.isDue(nowNs())).isFalse();
        assertThat(schedule.requestEarly(nowNs())).isFalse();
    }

    /** RFC 3550, 6.2: half the interval before the first report; 0.5 to 1.5 of it, over 1.21828. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReportSoonAfterTheStart(long seed) {
        RtcpSchedule seeded = new RtcpSchedule(new Random(seed), BITS_PER_SECOND);
        seeded.start(0);
        long atMs = 0;
        while (!seeded.isDue(atMs * NS_PER_MS)) {
            atMs++;
        }
        assertThat(atMs).isBetween(205L, 617L);
    }

    @Test
    void shouldReportOnceASecondOnAverage() {
        schedule.start(nowNs());
        report(SMALL);
        List<Long> intervals = reports(3_000, SMALL);

        assertThat(mean(intervals)).isEqualTo(1000, within(30.0));
        assertThat(intervals).allSatisfy(ms -> assertThat(ms).isBetween(410L, 1_500L));
        assertThat(intervals.stream().distinct().count()).as("randomised").isGreaterThan(300);
    }

    /** Two members share 5 % of the bandwidth: a packet of 200 bytes, lower layers included, every four seconds at 16 kbit/s. */
    @Test
    void shouldKeepToItsShareOfTheBandwidth() {
        RtcpSchedule narrow = new RtcpSchedule(new Random(2), 16_000);
        narrow.start(0);
        long atMs = 0;
        int reports = 0;
        for (; reports < 2_000; atMs++) {
            if (narrow.isDue(atMs * NS_PER_MS)) {
                narrow.onReport(atMs * NS_PER_MS, 172);
                reports++;
            }
        }
        double bytesPerSecond = 2_000 * 200 / (atMs / 1000.0);
        assertThat(bytesPerSecond).as("half of 5 % of 2,000 bytes a second").isEqualTo(50, within(2.0));
    }

    @Test
    void shouldFollowTheLengthOfThePackets() {
        RtcpSchedule narrow = new RtcpSchedule(new Random(3), 16_000);
        narrow.start(0);
        long[] at = new long[401];
        int reports = 0;
        for (long atMs = 0; reports <= 400; atMs++) {
            if (narrow.isDue(atMs * NS_PER_MS)) {
                at[reports] = atMs;
                narrow.onReport(atMs * NS_PER_MS, reports < 200 ? 172 : 372);
                reports++;
            }
        }
        double before = (at[200] - at[50]) / 150.0;
        double after = (at[400] - at[250]) / 150.0;
        assertThat(after / before).isEqualTo(2, within(0.2));
    }

    @Test
    void shouldSendAnEarlyReportAtOnce() {
        schedule.start(nowNs());
        report(SMALL);
        nowMs += 250;
        assertThat(schedule.isDue(nowNs())).isFalse();
        assertThat(schedule.requestEarly(nowNs())).isTrue();
        assertThat(schedule.nextNs()).isEqualTo(nowNs());
        assertThat(schedule.isDue(nowNs())).isTrue();
        schedule.onReport(nowNs(), SMALL);
        assertThat(schedule.isDue(nowNs())).isFalse();
    }

    @Test
    void shouldKeepAGapBeforeAnEarlyReport() {
        schedule.start(nowNs());
        report(SMALL);
        nowMs += 50;
        assertThat(schedule.requestEarly(nowNs())).isTrue();
        assertThat(schedule.requestEarly(nowNs())).as("once is enough").isTrue();
        assertThat(report(SMALL)).isEqualTo(RtcpSchedule.EARLY_GAP_MS - 50);
    }

    /** RFC 4585, 3.5.2: the next regular report is skipped, and there is no second early one before the one after it. */
    @Test
    void shouldAllowOneEarlyReportPerRegularOne() {
        schedule.start(nowNs());
        report(SMALL);
        nowMs += 250;
        schedule.requestEarly(nowNs());
        report(SMALL);

        nowMs += 250;
        assertThat(schedule.requestEarly(nowNs())).isFalse();
        assertThat(report(SMALL)).isGreaterThan(100);

        nowMs += 250;
        assertThat(schedule.requestEarly(nowNs())).isTrue();
        assertThat(report(SMALL)).isZero();
    }

    /** A request shortly before a regular report needs no other. */
    @Test
    void shouldLeaveARequestToARegularReportThatIsDue() {
        schedule.start(nowNs());
        report(SMALL);
        nowMs = schedule.nextNs() / NS_PER_MS + 1;
        assertThat(schedule.requestEarly(nowNs())).isTrue();
        report(SMALL);
        nowMs += 250;
        assertThat(schedule.requestEarly(nowNs())).as("none was spent").isTrue();
    }

    /** However often something happens, there are hardly more reports than without. */
    @Test
    void shouldNotReportMoreOftenForManyRequests() {
        schedule.start(nowNs());
        long fromMs = nowMs;
        int reports = 0;
        long lastMs = Long.MIN_VALUE / 2;
        while (nowMs < fromMs + 600_000) {
            schedule.requestEarly(nowNs());
            if (schedule.isDue(nowNs())) {
                assertThat(nowMs - lastMs).isGreaterThanOrEqualTo(100);
                lastMs = nowMs;
                schedule.onReport(nowNs(), SMALL);
                reports++;
            }
            nowMs++;
        }
        assertThat(reports).isBetween(500, 900);
    }

    @Test
    void shouldNotAllocate() {
        schedule.start(nowNs());
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    nowMs += 20;
                    schedule.requestEarly(nowNs());
                    if (schedule.isDue(nowNs())) {
                        schedule.onReport(nowNs(), SMALL);
                    }
                }))
                .isLessThan(1);
    }
}
