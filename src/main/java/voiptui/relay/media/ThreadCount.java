package voiptui.relay.media;

/**
 * How many media threads there are to be.
 *
 * @param count from 1 to {@value #MAX}
 * @param isExplicit whether the operator has asked for that many, and wants to know if there cannot be
 */
public record ThreadCount(int count, boolean isExplicit) {

    /** The most. */
    public static final int MAX = 8;

    /** One. */
    public static final ThreadCount ONE = new ThreadCount(1, false);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is out of range; the message is for the user
     */
    public ThreadCount {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException("the media threads must be from 1 to " + MAX + ", not " + count);
        }
    }

    /**
     * Returns one less than this machine has processors, at least 1 and at most {@value #MAX}: the system and the control thread need
     * one, and media threads that share it take more time for each packet.
     */
    public static ThreadCount ofThisMachine() {
        return ofProcessors(Runtime.getRuntime().availableProcessors());
    }

    static ThreadCount ofProcessors(int processors) {
        return new ThreadCount(Math.max(1, Math.min(MAX, processors - 1)), false);
    }

    /** Returns that many, as the operator wants. */
    public static ThreadCount of(int count) {
        return new ThreadCount(count, true);
    }
}
