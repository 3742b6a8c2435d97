package voiptui.audio;

/**
 * A sink's time slots on the grid of a {@link FramePacer}: awaited before the frame is chosen, used up by writing it.
 *
 * <p>Owned by the playout thread.
 */
public final class PlayoutSlot {

    private final FramePacer pacer;
    private boolean reached;

    /** Creates the slots of one sink. */
    public PlayoutSlot(FramePacer pacer) {
        this.pacer = pacer;
    }

    /** Blocks until the next unused slot; returns false when the pacer was closed. */
    public boolean await() {
        reached = reached || pacer.awaitTurn();
        return reached;
    }

    /** As {@link #await}, and uses the slot up. */
    public boolean use() {
        boolean inTime = await();
        reached = false;
        return inTime;
    }
}
