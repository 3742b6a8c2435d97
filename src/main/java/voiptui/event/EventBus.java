package voiptui.event;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Carries events from the threads that observe them to the subscribers that display or log them.
 *
 * <p>Any thread may call {@link #publish}, including audio and network threads: it takes no lock, never blocks and only
 * passes a reference. Each subscriber polls its {@link Subscription} on its own thread.
 */
public final class EventBus {

    private final CopyOnWriteArrayList<Subscription> subscriptions;
    private final Predicate<Event> admits;

    /** Creates a bus without subscribers. */
    public EventBus() {
        this(new CopyOnWriteArrayList<>(), any -> true);
    }

    private EventBus(CopyOnWriteArrayList<Subscription> subscriptions, Predicate<Event> admits) {
        this.subscriptions = subscriptions;
        this.admits = admits;
    }

    /**
     * Returns a bus with the same subscribers that drops some events.
     *
     * @param filter returns which events pass; called by the publishing thread, and must not block
     */
    public EventBus filtered(Predicate<Event> filter) {
        return new EventBus(subscriptions, filter);
    }

    /** Passes {@code event} to every open subscription. */
    public void publish(Event event) {
        if (!admits.test(event)) {
            return;
        }
        for (Subscription subscription : subscriptions) {
            subscription.offer(event);
        }
    }

    /** Opens a subscription to all events published from now on, until it is closed. */
    public Subscription subscribe() {
        return subscribe(Subscription.Readings.AT_ONCE);
    }

    /** Opens a subscription to the facts published from now on, and to readings as {@code readings} says, until it is closed. */
    public Subscription subscribe(Subscription.Readings readings) {
        Subscription subscription = new Subscription(readings, subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }
}
