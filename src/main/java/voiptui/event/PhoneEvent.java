package voiptui.event;

import java.util.List;

/** Facts about a phone that waits for calls. The events of its calls are {@link CallEvent}s, one call after the other. */
public sealed interface PhoneEvent extends Event {

    /**
     * Somebody whom the relay knows.
     *
     * @param name what he is called by
     * @param online whether he is there
     * @param busy whether his phones are all in calls
     * @param lastSeenMs when he was last there, in milliseconds since 1970; 0 for never
     */
    record Contact(String name, boolean online, boolean busy, long lastSeenMs) {}

    /**
     * The phone is ready to start.
     *
     * @param relay the relay as the user named it
     * @param name what the phone wants to be called by
     * @param autoAnswer whether it takes every call at once
     */
    record Ready(String relay, String name, boolean autoAnswer) implements PhoneEvent {
        @Override
        public String eventName() {
            return "ready";
        }
    }

    /** Everybody whom the relay knows but ourselves, by name. */
    record Contacts(List<Contact> contacts) implements PhoneEvent {

        /** Copies the list. */
        public Contacts {
            contacts = List.copyOf(contacts);
        }

        @Override
        public String eventName() {
            return "contacts";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * Somebody calls.
     *
     * @param from his name, or the address of a classic client
     */
    record Incoming(String from) implements PhoneEvent {
        @Override
        public String eventName() {
            return "incoming";
        }
    }

    /**
     * It rings no more.
     *
     * @param from who called
     * @param taken whether a call came of it, here
     * @param reason why not, for people; an empty string when it was taken
     */
    record RingingEnded(String from, boolean taken, String reason) implements PhoneEvent {
        @Override
        public String eventName() {
            return "ringing_ended";
        }
    }

    /**
     * A call was missed.
     *
     * @param from who called
     * @param atMs when, in milliseconds since 1970
     */
    record Missed(String from, long atMs) implements PhoneEvent {
        @Override
        public String eventName() {
            return "missed";
        }
    }

    /**
     * A call begins that is heard and spoken on this phone; its {@link CallEvent}s follow, the last a summary.
     *
     * @param peer with whom
     * @param outgoing whether it was us who called
     */
    record CallStarted(String peer, boolean outgoing) implements PhoneEvent {
        @Override
        public String eventName() {
            return "call_started";
        }
    }

    /**
     * Nobody was called, since the text means nobody.
     *
     * @param to what was asked for
     * @param problem what is wrong with it, for people
     */
    record DialFailed(String to, String problem) implements PhoneEvent {
        @Override
        public String eventName() {
            return "dial_failed";
        }
    }

    /**
     * The phone is off; the last event.
     *
     * @param reason why
     * @param detail what else a person would want to know, or an empty string
     */
    record PhoneStopped(EndReason reason, String detail) implements PhoneEvent {
        @Override
        public String eventName() {
            return "phone_stopped";
        }
    }
}
