package voiptui.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.SpeechLevel;

/**
 * Texts for users about the events of a phone; plain output, log files and the screen share them. Presence changes have no
 * text: there may be many of them.
 *
 * <p>Immutable; any thread.
 */
public final class PhoneText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId zone;

    /** Creates texts with times in {@code zone}. */
    public PhoneText(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Returns one line about {@code event}, printable (see {@link Printable}) and without a line terminator; an empty string
     * when there is nothing to report.
     */
    public String of(PhoneEvent event) {
        return Printable.of(text(event));
    }

    /** Returns whether {@code event} reports a failure or something that needs attention. */
    public static boolean isWarning(PhoneEvent event) {
        return event instanceof PhoneEvent.Missed
                || event instanceof PhoneEvent.MissedEarlier
                || event instanceof PhoneEvent.DialFailed
                || event instanceof PhoneEvent.NobodyCalled
                || event instanceof PhoneEvent.BlockFailed
                || event instanceof PhoneEvent.FavoriteFailed
                || event instanceof PhoneEvent.UnencryptedRefused
                || event instanceof PhoneEvent.ChangedPeerRefused
                || event instanceof PhoneEvent.ConfirmationNeeded
                || event instanceof PhoneEvent.EchoTest test && isWarning(test)
                || event instanceof PhoneEvent.Incoming incoming && incoming.knownFingerprint() != null
                || event instanceof PhoneEvent.PhoneStopped stopped && CallText.isFailure(stopped.reason());
    }

    private static boolean isWarning(PhoneEvent.EchoTest test) {
        return !test.problem().isEmpty()
                || test.state() == PhoneEvent.EchoTestState.PLAYING && test.level() != SpeechLevel.GOOD;
    }

    private static String text(PhoneEvent.EchoTest test) {
        return switch (test.state()) {
            case OPENING -> "";
            case RECORDING -> "speak now; in a moment you hear yourself";
            case PLAYING ->
                "now you hear yourself"
                        + (test.level() == null
                                ? ""
                                : "; microphone: " + test.level().text());
            case ENDED -> test.problem().isEmpty() ? "" : "test failed: " + test.problem();
        };
    }

    private static String text(PhoneEvent.Incoming incoming) {
        if (incoming.knownFingerprint() == null) {
            return caller(incoming.from(), incoming.anonymous()) + " is calling";
        }
        String known = incoming.knownFingerprint() + (incoming.verified() ? " (verified)" : "");
        return incoming.encrypted()
                ? "WARNING: " + incoming.from() + " is calling, but their fingerprint has changed: was " + known
                        + ", now " + incoming.fingerprint()
                : "WARNING: " + incoming.from()
                        + " is calling, but the call would NOT be encrypted, as earlier ones were with " + known;
    }

    private String text(PhoneEvent event) {
        if (event instanceof PhoneEvent.Ready ready) {
            return "phone " + ready.name() + " at relay " + ready.relay()
                    + (ready.autoAnswer() ? "; answers calls automatically" : "");
        } else if (event instanceof PhoneEvent.Incoming incoming) {
            return text(incoming);
        } else if (event instanceof PhoneEvent.UnencryptedRefused refused) {
            return "refused a call from " + refused.from() + ": it would be "
                    + refused.encryption().text(false);
        } else if (event instanceof PhoneEvent.ChangedPeerRefused refused) {
            return "refused a call from " + refused.from()
                    + (refused.fingerprint() == null
                            ? ", which would NOT be encrypted, as earlier ones were with " + refused.knownFingerprint()
                            : ", whose fingerprint has changed: was " + refused.knownFingerprint() + ", now "
                                    + refused.fingerprint())
                    + "; if that is right, use --accept-changed once";
        } else if (event instanceof PhoneEvent.ConfirmationNeeded needed) {
            return needed.from() + "'s fingerprint has changed: yes answers all the same, reject rejects";
        } else if (event instanceof PhoneEvent.CallRefused refused) {
            return "refused an anonymous caller at " + refused.from();
        } else if (event instanceof PhoneEvent.RingingEnded ended) {
            // A missed call has an event of its own.
            return ended.answered() || ended.missed() ? "" : notAnswered(ended);
        } else if (event instanceof PhoneEvent.Missed missed) {
            return "missed call from " + missed.from() + " at " + timeOfDay(missed.atMs());
        } else if (event instanceof PhoneEvent.MissedEarlier missed) {
            return missed.calls().size() == 1
                    ? "missed call from " + missed.calls().get(0).from() + " on "
                            + dateAndTime(missed.calls().get(0).atMs())
                    : missed.calls().size()
                            + " missed calls since you last looked; 'voiptui history --missed' lists them";
        } else if (event instanceof PhoneEvent.BlockChanged change) {
            return (change.blocked() ? "blocked " : "unblocked ") + change.name() + " (" + change.fingerprint() + ")";
        } else if (event instanceof PhoneEvent.BlockFailed failed) {
            return (failed.peer().isEmpty() ? "" : failed.peer() + ": ") + failed.problem();
        } else if (event instanceof PhoneEvent.FavoriteChanged change) {
            return change.name() + (change.favorite() ? " is a favorite now" : " is no favorite any more");
        } else if (event instanceof PhoneEvent.FavoriteFailed failed) {
            return "favorite " + failed.name() + ": " + failed.problem();
        } else if (event instanceof PhoneEvent.BlockedCall call) {
            return "rejected a call from " + call.from() + ", who is blocked";
        } else if (event instanceof PhoneEvent.CallStarted started) {
            return started.outgoing() ? "calling " + started.peer() : "you answered " + started.peer();
        } else if (event instanceof PhoneEvent.DialFailed failed) {
            return "cannot call '" + failed.to() + "': " + failed.problem();
        } else if (event instanceof PhoneEvent.DoNotDisturb changed) {
            return changed.on()
                    ? "do not disturb: callers are rejected, and listed as missed"
                    : "incoming calls ring again";
        } else if (event instanceof PhoneEvent.NobodyCalled unknown) {
            return "nobody is called '" + unknown.name() + "' here";
        } else if (event instanceof PhoneEvent.CommandRefused refused) {
            return refused.problem();
        } else if (event instanceof PhoneEvent.DeviceChosen chosen) {
            return chosen.direction().label() + " of the next calls: " + chosen.device();
        } else if (event instanceof PhoneEvent.EchoTest test) {
            return text(test);
        } else if (event instanceof PhoneEvent.PhoneStopped stopped) {
            return stopped.reason() == EndReason.QUIT ? why(stopped) : "phone stopped: " + why(stopped);
        }
        return "";
    }

    /**
     * Returns what may be added to the text of an event in view of the contacts, printable: those whose names are nearest to one
     * that nobody has. Empty: nothing.
     */
    public static String suggestion(Event event, List<PhoneEvent.Contact> contacts) {
        return event instanceof PhoneEvent.NobodyCalled unknown
                ? Printable.of(NearestWords.question(
                        unknown.name(),
                        contacts.stream().map(PhoneEvent.Contact::name).toList()))
                : "";
    }

    /** Returns a line about an incoming call that was not answered, printable. */
    public static String notAnswered(PhoneEvent.RingingEnded ended) {
        return Printable.of("call from " + ended.from() + ": " + ended.reason());
    }

    /** Returns who is calling; says so if it is not known. */
    public static String caller(String from, boolean anonymous) {
        return (anonymous ? "anonymous caller " : "") + from;
    }

    /** Returns why a phone stopped, as a printable phrase. */
    public static String why(PhoneEvent.PhoneStopped stopped) {
        String reason = stopped.reason() == EndReason.QUIT
                ? "signed out"
                : stopped.reason().text();
        return Printable.of(reason
                + (stopped.detail().isEmpty() ? "" : ": " + stopped.detail())
                + CallText.advice(stopped.reason(), stopped.detail()));
    }

    /** Formats a date and a time of day. */
    String dateAndTime(long atMs) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(atMs), zone).format(DATE_AND_TIME);
    }

    /** Formats a time of day. */
    String timeOfDay(long atMs) {
        return LocalTime.ofInstant(Instant.ofEpochMilli(atMs), zone).format(TIME);
    }
}
