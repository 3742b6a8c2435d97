package voiptui.event;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One subscriber's view of the {@link EventBus}: facts in order and complete, readings the latest of each type.
 *
 * <p>Any thread offers; one thread, always the same, polls. The queue of facts has no bound because a fact is never
 * dropped; facts are changes of state, so they come at the pace of a call, not of its packets. Readings take one slot a
 * type however slow the subscriber is.
 */
public final class Subscription implements AutoCloseable {

    private final Queue<Event> facts = new ConcurrentLinkedQueue<>();
    private final Map<Class<?>, AtomicReference<Event>> readings = new ConcurrentHashMap<>();
    private final Consumer<Subscription> onClose;
    private volatile Thread poller;
    private volatile boolean closed;

    Subscription(Consumer<Subscription> onClose) {
        this.onClose = onClose;
    }

    void offer(Event event) {
        if (closed) {
            return;
        }
        if (event.isReading()) {
            slotOf(event.getClass()).set(event);
        } else {
            facts.add(event);
        }
        LockSupport.unpark(poller);
    }

    private AtomicReference<Event> slotOf(Class<?> type) {
        AtomicReference<Event> slot = readings.get(type);
        return slot != null ? slot : readings.computeIfAbsent(type, absent -> new AtomicReference<>());
    }

    /** The next event, facts before readings, or {@code null} when there is none right now. Never waits. */
    public Event poll() {
        Event fact = facts.poll();
        if (fact != null) {
            return fact;
        }
        for (AtomicReference<Event> slot : readings.values()) {
            Event reading = slot.get() == null ? null : slot.getAndSet(null);
            if (reading != null) {
                return reading;
            }
        }
        return null;
    }

    /**
     * The next event, waiting for one up to {@code timeoutMs} milliseconds.
     *
     * @return the event, or {@code null} when none came in time, when the subscription was closed and is drained, or
     *     when the thread was interrupted
     */
    public Event poll(long timeoutMs) {
        poller = Thread.currentThread();
        long deadlineNs = System.nanoTime() + timeoutMs * NS_PER_MS;
        while (true) {
            // Looked at first: what was offered before the closing is in the queue by then.
            boolean wasClosed = closed;
            Event event = poll();
            long leftNs = deadlineNs - System.nanoTime();
            if (event != null
                    || wasClosed
                    || leftNs <= 0
                    || Thread.currentThread().isInterrupted()) {
                return event;
            }
            LockSupport.parkNanos(this, leftNs);
        }
    }

    /** Whether {@link #close} was called. What came before can still be polled. */
    public boolean isClosed() {
        return closed;
    }

    /** Takes no further events, and wakes the polling thread. */
    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        LockSupport.unpark(poller);
    }
}
