package voiptui.report;

import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;

/**
 * Texts for users about every event of a client: its calls, its session with the relay and the phone around them.
 *
 * <p>Immutable; any thread. Some texts depend on earlier events: {@link #after}.
 */
public final class EventText {

    private final String relay;
    private final String peer;
    private final boolean isV2;
    private final CallText call;
    private final SessionText session;
    private final PhoneText phone;

    /**
     * Creates the texts of a call, or of a phone and its successive calls.
     *
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it; an empty string for a phone
     * @param zone time zone of times in the texts
     */
    public EventText(String relay, String peer, ZoneId zone) {
        this(relay, peer, false, new SessionText(relay), new PhoneText(zone));
    }

    private EventText(String relay, String peer, boolean isV2, SessionText session, PhoneText phone) {
        this.relay = relay;
        this.peer = peer;
        this.isV2 = isV2;
        this.call = new CallText(relay, peer, isV2);
        this.session = session;
        this.phone = phone;
    }

    /** Returns the texts to use from {@code event} on: for another call, or another protocol. */
    public EventText after(Event event) {
        if (event instanceof PhoneEvent.CallStarted started) {
            return new EventText(relay, started.peer(), isV2, session, phone);
        } else if (event instanceof SessionEvent.RelayChanged changed) {
            return new EventText(changed.to(), peer, isV2, new SessionText(changed.to()), phone);
        } else if (event instanceof SessionEvent.SignedIn && !isV2) {
            return new EventText(relay, peer, true, session, phone);
        } else if (event instanceof SessionEvent.FellBackToClassic && isV2) {
            return new EventText(relay, peer, false, session, phone);
        }
        return this;
    }

    /**
     * Returns one line about {@code event}, printable (see {@link Printable}) and without a line terminator; an empty string
     * when there is nothing to report.
     */
    public String of(Event event) {
        if (event instanceof CallEvent callEvent) {
            return call.of(callEvent);
        } else if (event instanceof SessionEvent sessionEvent) {
            return session.of(sessionEvent);
        } else if (event instanceof VoiceEvent voiceEvent) {
            return new QualityText(peer).of(voiceEvent);
        }
        return event instanceof PhoneEvent phoneEvent ? phone.of(phoneEvent) : "";
    }

    /** Returns whether {@code event} reports a failure or something that needs attention. */
    public static boolean isWarning(Event event) {
        return event instanceof CallEvent callEvent && CallText.isWarning(callEvent)
                || event instanceof VoiceEvent voiceEvent && QualityText.isWarning(voiceEvent)
                || event instanceof SessionEvent sessionEvent && SessionText.isWarning(sessionEvent)
                || event instanceof PhoneEvent phoneEvent && PhoneText.isWarning(phoneEvent);
    }
}
