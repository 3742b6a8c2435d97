package voiptui.protocol;

/**
 * Tells a counter that was not seen yet from one that was, or that is too old to tell: the sliding window of RFC 4303,
 * 3.4.3, 64 wide. Owned by one thread.
 */
public final class ReplayWindow {

    private static final int WIDTH = Long.SIZE;

    private long newest;
    private long seen;

    /** Takes {@code counter}, which is from 1 on; {@code false} when it was there before or is too old. */
    public boolean accept(long counter) {
        if (counter <= 0) {
            return false;
        }
        if (counter > newest) {
            long ahead = counter - newest;
            seen = ahead >= WIDTH ? 1 : seen << ahead | 1;
            newest = counter;
            return true;
        }
        long behind = newest - counter;
        if (behind >= WIDTH || (seen & 1L << behind) != 0) {
            return false;
        }
        seen |= 1L << behind;
        return true;
    }

    /** The highest counter so far; 0 before the first. */
    public long newest() {
        return newest;
    }

    /** Makes all counters up to {@code counter} old. */
    public void forget(long counter) {
        if (counter > newest) {
            newest = counter;
        }
        seen = -1L;
    }
}
