package voiptui.audio;

/**
 * A sink's time slots on the grid of a {@link FramePacer}: awaited before the frame is chosen, used up by writing it.
 *
 * <p>Owned by the playout thread.
 */
public final class PlayoutSlot {

    private final FramePacer pacer;
    private final int slotsAtOnce;
    private int reached;

    /** Creates the slots of one sink. */
    public PlayoutSlot(FramePacer pacer) {
        this(pacer, 1);
    }

    /**
     * As above, several slots at a time, so that the thread sleeps once for all of them.
     *
     * @param slotsAtOnce at least 1
     */
    public PlayoutSlot(FramePacer pacer, int slotsAtOnce) {
        this.pacer = pacer;
        this.slotsAtOnce = slotsAtOnce;
    }

    /** Blocks until the next unused slot; returns false when the pacer was closed. */
    public boolean await() {
        if (reached == 0) {
            reached = pacer.awaitTurns(slotsAtOnce) ? slotsAtOnce : 0;
        }
        return reached > 0 && !pacer.isClosed();
    }

    /** As {@link #await}, and uses the slot up. */
    public boolean use() {
        boolean inTime = await();
        reached = Math.max(0, reached - 1);
        return inTime;
    }
}
