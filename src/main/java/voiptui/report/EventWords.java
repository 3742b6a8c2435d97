package voiptui.report;

import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.LineEvent;
import voiptui.event.PhoneEvent;

/**
 * What there is to say about all that a client sees: its calls, its line to the relay, and the phone around them.
 *
 * <p>Immutable; any thread. What happened before decides how some of it is said: {@link #after}.
 */
public final class EventWords {

    private final String relay;
    private final String peer;
    private final boolean byName;
    private final CallWords call;
    private final LineWords line;
    private final PhoneWords phone;

    /**
     * Words about a call, or about a phone and its calls one after the other.
     *
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it; an empty string for a phone
     * @param zone for times of day
     */
    public EventWords(String relay, String peer, ZoneId zone) {
        this(relay, peer, false, new LineWords(relay), new PhoneWords(zone));
    }

    private EventWords(String relay, String peer, boolean byName, LineWords line, PhoneWords phone) {
        this.relay = relay;
        this.peer = peer;
        this.byName = byName;
        this.call = new CallWords(relay, peer, byName);
        this.line = line;
        this.phone = phone;
    }

    /** The words from {@code event} on: about another call, or at a relay that speaks another protocol. */
    public EventWords after(Event event) {
        if (event instanceof PhoneEvent.CallBegan began) {
            return new EventWords(relay, began.peer(), byName, line, phone);
        } else if (event instanceof LineEvent.SignedIn && !byName) {
            return new EventWords(relay, peer, true, line, phone);
        } else if (event instanceof LineEvent.FellBack && byName) {
            return new EventWords(relay, peer, false, line, phone);
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
        } else if (event instanceof LineEvent lineEvent) {
            return line.of(lineEvent);
        }
        return event instanceof PhoneEvent phoneEvent ? phone.of(phoneEvent) : "";
    }

    /** Whether {@code event} tells of something that a person should look after, or that went wrong. */
    public static boolean isWarning(Event event) {
        return event instanceof CallEvent callEvent && CallWords.isWarning(callEvent)
                || event instanceof LineEvent lineEvent && LineWords.isWarning(lineEvent)
                || event instanceof PhoneEvent phoneEvent && PhoneWords.isWarning(phoneEvent);
    }
}
