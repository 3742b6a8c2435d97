package voiptui.natives;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Something that native code has allocated: used by one thread at a time, and freed exactly once.
 *
 * <p>Any thread may close it, also while it is used, and none waits: whoever uses it then frees it when leaving. Allocates nothing.
 */
public final class NativeHandle implements AutoCloseable {

    private static final int IDLE = 0;
    private static final int IN_USE = 1;
    private static final int CLOSED = 2;

    private final long address;
    private final LongConsumer free;
    private final AtomicInteger state = new AtomicInteger(IDLE);

    /**
     * Takes over what was allocated.
     *
     * @param free takes the address and frees what is there; called once, by the thread that closes or leaves
     */
    public NativeHandle(long address, LongConsumer free) {
        this.address = address;
        this.free = free;
    }

    /** Returns whether it may be used until {@link #leave}, which must follow then: it is neither closed nor used by another thread. */
    public boolean enter() {
        return state.compareAndSet(IDLE, IN_USE);
    }

    /** Returns the address; only between {@link #enter} and {@link #leave}. */
    public long address() {
        return address;
    }

    /** Ends a use. Frees it if it was closed meanwhile. */
    public void leave() {
        if (!state.compareAndSet(IN_USE, IDLE)) {
            free.accept(address);
        }
    }

    /** Returns whether it is closed: it is not used any more, apart from a use that had begun before. */
    public boolean isClosed() {
        return state.get() == CLOSED;
    }

    /** Frees it, or leaves that to the thread that uses it. May be called again. */
    @Override
    public void close() {
        if (state.getAndSet(CLOSED) == IDLE) {
            free.accept(address);
        }
    }
}
