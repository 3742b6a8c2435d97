package voiptui.report;

import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;

/**
 * What there is to say about all that a client sees: its calls, its line to the relay, and the phone around them.
 *
 * <p>Immutable; any thread. What happened before decides how some of it is said: {@link #after}.
 */
public final class EventText {

    private final String relay;
    private final String peer;
    private final boolean byName;
    private final CallText call;
    private final SessionText line;
    private final PhoneText phone;

    /**
     * Words about a call, or about a phone and its calls one after the other.
     *
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it; an empty string for a phone
     * @param zone for times of day
     */
    public EventText(String relay, String peer, ZoneId zone) {
        this(relay, peer, false, new SessionText(relay), new PhoneText(zone));
    }

    private EventText(String relay, String peer, boolean byName, SessionText line, PhoneText phone) {
        this.relay = relay;
        this.peer = peer;
        this.byName = byName;
        this.call = new CallText(relay, peer, byName);
        this.line = line;
        this.phone = phone;
    }

    /** The words from {@code event} on: about another call, or at a relay that speaks another protocol. */
    public EventText after(Event event) {
        if (event instanceof PhoneEvent.CallStarted began) {
            return new EventText(relay, began.peer(), byName, line, phone);
        } else if (event instanceof SessionEvent.SignedIn && !byName) {
            return new EventText(relay, peer, true, line, phone);
        } else if (event instanceof SessionEvent.FellBackToClassic && byName) {
            return new EventText(relay, peer, false, line, phone);
        }
        return this;
    }

    /**
     * One line about {@code event}, without the line's end and without anything that could steer a terminal (see {@link
     * Printable}); an empty string when there is nothing to say.
     */
    public String of(Event event) {
        if (event instanceof CallEvent callEvent) {
            return call.of(callEvent);
        } else if (event instanceof SessionEvent lineEvent) {
            return line.of(lineEvent);
        }
        return event instanceof PhoneEvent phoneEvent ? phone.of(phoneEvent) : "";
    }

    /** Whether {@code event} tells of something that a person should look after, or that went wrong. */
    public static boolean isWarning(Event event) {
        return event instanceof CallEvent callEvent && CallText.isWarning(callEvent)
                || event instanceof SessionEvent lineEvent && SessionText.isWarning(lineEvent)
                || event instanceof PhoneEvent phoneEvent && PhoneText.isWarning(phoneEvent);
    }
}
