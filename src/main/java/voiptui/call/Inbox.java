package voiptui.call;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Work that other threads hand to a thread which has deadlines of its own, such as the thread of a call. Any thread may
 * {@link #post}; the rest belongs to the owner.
 */
public final class Inbox {

    private final Thread owner;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();

    /**
     * Creates an empty inbox.
     *
     * @param owner does the work; need not be started yet
     */
    public Inbox(Thread owner) {
        this.owner = owner;
    }

    /** Adds work and wakes the owner. */
    public void post(Runnable work) {
        posted.add(work);
        wake();
    }

    /** Ends the owner's current or next {@link #await}. */
    public void wake() {
        LockSupport.unpark(owner);
    }

    /** Does the work in the order in which it was posted, until nothing is left or {@code over} holds. */
    public void runAll(BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            Runnable work = posted.poll();
            if (work == null) {
                return;
            }
            work.run();
        }
    }

    /** Waits for work or a {@link #wake}, at most {@code ns} nanoseconds; may return early. */
    public void await(long ns) {
        if (posted.isEmpty()) {
            LockSupport.parkNanos(this, ns);
        }
    }
}
