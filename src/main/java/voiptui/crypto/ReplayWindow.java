package voiptui.crypto;

/**
 * The packets of one source that were accepted, so that none is accepted twice (RFC 3711, 3.3.2). Remembers the newest 1,024, more
 * than 20 s of audio: packets may be late when the path changes. Older ones are refused. Owned by one thread.
 */
final class ReplayWindow {

    static final int PACKETS = 1024;

    private final long[] accepted = new long[PACKETS / Long.SIZE];
    /** The newest index; -1: none. */
    private long newest = -1;

    /** Returns whether a packet with this index may be accepted, if it is authentic. */
    boolean isNew(long index) {
        if (index > newest) {
            return true;
        }
        return newest - index < PACKETS && (accepted[word(index)] & bit(index)) == 0;
    }

    /** Records a packet that was found new and authentic. */
    void accept(long index) {
        if (index > newest) {
            long from = Math.max(newest + 1, index - PACKETS + 1);
            for (long skipped = from; skipped <= index; skipped++) {
                accepted[word(skipped)] &= ~bit(skipped);
            }
            newest = index;
        }
        accepted[word(index)] |= bit(index);
    }

    /** Returns the newest index accepted; -1: none. */
    long newest() {
        return newest;
    }

    private static int word(long index) {
        return (int) (index % PACKETS) / Long.SIZE;
    }

    private static long bit(long index) {
        return 1L << index % Long.SIZE;
    }
}
