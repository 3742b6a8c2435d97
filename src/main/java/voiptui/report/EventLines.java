package voiptui.report;

import java.util.function.Predicate;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.event.Subscription.Readings;

/**
 * Subscribes to the bus and passes events to a printer on a thread of its own.
 *
 * <p>Misses nothing that is published after {@link #start}. Stops after the last event, or with {@link #close}.
 */
public final class EventLines implements AutoCloseable {

    private static final long POLL_MS = 100;
    /** How long to wait where nothing but events is looked for, in milliseconds. */
    private static final long WAIT_MS = 60_000;

    private static final long JOIN_MS = 2000;

    /** Prints events. Called on the printing thread only. */
    public interface Printer {

        /** Prints {@code event}, if there is anything to report. */
        void onEvent(Event event);

        /** Returns which readings it gets; asked once. */
        default Readings readings() {
            return Readings.AT_ONCE;
        }

        /** Called about ten times a second, for output that no event triggers; seldom if it gets no readings. */
        default void onIdle() {}
    }

    private final Subscription subscription;
    private final long pollMs;
    private final Printer printer;
    private final Predicate<Event> isLast;
    private final Thread thread;

    private EventLines(EventBus bus, String threadName, Printer printer, Predicate<Event> isLast) {
        Readings readings = printer.readings();
        this.subscription = bus.subscribe(readings);
        this.pollMs = readings == Readings.NONE ? WAIT_MS : POLL_MS;
        this.printer = printer;
        this.isLast = isLast;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    /**
     * Subscribes and starts the thread.
     *
     * @param isLast recognizes the last event
     */
    public static EventLines start(EventBus bus, String threadName, Printer printer, Predicate<Event> isLast) {
        EventLines lines = new EventLines(bus, threadName, printer, isLast);
        lines.thread.start();
        return lines;
    }

    private void run() {
        while (true) {
            // Read before polling, so that everything published before close() is printed.
            boolean closed = subscription.isClosed();
            Event event = subscription.poll(pollMs);
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

    /** Returns the printing thread. It ends after the last event only, unless the printer fails. */
    public Thread thread() {
        return thread;
    }

    /** Waits until the last event is printed, for at most two seconds. */
    public void awaitLast() throws InterruptedException {
        thread.join(JOIN_MS);
    }

    /** Prints the events published so far, then stops. */
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
