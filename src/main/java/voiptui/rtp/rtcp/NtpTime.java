package voiptui.rtp.rtcp;

import java.time.Instant;
import java.time.InstantSource;
import voiptui.time.NanoClock;

/**
 * NTP timestamps for RTCP: seconds since 1900 in the upper 32 bits, the fraction in the lower (RFC 3550, 4).
 *
 * <p>Reads the wall clock once, when created, and follows the monotonic clock from then on: setting the wall clock during a
 * call does not distort round trips. Any thread.
 */
public final class NtpTime {

    /** Units of {@link #middle} per second. */
    public static final int UNITS_PER_SECOND = 65_536;

    /** From 1900 to 1970. */
    private static final long EPOCH_SECONDS = 2_208_988_800L;

    private final Instant begin;
    private final long beginNs;

    /**
     * Reads the wall clock.
     *
     * @param wallClock the time of day
     * @param clock the clock of all times passed in
     */
    public NtpTime(InstantSource wallClock, NanoClock clock) {
        this.begin = wallClock.instant();
        this.beginNs = clock.nanoTime();
    }

    /** Returns the NTP timestamp of a time on the monotonic clock. */
    public long at(long nanoTime) {
        return of(begin.plusNanos(nanoTime - beginNs));
    }

    /** Returns the NTP timestamp of an instant; it wraps in 2036. */
    public static long of(Instant moment) {
        return moment.getEpochSecond() + EPOCH_SECONDS << 32 | ((long) moment.getNano() << 32) / 1_000_000_000L;
    }

    /** Returns the middle 32 bits of a timestamp, in 1/65,536 s; they wrap after 18 hours (RFC 3550, 4). */
    public static int middle(long timestamp) {
        return (int) (timestamp >>> 16);
    }

    /** Converts a duration to the units of {@link #middle}. */
    static long unitsOf(long ns) {
        return ns / 1_000_000_000L * UNITS_PER_SECOND + ns % 1_000_000_000L * UNITS_PER_SECOND / 1_000_000_000L;
    }
}
