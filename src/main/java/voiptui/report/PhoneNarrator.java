package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.Subscription.Readings;

/**
 * Prints a line for each fact about a phone and its calls. On request it prints statistics during a call, and otherwise who
 * is online and which calls were missed.
 *
 * <p>Owned by the printing thread, except {@link #askForStats} and {@link #askForContacts}.
 */
public final class PhoneNarrator implements EventLines.Printer {

    /** Maximum number of names or missed calls in one line. */
    private static final int MAX_LISTED = 20;

    private final TimestampedLines lines;
    private final PhoneText phone;
    private final CallStatsLine stats = new CallStatsLine();
    private final Deque<PhoneEvent.Missed> missed = new ArrayDeque<>();
    private EventText text;
    private List<PhoneEvent.Contact> contacts = List.of();
    private boolean autoAnswer;
    private boolean inCall;
    private volatile boolean statsAsked;
    private volatile boolean contactsAsked;

    /**
     * Creates a narrator.
     *
     * @param out where the lines go
     * @param clock for the time of day at the start of each line, in the system's time zone
     * @param relay the relay as the user named it
     */
    public PhoneNarrator(PrintStream out, InstantSource clock, String relay) {
        this(out, clock, relay, ZoneId.systemDefault());
    }

    PhoneNarrator(PrintStream out, InstantSource clock, String relay, ZoneId zone) {
        this.lines = new TimestampedLines(out, clock, zone);
        this.phone = new PhoneText(zone);
        this.text = new EventText(relay, "", zone);
    }

    @Override
    public Readings readings() {
        return Readings.WHEN_POLLED;
    }

    @Override
    public void onEvent(Event event) {
        remember(event);
        stats.onEvent(event);
        if (event instanceof CallEvent.DevicesListed listed) {
            lines.printDevices(listed);
        }
        text = text.after(event);
        String line = text.of(event);
        lines.print(line
                + PhoneText.suggestion(event, contacts)
                + (event instanceof PhoneEvent.Incoming incoming ? advice(incoming) : "")
                + (event instanceof CallEvent callEvent ? CallText.typed(callEvent) : ""));
    }

    private String advice(PhoneEvent.Incoming incoming) {
        if (incoming.knownFingerprint() != null) {
            return inCall
                    ? ": yes ends this call and answers all the same, reject rejects"
                    : ": type yes to answer all the same, or reject";
        }
        return inCall
                ? ": accept ends this call and answers, reject rejects"
                : autoAnswer && !incoming.anonymous() ? "" : ": type accept or reject";
    }

    private void remember(Event event) {
        if (event instanceof PhoneEvent.Ready ready) {
            autoAnswer = ready.autoAnswer();
        } else if (event instanceof PhoneEvent.Contacts listed) {
            contacts = listed.contacts();
        } else if (event instanceof PhoneEvent.Missed call) {
            missed.addLast(call);
            if (missed.size() > MAX_LISTED) {
                missed.removeFirst();
            }
        } else if (event instanceof PhoneEvent.CallStarted) {
            inCall = true;
        } else if (event instanceof CallEvent.Summary) {
            inCall = false;
            stats.endCall();
        }
    }

    /** Requests statistics, or presence and missed calls. Any thread. */
    public void askForStats() {
        statsAsked = true;
    }

    /** Requests the contacts. Any thread. */
    public void askForContacts() {
        contactsAsked = true;
    }

    @Override
    public void onIdle() {
        if (contactsAsked) {
            contactsAsked = false;
            lines.print(contacts.isEmpty() ? "no contacts yet" : "contacts (call NAME):");
            contacts.forEach(contact -> lines.print("  " + contact.name() + "  " + presence(contact)
                    + (contact.verified() ? ", verified" : "") + (contact.favorite() ? ", favorite" : "")));
        }
        if (statsAsked) {
            statsAsked = false;
            lines.print(inCall ? stats.line() : whoIsOnline());
            if (!inCall && !missed.isEmpty()) {
                lines.print("missed: "
                        + missed.stream()
                                .map(call -> call.from() + " at " + phone.timeOfDay(call.atMs()))
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private String presence(PhoneEvent.Contact contact) {
        return contact.online()
                ? contact.busy() ? "busy" : "online"
                : contact.lastSeenMs() == 0
                        ? "never seen"
                        : "offline, last seen " + phone.dateAndTime(contact.lastSeenMs());
    }

    private String whoIsOnline() {
        List<String> names = contacts.stream()
                .filter(PhoneEvent.Contact::online)
                .map(contact -> contact.name() + (contact.busy() ? " (busy)" : ""))
                .toList();
        if (names.isEmpty()) {
            return "not in a call; nobody else is online";
        }
        int more = names.size() - MAX_LISTED;
        return "not in a call; online: " + String.join(", ", names.subList(0, Math.min(MAX_LISTED, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
