package voiptui.tui.call.model;

/**
 * The key of push to talk, held down. Immutable. Its release may get lost with the focus or the connection; so what a held key sends
 * again and again must go on, or it counts as released.
 *
 * @param seenMs when the terminal last reported it, in milliseconds since 1970
 * @param repeats whether the terminal reports it again and again, as far as is known
 */
public record TalkKey(long seenMs, boolean repeats) {

    /** How long a key that repeats may be silent, in milliseconds. Keys repeat every 20 to 100 ms; a network may stall. */
    public static final long REPEAT_MS = 2_000;
    /** How long a key is believed to be down that does not repeat, in milliseconds. */
    public static final long HOLD_MS = 60_000;

    /** A key that has just been pressed. */
    public static TalkKey pressed(long nowMs) {
        return new TalkKey(nowMs, false);
    }

    /** Returns the key after it has repeated. */
    public TalkKey repeated(long nowMs) {
        return new TalkKey(nowMs, true);
    }

    /** Returns the key after another one was pressed, which ends its repetition. */
    public TalkKey interrupted() {
        return new TalkKey(seenMs, false);
    }

    /** Returns whether its release must have been lost. */
    public boolean isLost(long nowMs) {
        return nowMs - seenMs >= (repeats ? REPEAT_MS : HOLD_MS);
    }
}
