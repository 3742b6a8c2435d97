package voiptui.call;

import voiptui.event.Command;
import voiptui.event.EndReason;

/**
 * A call, or a phone that makes and answers calls, in either protocol, as its front end sees it. Everything that happens is
 * published on the event bus that it was created with.
 *
 * <p>{@link #start} and {@link #awaitEnd} belong to the thread of the front end; {@link #command} and {@link #hangUp} may
 * be called on any thread.
 */
public interface RunningCall {

    /** Starts the call. Called once. */
    void start();

    /** Carries out a command of the user; returns at once. */
    void command(Command command);

    /** Asks the call to end for {@code reason}; returns at once. */
    void hangUp(EndReason reason);

    /**
     * Waits until the call has ended and its devices, files and sockets are closed.
     *
     * @return why it ended
     * @throws CallSetupException when the call could not be set up at all
     */
    EndReason awaitEnd() throws CallSetupException, InterruptedException;
}
