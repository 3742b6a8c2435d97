package voiptui.event;

import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Carries events from the threads that see them to the subscribers that show them.
 *
 * <p>{@link #publish} may be called from any thread, the audio and network threads among them: it takes no lock, waits
 * for nobody and hands over a reference. Each subscriber drains its own {@link Subscription} on a thread of its own.
 */
public final class EventBus {

    private final CopyOnWriteArrayList<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Hands {@code event} to every subscription that is open now. */
    public void publish(Event event) {
        for (Subscription subscription : subscriptions) {
            subscription.offer(event);
        }
    }

    /** Opens a subscription that sees all events published from now on, until it is closed. */
    public Subscription subscribe() {
        Subscription subscription = new Subscription(subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }
}
