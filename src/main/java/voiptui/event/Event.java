package voiptui.event;

/**
 * An immutable statement about a call, a session, a phone or a relay, published on the {@link EventBus} by the thread that
 * observed it.
 *
 * <p>There are two kinds. Every subscriber receives each <em>fact</em> (a state change, a warning), in order. A newer
 * <em>reading</em> (a level, a gauge, a total) replaces an older one of the same type that a slow subscriber has not
 * polled yet.
 */
public sealed interface Event permits CallEvent, VoiceEvent, SessionEvent, PhoneEvent, RelayEvent {

    /** Returns the event's name in JSON Lines and in the manual, in {@code snake_case}. */
    String eventName();

    /** Returns whether this is a reading, which a newer event of the same type replaces, rather than a fact. */
    default boolean isReading() {
        return false;
    }
}
