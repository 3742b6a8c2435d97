package voiptui.phone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;

/**
 * What a phone knows and does between its calls: who is there, who rings, whom to take, and what was missed;
 * {@code protocol.md}, section 3. A call itself is a {@link voiptui.call.Call}, one at a time.
 *
 * <p>Pure: acts through {@link PhoneEffects}, and never waits. Owned by the phone's thread.
 */
final class PhoneMachine {

    /** So many callers ring at once at the most; a relay that announces more is not heeded. */
    static final int MOST_RINGING = 10;
    /** So many people are listed at the most. */
    static final int MOST_CONTACTS = 5_000;

    private final boolean answers;
    private final boolean autoAnswer;
    private final LongSupplier wallClockMs;
    private final PhoneEffects effects;
    private final Map<String, RelayMessage.Contact> contacts = new TreeMap<>();
    /** Who rings, by the call's name, the first one first. */
    private final Map<String, String> ringing = new LinkedHashMap<>();
    /** What comes until the last part replaces the contacts. */
    private Map<String, RelayMessage.Contact> listing = new TreeMap<>();
    /** What we are called by ourselves; nobody's contact. */
    private String ownName = "";

    private boolean inCall;
    private boolean isOff;
    /** Why the phone goes off when its call is over; {@code null} while it is to stay on. */
    private EndReason leaving;

    private String leavingDetail = "";

    /**
     * A phone that is on, in no call.
     *
     * @param answers whether calls may come in
     * @param autoAnswer whether each is taken at once
     * @param wallClockMs milliseconds since 1970
     */
    PhoneMachine(boolean answers, boolean autoAnswer, LongSupplier wallClockMs, PhoneEffects effects) {
        this.answers = answers;
        this.autoAnswer = autoAnswer;
        this.wallClockMs = wallClockMs;
        this.effects = effects;
    }

    /** The line is there, for the first time or again; the relay calls us {@code name}. */
    void onSignedIn(String name) {
        ownName = name;
        listing = new TreeMap<>();
        if (answers) {
            effects.say(new ClientMessage.Watch());
        }
    }

    /** The line is gone: whoever rang may ring again when it is back. */
    void onLineLost() {
        for (String call : List.copyOf(ringing.keySet())) {
            endRinging(call, "the relay was lost", false);
        }
    }

    /** The line will not come back. */
    void onLineRefused(EndReason reason, String detail) {
        onLineLost();
        if (inCall) {
            // The call ends for the same reason, and is told before this.
            leaving = reason;
            leavingDetail = detail;
        } else {
            off(reason, detail);
        }
    }

    /** The relay said something; what concerns a call in progress is not for this. */
    void onMessage(RelayMessage message) {
        if (message instanceof RelayMessage.Contacts part) {
            part.contacts().forEach(contact -> put(listing, contact));
            if (!part.more()) {
                contacts.clear();
                contacts.putAll(listing);
                listing = new TreeMap<>();
                tellContacts();
            }
        } else if (message instanceof RelayMessage.Presence news) {
            put(contacts, news.contact());
            tellContacts();
        } else if (message instanceof RelayMessage.Incoming incoming) {
            onIncoming(incoming);
        } else if (message instanceof RelayMessage.Ended over && ringing.containsKey(over.call())) {
            onCallerGone(over);
        } else if (message instanceof RelayMessage.Missed missed) {
            effects.publish(new PhoneEvent.Missed(missed.from(), missed.atMs()));
        }
    }

    private static void put(Map<String, RelayMessage.Contact> list, RelayMessage.Contact contact) {
        if (list.size() < MOST_CONTACTS || list.containsKey(contact.name())) {
            list.put(contact.name(), contact);
        }
    }

    private void tellContacts() {
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
        if (!answers || isOff || leaving != null || ringing.size() >= MOST_RINGING) {
            effects.say(new ClientMessage.Reject(incoming.call()));
            return;
        }
        if (inCall) {
            // It was announced before the relay heard of our own call.
            effects.say(new ClientMessage.Reject(incoming.call()));
            effects.publish(new PhoneEvent.Missed(incoming.from(), wallClockMs.getAsLong()));
            return;
        }
        ringing.put(incoming.call(), incoming.from());
        effects.publish(new PhoneEvent.Incoming(incoming.from()));
        if (autoAnswer) {
            accept();
        } else {
            effects.ring(true);
        }
    }

    private void onCallerGone(RelayMessage.Ended over) {
        String from = ringing.get(over.call());
        endRinging(
                over.call(),
                switch (over.reason()) {
                    case ELSEWHERE -> "answered on another phone";
                    case CANCELLED, HUNG_UP -> "the caller gave up";
                    default -> "the caller is gone";
                },
                over.reason() != CallEnding.ELSEWHERE);
        if (over.reason() != CallEnding.ELSEWHERE) {
            effects.publish(new PhoneEvent.Missed(from, wallClockMs.getAsLong()));
        }
    }

    private void endRinging(String call, String reason, boolean missed) {
        String from = ringing.remove(call);
        effects.publish(new PhoneEvent.RingingEnded(from, false, missed, reason));
        if (ringing.isEmpty()) {
            effects.ring(false);
        }
    }

    /** Takes the call that has rung for longest; the others hear that the phone is busy. */
    void accept() {
        if (ringing.isEmpty() || inCall) {
            return;
        }
        String call = ringing.keySet().iterator().next();
        String from = ringing.remove(call);
        effects.ring(false);
        effects.publish(new PhoneEvent.RingingEnded(from, true, false, ""));
        turnAwayTheOthers();
        inCall = true;
        effects.publish(new PhoneEvent.CallStarted(from, false));
        effects.accept(call, from);
    }

    private void turnAwayTheOthers() {
        for (Map.Entry<String, String> other : new ArrayList<>(ringing.entrySet())) {
            effects.say(new ClientMessage.Reject(other.getKey()));
            endRinging(other.getKey(), "busy", true);
            effects.publish(new PhoneEvent.Missed(other.getValue(), wallClockMs.getAsLong()));
        }
    }

    /** Does not take the call that has rung for longest. */
    void reject() {
        if (!ringing.isEmpty()) {
            String call = ringing.keySet().iterator().next();
            effects.say(new ClientMessage.Reject(call));
            endRinging(call, "rejected", false);
        }
    }

    /** Calls somebody, unless a call is on. If he rings here at this very moment, his call is taken. */
    void dial(String target) {
        if (inCall || isOff || leaving != null) {
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
        turnAwayTheOthers();
        inCall = true;
        effects.publish(new PhoneEvent.CallStarted(target, true));
        effects.dial(target);
    }

    private void moveToEnd(String call) {
        ringing.put(call, ringing.remove(call));
    }

    /** The call is over, and all its devices are given back. */
    void onCallOver() {
        inCall = false;
        if (leaving != null) {
            off(leaving, leavingDetail);
        }
    }

    /** No more calls: off, as soon as the one that runs is over, which its owner sees to. */
    void leave(EndReason reason) {
        if (isOff || leaving != null) {
            return;
        }
        for (String call : List.copyOf(ringing.keySet())) {
            effects.say(new ClientMessage.Reject(call));
            endRinging(call, "the phone is switched off", false);
        }
        if (inCall) {
            leaving = reason;
        } else {
            off(reason, "");
        }
    }

    private void off(EndReason reason, String detail) {
        if (!isOff) {
            isOff = true;
            effects.ring(false);
            effects.publish(new PhoneEvent.PhoneStopped(reason, detail));
            effects.off(reason, detail);
        }
    }
}
