package voiptui.audio;

/**
 * A sink's turn on the grid of a {@link FramePacer}: waited for before the frame is chosen, used up by writing it.
 *
 * <p>Owned by the playout thread.
 */
public final class PlayoutSlot {

    private final FramePacer pacer;
    private boolean come;

    public PlayoutSlot(FramePacer pacer) {
        this.pacer = pacer;
    }

    /** Waits for the turn, if it has not come yet; {@code false} when it never will, since the pacer was closed. */
    public boolean await() {
        come = come || pacer.awaitTurn();
        return come;
    }

    /** As {@link #await}, and uses the turn up. */
    public boolean use() {
        boolean mine = await();
        come = false;
        return mine;
    }
}
