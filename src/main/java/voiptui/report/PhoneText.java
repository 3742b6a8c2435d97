package voiptui.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;

/**
 * What there is to say to people about each event of a phone: the same words in plain lines, in a log and on a screen. Who
 * comes and goes is no line: there may be many of them.
 *
 * <p>Immutable; any thread.
 */
public final class PhoneText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId zone;

    /** Words with times of day in this zone. */
    public PhoneText(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * One line about {@code event}, without the line's end and without anything that could steer a terminal (see {@link
     * Printable}); an empty string when there is nothing to say.
     */
    public String of(PhoneEvent event) {
        return Printable.of(words(event));
    }

    /** Whether {@code event} tells of something that a person should look after, or that went wrong. */
    public static boolean isWarning(PhoneEvent event) {
        return event instanceof PhoneEvent.Missed
                || event instanceof PhoneEvent.DialFailed
                || event instanceof PhoneEvent.PhoneStopped off && CallText.isFailure(off.reason());
    }

    private String words(PhoneEvent event) {
        if (event instanceof PhoneEvent.Ready ready) {
            return "phone " + ready.name() + " at relay " + ready.relay()
                    + (ready.autoAnswer() ? "; every call is taken at once" : "");
        } else if (event instanceof PhoneEvent.Incoming incoming) {
            return incoming.from() + " is calling";
        } else if (event instanceof PhoneEvent.RingingEnded ended) {
            return ended.taken()
                    ? ""
                    : "no call with " + ended.from() + (ended.reason().isEmpty() ? "" : ": " + ended.reason());
        } else if (event instanceof PhoneEvent.Missed missed) {
            return "missed a call from " + missed.from() + " at " + timeOfDay(missed.atMs());
        } else if (event instanceof PhoneEvent.CallStarted began) {
            return began.outgoing() ? "calling " + began.peer() : "the call from " + began.peer() + " is taken";
        } else if (event instanceof PhoneEvent.DialFailed not) {
            return "nobody is called: '" + not.to() + "' is " + not.problem();
        } else if (event instanceof PhoneEvent.PhoneStopped off) {
            return "the phone is off: " + why(off);
        }
        return "";
    }

    /** Why a phone is off, as half a sentence, fit to print. */
    public static String why(PhoneEvent.PhoneStopped off) {
        String reason =
                off.reason() == EndReason.QUIT ? "you left" : off.reason().words();
        return Printable.of(
                reason + (off.detail().isEmpty() ? "" : ": " + off.detail()) + CallText.advice(off.reason()));
    }

    /** A day and a time of day in this zone. */
    String moment(long atMs) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(atMs), zone).format(MOMENT);
    }

    /** A time of day in this zone. */
    String timeOfDay(long atMs) {
        return LocalTime.ofInstant(Instant.ofEpochMilli(atMs), zone).format(TIME);
    }
}
