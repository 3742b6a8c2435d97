package voiptui.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts about a phone that waits for calls. Its calls report {@link CallEvent}s, one call after the other. */
public sealed interface PhoneEvent extends Event {

    /**
     * A name that the relay knows.
     *
     * @param name the name
     * @param online whether a client is signed in under it
     * @param busy whether all of its phones are in calls
     * @param lastSeenMs when it was last online, in milliseconds since 1970; 0 for never
     * @param verified whether the user has verified who it is
     * @param favorite whether the user wants to see it first
     */
    record Contact(String name, boolean online, boolean busy, long lastSeenMs, boolean verified, boolean favorite) {

        /** A contact that is no favorite. */
        public Contact(String name, boolean online, boolean busy, long lastSeenMs, boolean verified) {
            this(name, online, busy, lastSeenMs, verified, false);
        }

        /** A contact that is neither verified nor a favorite. */
        public Contact(String name, boolean online, boolean busy, long lastSeenMs) {
            this(name, online, busy, lastSeenMs, false, false);
        }
    }

    /**
     * The phone is ready to start.
     *
     * @param relay the relay as the user named it
     * @param name the name that the phone signs in under
     * @param autoAnswer whether it answers every call automatically
     * @param microphone the microphone of its calls, as {@code --mic} takes it
     * @param speaker the speaker of its calls, as {@code --speaker} takes it
     */
    record Ready(String relay, String name, boolean autoAnswer, String microphone, String speaker)
            implements PhoneEvent {

        /** A phone that uses the system's devices. */
        public Ready(String relay, String name, boolean autoAnswer) {
            this(relay, name, autoAnswer, "default", "default");
        }

        @Override
        public String eventName() {
            return "ready";
        }
    }

    /** All names that the relay knows except our own, sorted. */
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
     * A call is coming in; the phone rings, unless it is in a call.
     *
     * @param from the caller's name, or a classic client's address
     * @param fingerprint the fingerprint of the caller's certificate; null: a classic client, or an older relay
     * @param anonymous whether nothing but an address is known of the caller, since classic clients have no certificate
     * @param knownFingerprint the fingerprint that is known for that name, if the caller's is another one or the call cannot be
     *     encrypted; null: it has not changed
     * @param verified whether the user has verified the caller; if the fingerprint has changed, the one before
     * @param encrypted whether the call can be encrypted end to end
     */
    record Incoming(
            String from,
            @Nullable String fingerprint,
            boolean anonymous,
            @Nullable String knownFingerprint,
            boolean verified,
            boolean encrypted)
            implements PhoneEvent {

        /** A call by somebody with a name whose certificate is not known. */
        public Incoming(String from) {
            this(from, null, false);
        }

        /** A call by somebody who has not been verified, which is not encrypted. */
        public Incoming(String from, @Nullable String fingerprint, boolean anonymous) {
            this(from, fingerprint, anonymous, null, false, false);
        }

        @Override
        public String eventName() {
            return "incoming";
        }
    }

    /**
     * The phone stopped ringing.
     *
     * @param from the caller
     * @param answered whether the call was answered here
     * @param missed whether the call was missed; {@link Missed} follows
     * @param rejected whether it was rejected here
     * @param reason why it was not answered, for users; an empty string when it was
     */
    record RingingEnded(String from, boolean answered, boolean missed, boolean rejected, String reason)
            implements PhoneEvent {
        @Override
        public String eventName() {
            return "ringing_ended";
        }
    }

    /**
     * An anonymous caller was rejected because this phone admits none.
     *
     * @param from the caller's address
     */
    record CallRefused(String from) implements PhoneEvent {
        @Override
        public String eventName() {
            return "call_refused";
        }
    }

    /**
     * A call was rejected because it would not be encrypted end to end, and this phone takes no others.
     *
     * @param from the caller
     * @param encryption why it would not be
     */
    record UnencryptedRefused(String from, Encryption encryption) implements PhoneEvent {
        @Override
        public String eventName() {
            return "unencrypted_refused";
        }
    }

