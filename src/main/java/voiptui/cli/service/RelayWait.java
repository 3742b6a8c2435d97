package voiptui.cli.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.relay.Relay;
import voiptui.report.EventLines;

/**
 * Waits until a relay is to stop, or one of the threads that it needs has ended: then the process should end, too, so that
 * whoever supervises it starts it again. Owned by the main thread.
 */
public final class RelayWait {

    private static final long CHECK_MS = 500;

    private RelayWait() {}

    /**
     * Waits.
     *
     * @param stop decides when the relay is to stop
     * @param log prints the relay's log
     * @throws CommandFailure if a thread has ended; the message is for the operator
     */
    public static void await(RelayShutdown stop, Relay relay, EventLines log)
            throws CommandFailure, InterruptedException {
        List<Thread> needed = new ArrayList<>(relay.neededThreads());
        needed.add(log.thread());
        await(stop.latch(), needed, CHECK_MS);
    }

    static void await(CountDownLatch stop, List<Thread> needed, long checkMs)
            throws CommandFailure, InterruptedException {
        while (!stop.await(checkMs, TimeUnit.MILLISECONDS)) {
            Optional<Thread> ended =
                    needed.stream().filter(thread -> !thread.isAlive()).findFirst();
            if (ended.isPresent()) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "internal error: the thread " + ended.get().getName() + " has ended; restart the relay");
            }
        }
    }
}
