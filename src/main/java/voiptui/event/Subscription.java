package voiptui.event;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's view of the {@link EventBus}: every fact in order, and, if it wants them, the latest reading of each type.
 *
 * <p>Any thread offers; a single thread polls. The queue of facts is unbounded because facts are never dropped; they are
 * state changes, so their rate follows the call, not its packets. Readings take one slot per type however slow the
 * subscriber is.
 */
public final class Subscription implements AutoCloseable {

    /** What a subscriber does with readings, which come dozens of times a second. */
    public enum Readings {
        /** A reading wakes the subscriber as a fact does. */
        AT_ONCE,
        /** A reading waits until the subscriber polls, or a fact wakes it. */
        WHEN_POLLED,
        /** The subscriber gets facts only. */
        NONE
    }

    private final Queue<Event> facts = new ConcurrentLinkedQueue<>();
    private final Map<Class<?>, AtomicReference<@Nullable Event>> latest = new ConcurrentHashMap<>();
    private final Readings readings;
    private final Consumer<Subscription> onClose;
    private final Consumer<@Nullable Thread> waker;
    private volatile @Nullable Thread poller;
    private volatile boolean closed;

    Subscription(Readings readings, Consumer<Subscription> onClose) {
        this(readings, onClose, LockSupport::unpark);
    }

    /** As above, with {@code waker} to wake the thread that polls. */
    Subscription(Readings readings, Consumer<Subscription> onClose, Consumer<@Nullable Thread> waker) {
        this.readings = readings;
        this.onClose = onClose;
        this.waker = waker;
    }

    void offer(Event event) {
        if (closed) {
            return;
        }
        boolean isReading = event.isReading();
        if (!isReading) {
            facts.add(event);
        } else if (readings != Readings.NONE) {
            slotOf(event.getClass()).set(event);
        }
        if (!isReading || readings == Readings.AT_ONCE) {
            waker.accept(poller);
        }
    }

    private AtomicReference<@Nullable Event> slotOf(Class<?> type) {
        AtomicReference<@Nullable Event> slot = latest.get(type);
        return slot != null ? slot : latest.computeIfAbsent(type, absent -> new AtomicReference<>());
    }

    /** Returns the next event, facts before readings; null: none is available. Never blocks. */
    public @Nullable Event poll() {
        @Nullable Event fact = facts.poll();
        if (fact != null) {
            return fact;
        }
        for (AtomicReference<@Nullable Event> slot : latest.values()) {
            @Nullable Event reading = slot.get() == null ? null : slot.getAndSet(null);
            if (reading != null) {
                return reading;
            }
        }
        return null;
    }

    /**
     * Returns the next event, waiting up to {@code timeoutMs} milliseconds for one.
     *
     * @return the event; null: the timeout expired, the subscription is closed and drained, or the thread was interrupted
     */
    public @Nullable Event poll(long timeoutMs) {
        poller = Thread.currentThread();
        long deadlineNs = System.nanoTime() + timeoutMs * NS_PER_MS;
        while (true) {
            // Read before polling: whatever was offered before close() is in the queue by now.
            boolean wasClosed = closed;
            @Nullable Event event = poll();
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

    /** Returns whether {@link #close} was called. Events offered before that can still be polled. */
    public boolean isClosed() {
        return closed;
    }

    /** Stops accepting events and wakes the polling thread. */
    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        waker.accept(poller);
    }
}
