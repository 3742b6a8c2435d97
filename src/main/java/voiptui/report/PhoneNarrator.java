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

/**
 * Tells a phone and its calls in plain lines, one for each fact; in a call the numbers when asked, otherwise who is there and
 * who called in vain.
 *
 * <p>Owned by its printing thread, but for {@link #askForStats} and {@link #askForContacts}.
 */
public final class PhoneNarrator implements EventLines.Printer {

    /** How many missed calls and names one line tells of: more are not read. */
    private static final int MOST_TOLD = 20;

    private final TimestampedLines lines;
    private final PhoneText phone;
    private final CallStatsLine figures = new CallStatsLine();
    private final Deque<PhoneEvent.Missed> missed = new ArrayDeque<>();
    private EventText words;
    private List<PhoneEvent.Contact> contacts = List.of();
    private boolean autoAnswer;
    private boolean inCall;
    private volatile boolean statsAsked;
    private volatile boolean contactsAsked;

    /**
     * Tells a phone.
     *
     * @param out where the lines go
     * @param clock for the time in front of each line, in the machine's time zone
     * @param relay the relay as the user named it
     */
    public PhoneNarrator(PrintStream out, InstantSource clock, String relay) {
        this(out, clock, relay, ZoneId.systemDefault());
    }

    PhoneNarrator(PrintStream out, InstantSource clock, String relay, ZoneId zone) {
        this.lines = new TimestampedLines(out, clock, zone);
        this.phone = new PhoneText(zone);
        this.words = new EventText(relay, "", zone);
    }

    @Override
    public void onEvent(Event event) {
        remember(event);
        figures.onEvent(event);
        if (event instanceof CallEvent.DevicesListed listed) {
            lines.sayDevices(listed);
        }
        words = words.after(event);
        String line = words.of(event);
        lines.say(event instanceof PhoneEvent.Incoming && !autoAnswer ? line + ": type accept or reject" : line);
    }

    private void remember(Event event) {
        if (event instanceof PhoneEvent.Ready ready) {
            autoAnswer = ready.autoAnswer();
        } else if (event instanceof PhoneEvent.Contacts listed) {
            contacts = listed.contacts();
        } else if (event instanceof PhoneEvent.Missed call) {
            missed.addLast(call);
            if (missed.size() > MOST_TOLD) {
                missed.removeFirst();
            }
        } else if (event instanceof PhoneEvent.CallStarted) {
            inCall = true;
        } else if (event instanceof CallEvent.Summary) {
            inCall = false;
            figures.endCall();
        }
    }

    /** Asks for a line with what there is to know at the moment. Any thread. */
    public void askForStats() {
        statsAsked = true;
    }

    /** Asks for a line about everybody whom the relay knows. Any thread. */
    public void askForContacts() {
        contactsAsked = true;
    }

    @Override
    public void onIdle() {
        if (contactsAsked) {
            contactsAsked = false;
            lines.say(contacts.isEmpty() ? "the relay knows nobody else" : "contacts (call NAME):");
            contacts.forEach(contact -> lines.say("  " + contact.name() + "  " + presence(contact)));
        }
        if (statsAsked) {
            statsAsked = false;
            lines.say(inCall ? figures.line() : here());
            if (!inCall && !missed.isEmpty()) {
                lines.say("missed: "
                        + missed.stream()
                                .map(call -> call.from() + " at " + phone.timeOfDay(call.atMs()))
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private String presence(PhoneEvent.Contact contact) {
        return contact.online()
                ? contact.busy() ? "busy" : "here"
                : contact.lastSeenMs() == 0 ? "never seen" : "last seen at " + phone.moment(contact.lastSeenMs());
    }

    private String here() {
        List<String> names = contacts.stream()
                .filter(PhoneEvent.Contact::online)
                .map(contact -> contact.name() + (contact.busy() ? " (busy)" : ""))
                .toList();
        if (names.isEmpty()) {
            return "in no call; nobody else is there";
        }
        int more = names.size() - MOST_TOLD;
        return "in no call; there are: " + String.join(", ", names.subList(0, Math.min(MOST_TOLD, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
