package voiptui.report;

import java.util.function.Predicate;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;

/**
 * A subscriber of the bus on a thread of its own, which prints.
 *
 * <p>Subscribes when it is made, so that nothing published after that is missed; ends with the event that is the last one,
 * or with {@link #close}.
 */
public final class EventLines implements AutoCloseable {

    private static final long POLL_MS = 100;
    private static final long JOIN_MS = 2000;

    /** What is done with each event, and in between. */
    public interface Printer {

        /** Prints what there is to say about {@code event}, if anything. */
        void onEvent(Event event);

        /** Called about ten times a second, for what does not come from the bus. */
        default void onIdle() {}
    }

    private final Subscription subscription;
    private final Printer printer;
    private final Predicate<Event> isLast;
    private final Thread thread;

    private EventLines(EventBus bus, String threadName, Printer printer, Predicate<Event> isLast) {
        this.subscription = bus.subscribe();
        this.printer = printer;
        this.isLast = isLast;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    /**
     * Subscribes and starts.
     *
     * @param isLast tells the event after which nothing more will come
     */
    public static EventLines start(EventBus bus, String threadName, Printer printer, Predicate<Event> isLast) {
        EventLines lines = new EventLines(bus, threadName, printer, isLast);
        lines.thread.start();
        return lines;
    }

    private void run() {
        while (true) {
            // Looked at before the queue is: what came before the closing is printed.
            boolean closed = subscription.isClosed();
            Event event = subscription.poll(POLL_MS);
            if (event != null) {
                printer.onEvent(event);
                if (isLast.test(event)) {
                    return;
                }
            } else if (closed) {
                return;
            }
            printer.onIdle();
        }
    }

    /** Waits until the last event is printed, at most two seconds. */
    public void awaitLast() throws InterruptedException {
        thread.join(JOIN_MS);
    }

    /** Prints what has come so far, and ends. */
    @Override
    public void close() {
        subscription.close();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
