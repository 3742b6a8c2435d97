package voiptui.cli.run;

import voiptui.cli.exit.CommandFailure;
import voiptui.event.Command;
import voiptui.event.EndReason;

/**
 * A call under way, whichever protocol it is made in. Its events are on the bus it was made with.
 *
 * <p>{@link #start} and {@link #awaitEnd} belong to the thread of the command; the others may come from any.
 */
public interface CallRun {

    /** Begins. */
    void start();

    /** Does what the user asks for; returns at once. */
    void command(Command command);

    /** Ends it for {@code reason}, soon; returns at once. */
    void hangUp(EndReason reason);

    /**
     * Waits until it is over and everything is closed.
     *
     * @return why it ended
     * @throws CommandFailure when it turned out that it cannot be made at all
     */
    EndReason awaitEnd() throws CommandFailure, InterruptedException;
}
