package voiptui.rtp;

import java.time.Instant;
import java.time.InstantSource;
import voiptui.time.NanoClock;

/**
 * Time as RTCP tells it: seconds since 1900 in the upper half, their fraction in the lower (RFC 3550, 4).
 *
 * <p>It follows the wall clock as it was when this was made, and from then on the monotonic one: a clock that is set during
 * a call makes no round trip longer or shorter. Any thread.
 */
public final class NtpTime {

    /** Units of {@link #middle} in a second. */
    public static final int UNITS_PER_SECOND = 65_536;

    /** From 1900 to 1970. */
    private static final long EPOCH_SECONDS = 2_208_988_800L;

    private final Instant begin;
    private final long beginNs;

    /**
     * Takes the time of day once.
     *
     * @param wallClock the time of day
     * @param clock what goes on from there, and what all moments here are told by
     */
    public NtpTime(InstantSource wallClock, NanoClock clock) {
        this.begin = wallClock.instant();
        this.beginNs = clock.nanoTime();
    }

    /** The timestamp of a moment of the monotonic clock. */
    public long at(long nanoTime) {
        return of(begin.plusNanos(nanoTime - beginNs));
    }

    /** The timestamp of a moment; it wraps in 2036. */
    public static long of(Instant moment) {
        return moment.getEpochSecond() + EPOCH_SECONDS << 32 | ((long) moment.getNano() << 32) / 1_000_000_000L;
    }

    /** The middle 32 bits of a timestamp: seconds and 1/65,536 of them, round in 18 hours (RFC 3550, 4). */
    public static int middle(long timestamp) {
        return (int) (timestamp >>> 16);
    }

    /** A length of time in the units of {@link #middle}. */
    static long unitsOf(long ns) {
        return ns / 1_000_000_000L * UNITS_PER_SECOND + ns % 1_000_000_000L * UNITS_PER_SECOND / 1_000_000_000L;
    }
}