    /**
     * A call was rejected because the caller's fingerprint is not the one that is known.
     *
     * @param from the caller's name
     * @param knownFingerprint the one that is known
     * @param fingerprint the one that the caller shows; null: none, and the call would not be encrypted
     */
    record ChangedPeerRefused(
            String from, String knownFingerprint, @Nullable String fingerprint) implements PhoneEvent {
        @Override
        public String eventName() {
            return "changed_peer_refused";
        }
    }

    /**
     * The user wanted to answer a caller whose fingerprint has changed, and has to confirm it.
     *
     * @param from the caller's name
     */
    record ConfirmationNeeded(String from) implements PhoneEvent {
        @Override
        public String eventName() {
            return "confirmation_needed";
        }
    }

    /**
     * A call was missed.
     *
     * @param from the caller
     * @param atMs when it rang, in milliseconds since 1970
     */
    record Missed(String from, long atMs) implements PhoneEvent {
        @Override
        public String eventName() {
            return "missed";
        }
    }

    /**
     * Calls that an earlier run of the phone missed and the user has not seen yet. Published once, after the start.
     *
     * @param calls the newest first; not empty
     */
    record MissedEarlier(List<Missed> calls) implements PhoneEvent {

        /** Copies the list. */
        public MissedEarlier {
            calls = List.copyOf(calls);
        }

        @Override
        public String eventName() {
            return "missed_earlier";
        }
    }

    /**
     * A call that is over.
     *
     * @param peer the other side's name or address
     * @param outgoing whether this side called
     * @param atMs when it was placed, or rang, in milliseconds since 1970
     * @param outcome what became of it
     * @param durationMs from the answer to the end, in milliseconds; 0 if it was not answered
     * @param quality how good it was; null: it was not graded
     */
    record RecentCall(
            String peer,
            boolean outgoing,
            long atMs,
            CallOutcome outcome,
            long durationMs,
            @Nullable Grade quality) {

        /** Returns whether the call came in and nobody answered it. */
        public boolean isMissed() {
            return outcome == CallOutcome.MISSED;
        }
    }

    /**
     * The latest calls at this relay, of this run and of earlier ones. Published after the start and after each call.
     *
     * @param calls the newest first
     */
    record RecentCalls(List<RecentCall> calls) implements PhoneEvent {

        /** Copies the list. */
        public RecentCalls {
            calls = List.copyOf(calls);
        }

