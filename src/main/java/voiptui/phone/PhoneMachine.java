package voiptui.phone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;

/**
 * The state of a phone around its calls: contacts, incoming calls, missed calls; {@code protocol.md}, section 3. The call
 * itself is a {@link voiptui.call.Call}, one at a time.
 *
 * <p>Passive: decisions go to {@link PhoneEffects}, and nothing blocks. Owned by the phone's thread.
 */
final class PhoneMachine {

    /** The most calls that ring at once; others are rejected. */
    static final int MAX_RINGING = 10;
    /** The most contacts that are listed; others are ignored. */
    static final int MAX_CONTACTS = 5_000;

    private final boolean answers;
    private final boolean autoAnswer;
    private final AnonymousCallers anonymous;
    private final LongSupplier wallClockMs;
    private final PhoneEffects effects;
    private final Map<String, RelayMessage.Contact> contacts = new TreeMap<>();
    /** The callers by call identifier, the first one first. */
    private final Map<String, String> ringing = new LinkedHashMap<>();
    /** The parts of a new contact list; replaces the contacts when complete. */
    private Map<String, RelayMessage.Contact> listing = new TreeMap<>();
    /** This phone's own name, which is not listed as a contact. */
    private String ownName = "";

    private boolean inCall;
    private boolean ended;
    /** Why the phone ends after the current call; null: it stays on. */
    private @Nullable EndReason leaving;

    private String leavingDetail = "";

    /**
     * Creates the machine of a phone that is not in a call.
     *
     * @param answers whether the phone takes incoming calls
     * @param autoAnswer whether it answers them at once
     * @param anonymous what it does about callers without a certificate
     * @param wallClockMs milliseconds since 1970
     */
    PhoneMachine(
            boolean answers,
            boolean autoAnswer,
            AnonymousCallers anonymous,
            LongSupplier wallClockMs,
            PhoneEffects effects) {
        this.answers = answers;
        this.autoAnswer = autoAnswer;
        this.anonymous = anonymous;
        this.wallClockMs = wallClockMs;
        this.effects = effects;
    }

    /** The phone has signed in as {@code name}, for the first time or again. */
    void onSignedIn(String name) {
        ownName = name;
        listing = new TreeMap<>();
        if (answers) {
            effects.say(new ClientMessage.Watch());
        }
    }

    /** The session was lost; the relay announces calls again after the next sign-in. */
    void onSessionLost() {
        for (String call : List.copyOf(ringing.keySet())) {
            endRinging(call, "connection to the relay lost", false);
        }
    }

    /** The session has ended and will not be resumed. */
    void onSessionEnded(EndReason reason, String detail) {
        onSessionLost();
        if (inCall) {
            // The call ends for the same reason, and reports it first.
            leaving = reason;
            leavingDetail = detail;
        } else {
            end(reason, detail);
        }
    }

    /** Handles a message of the relay; messages about the current call are ignored. */
    void onMessage(RelayMessage message) {
        if (message instanceof RelayMessage.Contacts part) {
            part.contacts().forEach(contact -> put(listing, contact));
            if (!part.more()) {
                contacts.clear();
                contacts.putAll(listing);
                listing = new TreeMap<>();
                publishContacts();
            }
        } else if (message instanceof RelayMessage.Presence news) {
            put(contacts, news.contact());
            publishContacts();
        } else if (message instanceof RelayMessage.Incoming incoming) {
            onIncoming(incoming);
        } else if (message instanceof RelayMessage.Ended over && ringing.containsKey(over.call())) {
            onCallerGone(over);
        } else if (message instanceof RelayMessage.Missed missed && !anonymous.rejects(missed.from())) {
            effects.publish(new PhoneEvent.Missed(missed.from(), missed.atMs()));
        }
    }

    private static void put(Map<String, RelayMessage.Contact> list, RelayMessage.Contact contact) {
        if (list.size() < MAX_CONTACTS || list.containsKey(contact.name())) {
            list.put(contact.name(), contact);
        }
    }

    private void publishContacts() {
        effects.publish(new PhoneEvent.Contacts(contacts.values().stream()
                .filter(contact -> !contact.name().equals(ownName))
                .map(contact ->
                        new PhoneEvent.Contact(contact.name(), contact.online(), contact.busy(), contact.lastSeenMs()))
                .toList()));
    }

