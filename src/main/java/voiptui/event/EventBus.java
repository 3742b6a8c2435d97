package voiptui.event;

import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Carries events from the threads that observe them to the subscribers that display or log them.
 *
 * <p>Any thread may call {@link #publish}, including audio and network threads: it takes no lock, never blocks and only
 * passes a reference. Each subscriber polls its {@link Subscription} on its own thread.
 */
public final class EventBus {

    private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Passes {@code event} to every open subscription. */
    public void publish(Event event) {
        for (Subscription subscription : subscriptions) {
            subscription.offer(event);
        }
    }

    /** Opens a subscription to all events published from now on, until it is closed. */
    public Subscription subscribe() {
        Subscription subscription = new Subscription(subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }
}
