package voiptui.testkit;

import java.util.ArrayList;
import java.util.List;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;

/** What was published on a bus. */
public final class Events {

    private static final long TIMEOUT_MS = 10_000;

    private final Subscription subscription;

    public Events(EventBus bus) {
        this.subscription = bus.subscribe();
    }

    /** All events that wait, the facts of them complete. */
    public List<Event> take() {
        List<Event> events = new ArrayList<>();
        for (Event event = subscription.poll(); event != null; event = subscription.poll()) {
            events.add(event);
        }
        return events;
    }

    /** The next event of {@code type}, waiting for it; the ones before it are dropped. */
    public <E extends Event> E await(Class<E> type) {
        long deadlineNs = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
        while (deadlineNs - System.nanoTime() > 0) {
            Event event = subscription.poll(100);
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " within " + TIMEOUT_MS + " ms");
    }

    /** Waits for this very event; the ones before it are dropped. */
    public void awaitMatching(Event wanted) {
        Event last;
        do {
            last = await(wanted.getClass());
        } while (!last.equals(wanted));
    }
}