    private void onIncoming(RelayMessage.Incoming incoming) {
        if (ringing.containsKey(incoming.call())) {
            return;
        }
        if (!answers || ended || leaving != null || ringing.size() >= MAX_RINGING) {
            effects.say(new ClientMessage.Reject(incoming.call()));
            return;
        }
        if (anonymous.rejects(incoming.from())) {
            effects.say(new ClientMessage.Reject(incoming.call()));
            effects.publish(new PhoneEvent.CallRefused(incoming.from()));
            return;
        }
        if (inCall) {
            // Announced before the relay learned of our own call.
            effects.say(new ClientMessage.Reject(incoming.call()));
            effects.publish(new PhoneEvent.Missed(incoming.from(), wallClockMs.getAsLong()));
            return;
        }
        ringing.put(incoming.call(), incoming.from());
        effects.publish(new PhoneEvent.Incoming(incoming.from(), AnonymousCallers.isAnonymous(incoming.from())));
        if (autoAnswer && anonymous.mayBeAnswered(incoming.from())) {
            List.copyOf(ringing.keySet()).stream()
                    .filter(other -> !other.equals(incoming.call()))
                    .forEach(this::moveToEnd);
            accept();
        } else {
            effects.ring(true);
        }
    }

    private void onCallerGone(RelayMessage.Ended over) {
        String from = endRinging(
                over.call(),
                switch (over.reason()) {
                    case ELSEWHERE -> "answered on another phone";
                    case CANCELLED, HUNG_UP -> "the caller hung up";
                    default -> "connection to the caller lost";
                },
                over.reason() != CallEnding.ELSEWHERE);
        if (over.reason() != CallEnding.ELSEWHERE) {
            effects.publish(new PhoneEvent.Missed(from, wallClockMs.getAsLong()));
        }
    }

    /** Returns the caller. */
    private String endRinging(String call, String reason, boolean missed) {
        String from = Objects.requireNonNull(ringing.remove(call));
        effects.publish(new PhoneEvent.RingingEnded(from, false, missed, reason));
        if (ringing.isEmpty()) {
            effects.ring(false);
        }
        return from;
    }

    /** Answers the oldest incoming call; rejects the others as busy. */
    void accept() {
        if (ringing.isEmpty() || inCall) {
            return;
        }
        String call = ringing.keySet().iterator().next();
        String from = Objects.requireNonNull(ringing.remove(call));
        effects.ring(false);
        effects.publish(new PhoneEvent.RingingEnded(from, true, false, ""));
        rejectOthers();
        inCall = true;
        effects.publish(new PhoneEvent.CallStarted(from, false));
        effects.accept(call, from);
    }

    private void rejectOthers() {
        for (Map.Entry<String, String> other : new ArrayList<>(ringing.entrySet())) {
            effects.say(new ClientMessage.Reject(other.getKey()));
            endRinging(other.getKey(), "busy", true);
            effects.publish(new PhoneEvent.Missed(other.getValue(), wallClockMs.getAsLong()));
        }
    }

    /** Rejects the oldest incoming call. */
    void reject() {
        if (!ringing.isEmpty()) {
            String call = ringing.keySet().iterator().next();
            effects.say(new ClientMessage.Reject(call));
            endRinging(call, "rejected", false);
        }
    }

    /** Calls {@code target} unless the phone is in a call. If the target is calling at the moment, answers instead. */
    void dial(String target) {
        if (inCall || ended || leaving != null) {
            return;
        }
        if (target.equals(ownName)) {
            effects.publish(new PhoneEvent.DialFailed(target, "that is your own name"));
            return;
        }
        boolean ringsHere = ringing.containsValue(target);
        if (ringsHere) {
            ringing.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(target))
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(this::moveToEnd);
            accept();
            return;
        }
        rejectOthers();
        inCall = true;
        effects.publish(new PhoneEvent.CallStarted(target, true));
        effects.dial(target);
    }

    private void moveToEnd(String call) {
        ringing.put(call, ringing.remove(call));
    }

    /** The current call has ended and its devices are closed. */
    void onCallEnded() {
        inCall = false;
        if (leaving != null) {
            end(leaving, leavingDetail);
        }
    }

    /** Ends the phone, after the current call if there is one; the owner ends the call. */
    void leave(EndReason reason) {
        if (ended || leaving != null) {
            return;
        }
        for (String call : List.copyOf(ringing.keySet())) {
            effects.say(new ClientMessage.Reject(call));
            endRinging(call, "this phone is signing out", false);
        }
        if (inCall) {
            leaving = reason;
        } else {
            end(reason, "");
        }
    }

    private void end(EndReason reason, String detail) {
        if (!ended) {
            ended = true;
            effects.ring(false);
            effects.publish(new PhoneEvent.PhoneStopped(reason, detail));
            effects.ended(reason);
        }
    }
}
