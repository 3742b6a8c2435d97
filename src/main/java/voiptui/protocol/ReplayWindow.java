package voiptui.protocol;

/**
 * Detects replayed counters: the sliding window of RFC 4303, 3.4.3, 64 wide. Owned by one thread.
 */
public final class ReplayWindow {

    private static final int WIDTH = Long.SIZE;

    private long newest;
    private long seen;

    /** Records a counter, 1 or more; returns false if it was recorded before or is too old. */
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

    /** Returns the highest counter so far; 0 before the first. */
    public long newest() {
        return newest;
    }

    /** Rejects all counters up to {@code counter} from now on. */
    public void forget(long counter) {
        if (counter > newest) {
            newest = counter;
        }
        seen = -1L;
    }
}
