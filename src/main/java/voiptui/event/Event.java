package voiptui.event;

/**
 * An immutable fact about a call, the line to a relay, a phone or a relay, published on the {@link EventBus} by the thread that saw it.
 *
 * <p>There are two kinds. A <em>fact</em> (a change of state, a warning) reaches every subscriber, in order, always. A
 * <em>reading</em> (a level, a gauge, a total) may be overtaken by a newer one of its type before a slow subscriber
 * looks: only the latest counts.
 */
public sealed interface Event permits CallEvent, SessionEvent, PhoneEvent, RelayEvent {

    /** The event's name in JSON Lines and in the documentation, in {@code snake_case}. */
    String eventName();

    /** Whether a newer event of the same type replaces this one in a queue (a reading), or not (a fact). */
    default boolean isReading() {
        return false;
    }
}