        @Override
        public String eventName() {
            return "recent_calls";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /** The user has seen all missed calls. */
    record MissedSeen() implements PhoneEvent {
        @Override
        public String eventName() {
            return "missed_seen";
        }
    }

    /**
     * A caller who was blocked.
     *
     * @param name the caller's name when they were blocked
     * @param fingerprint the fingerprint of their certificate
     */
    record BlockedPeer(String name, String fingerprint) {}

    /** All callers who are blocked, in the order in which they were. */
    record BlockedPeers(List<BlockedPeer> peers) implements PhoneEvent {

        /** Copies the list. */
        public BlockedPeers {
            peers = List.copyOf(peers);
        }

        @Override
        public String eventName() {
            return "blocked_peers";
        }
    }

    /**
     * A caller was blocked or unblocked.
     *
     * @param name the caller's name
     * @param fingerprint the fingerprint of their certificate
     * @param blocked whether their calls are rejected from now on
     */
    record BlockChanged(String name, String fingerprint, boolean blocked) implements PhoneEvent {
        @Override
        public String eventName() {
            return "block_changed";
        }
    }

    /**
     * A caller could not be blocked or unblocked, or not for longer than this phone runs.
     *
     * @param peer the caller; empty: nobody is calling
     * @param problem what is wrong, for users
     */
    record BlockFailed(String peer, String problem) implements PhoneEvent {
        @Override
        public String eventName() {
            return "block_failed";
        }
    }

    /**
     * A blocked caller called, and was rejected.
     *
     * @param from the caller's name
     */
    record BlockedCall(String from) implements PhoneEvent {
        @Override
        public String eventName() {
            return "blocked_call";
        }
    }

    /**
     * Somebody is a favorite from now on, or no longer.
     *
     * @param name their name
     * @param favorite whether they are one
     */
    record FavoriteChanged(String name, boolean favorite) implements PhoneEvent {
        @Override
        public String eventName() {
            return "favorite_changed";
        }
    }

    /**
     * Somebody could not be made a favorite, or not for longer than this phone runs.
     *
     * @param name their name
     * @param problem what is wrong, for users
     */
    record FavoriteFailed(String name, String problem) implements PhoneEvent {
        @Override
        public String eventName() {
            return "favorite_failed";
        }
    }

    /**
     * A call starts on this phone; its {@link CallEvent}s follow, the last one a summary.
     *
     * @param peer the other side
     * @param outgoing whether this phone placed the call
     */
    record CallStarted(String peer, boolean outgoing) implements PhoneEvent {
        @Override
        public String eventName() {
            return "call_started";
        }
    }

    /**
     * The user dialled something that cannot be called.
     *
     * @param to what the user dialled
     * @param problem what is wrong with it, for users
     */
    record DialFailed(String to, String problem) implements PhoneEvent {
        @Override
        public String eventName() {
            return "dial_failed";
        }
    }

    /**
     * The user dialled a name that the relay does not know: nobody has ever signed in under it.
     *
     * @param name the name
     */
    record NobodyCalled(String name) implements PhoneEvent {
        @Override
        public String eventName() {
            return "nobody_called";
        }
    }

    /**
     * The phone rejects incoming calls from now on, and lists them as missed, or rings for them again.
     *
     * @param on whether it rejects them
     */
    record DoNotDisturb(boolean on) implements PhoneEvent {
        @Override
        public String eventName() {
            return "do_not_disturb";
        }
    }

    /**
     * A command of the user had no effect.
     *
     * @param problem why, for users
     */
    record CommandRefused(String problem) implements PhoneEvent {
        @Override
        public String eventName() {
            return "command_refused";
        }
    }

    /**
     * The calls of this phone use another microphone or speaker from now on, because the user chose it.
     *
     * @param direction microphone or speaker
     * @param device the device, as {@code --mic} and {@code --speaker} take it
     */
    record DeviceChosen(AudioDirection direction, String device) implements PhoneEvent {
        @Override
        public String eventName() {
            return "device_chosen";
        }
    }

    /** Where a test is in which the user speaks, and then hears what the microphone recorded. */
    enum EchoTestState {
        /** The microphone and the speaker are being opened. */
        OPENING,
        /** The microphone records. */
        RECORDING,
        /** The speaker plays what was recorded. */
        PLAYING,
        /** It is over; the devices are closed. */
        ENDED
    }

    /**
     * A test in which the user hears themselves goes on, or ends.
     *
     * @param state where it is now
     * @param level how well the microphone heard the user; null: not known yet
     * @param problem what went wrong, for users; empty: nothing
     */
    record EchoTest(EchoTestState state, @Nullable SpeechLevel level, String problem) implements PhoneEvent {
        @Override
        public String eventName() {
            return "echo_test";
        }
    }

    /**
     * What the microphone records, or the speaker plays, in a test in which the user hears themselves.
     *
     * @param peakDbfs peak of the last 100 ms, in dB relative to full scale; {@link CallEvent#SILENCE_DBFS} for digital silence
     * @param level how well the microphone has heard the user so far; null: not known yet
     */
    record EchoTestLevel(double peakDbfs, @Nullable SpeechLevel level) implements PhoneEvent {
        @Override
        public String eventName() {
            return "echo_test_level";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * The phone stopped; the last event.
     *
     * @param reason why
     * @param detail further information for users; may be empty
     */
    record PhoneStopped(EndReason reason, String detail) implements PhoneEvent {
        @Override
        public String eventName() {
            return "phone_stopped";
        }
    }
}
