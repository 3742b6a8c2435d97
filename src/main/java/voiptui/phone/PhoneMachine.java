package voiptui.phone;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/**
 * The state of a phone around its calls: contacts, incoming calls, missed calls, blocked callers; {@code protocol.md}, section 3. The call
 * itself is a {@link voiptui.call.Call}, one at a time.
 *
 * <p>Passive: decisions go to {@link PhoneEffects}, and nothing blocks. Owned by the phone's thread.
 */
final class PhoneMachine {

    /** The most calls that ring at once; others are rejected. */
    static final int MAX_RINGING = 10;
    /** A call that rings for longer is rejected. Relays end it earlier; protocol.md, section 3. */
    static final long RING_LIMIT_MS = 125_000;
    /** How many calls that are over are remembered. */
    private static final int MAX_OVER = 64;

    /** Somebody who calls. */
    private record Caller(String name, @Nullable String fingerprint, long sinceNs) {}

    private final boolean answers;
    private final boolean autoAnswer;
    private final AnonymousCallers anonymous;
    private final LongSupplier wallClockMs;
    private final NanoClock clock;
    private final PhoneEffects effects;
    private final ContactList contacts = new ContactList();
    /** The callers by call identifier, the first one first. */
    private final Map<String, Caller> ringing = new LinkedHashMap<>();
    /** The identifiers of calls that were rejected or hung up here, the oldest first: the relay may announce them again. */
    private final Set<String> over = new LinkedHashSet<>();
    /** The blocked callers by fingerprint, in the order in which they were blocked. */
    private final Map<String, PhoneEvent.BlockedPeer> blocked = new LinkedHashMap<>();

    private boolean inCall;
    /** The identifier of the current call; empty if there is none, or it was placed here and is not connected. */
    private String currentCall = "";
    /** The waiting call to answer when the current call has ended; empty: none. */
    private String nextCall = "";

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
     * @param blockedPeers the callers that are blocked
     * @param wallClockMs milliseconds since 1970
     * @param clock measures how long calls ring
     */
    PhoneMachine(
            boolean answers,
            boolean autoAnswer,
            AnonymousCallers anonymous,
            List<PhoneEvent.BlockedPeer> blockedPeers,
            LongSupplier wallClockMs,
            NanoClock clock,
            PhoneEffects effects) {
        this.answers = answers;
        this.autoAnswer = autoAnswer;
        this.anonymous = anonymous;
        this.wallClockMs = wallClockMs;
        this.clock = clock;
        this.effects = effects;
        blockedPeers.forEach(peer -> blocked.put(peer.fingerprint(), peer));
    }

    /** Reports who is blocked, if anybody is. To be called once, at the start. */
    void start() {
        if (!blocked.isEmpty()) {
            publishBlocked();
        }
    }

    private void publishBlocked() {
        effects.publish(new PhoneEvent.BlockedPeers(List.copyOf(blocked.values())));
    }

    /** The phone has signed in as {@code name}, for the first time or again. */
    void onSignedIn(String name) {
        contacts.restart(name);
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
            if (contacts.add(part)) {
                effects.publish(contacts.event());
            }
        } else if (message instanceof RelayMessage.Presence news) {
            contacts.update(news.contact());
            effects.publish(contacts.event());
        } else if (message instanceof RelayMessage.Incoming incoming) {
            onIncoming(incoming);
        } else if (message instanceof RelayMessage.Ended end && ringing.containsKey(end.call())) {
            onCallerGone(end);
        } else if (message instanceof RelayMessage.Connected connected) {
            onConnected(connected.call());
        } else if (message instanceof RelayMessage.Missed missed
                && !isBlocked(missed.fingerprint())
                && !anonymous.rejects(missed.from())) {
            effects.publish(new PhoneEvent.Missed(missed.from(), missed.atMs()));
        }
    }

    private boolean isBlocked(@Nullable String fingerprint) {
        return fingerprint != null && blocked.containsKey(fingerprint);
    }

    private void onIncoming(RelayMessage.Incoming incoming) {
        String call = incoming.call();
        if (ringing.containsKey(call) || call.equals(currentCall)) {
            return;
        }
        if (over.contains(call)) {
            // The end was lost with a connection, and is told the relay again.
            sayReject(call);
            return;
        }
        if (!answers || ended || leaving != null || ringing.size() >= MAX_RINGING) {
            sayReject(call);
            return;
        }
        if (anonymous.rejects(incoming.from())) {
            sayReject(call);
            effects.publish(new PhoneEvent.CallRefused(incoming.from()));
            return;
        }
        if (isBlocked(incoming.fingerprint())) {
            sayReject(call);
            effects.publish(new PhoneEvent.BlockedCall(incoming.from()));
            return;
        }
        ringing.put(call, new Caller(incoming.from(), incoming.fingerprint(), clock.nanoTime()));
        effects.publish(new PhoneEvent.Incoming(
                incoming.from(), incoming.fingerprint(), AnonymousCallers.isAnonymous(incoming.from())));
        if (inCall) {
            return;
        }
        if (mayAnswerUnasked(incoming.from())) {
            answer(call);
        } else {
            effects.ring(true);
        }
    }

    /** Returns the oldest incoming call that the phone answers by itself. */
    private Optional<String> callToAnswerUnasked() {
        return ringing.entrySet().stream()
                .filter(entry -> mayAnswerUnasked(entry.getValue().name()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean mayAnswerUnasked(String caller) {
        return autoAnswer && anonymous.mayBeAnswered(caller);
    }

    private void remember(String call) {
        over.remove(call);
        over.add(call);
        if (over.size() > MAX_OVER) {
            over.remove(over.iterator().next());
        }
    }

    private void sayReject(String call) {
        remember(call);
        effects.say(new ClientMessage.Reject(call));
    }

    /**
     * The current call is connected, perhaps as the call of a caller whom the user called at the same time; or one that the
     * user has ended before the relay knew.
     */
    private void onConnected(String call) {
        Caller merged = ringing.remove(call);
        if (merged != null) {
            effects.publish(new PhoneEvent.RingingEnded(merged.name(), inCall, false, inCall ? "" : "you hung up"));
            effects.ring(!inCall && !ringing.isEmpty());
        }
        if (inCall) {
            currentCall = call;
        } else {
            remember(call);
            effects.say(new ClientMessage.Hangup(call));
        }
    }

    private void onCallerGone(RelayMessage.Ended over) {
        boolean missed = over.reason() != CallEnding.ELSEWHERE;
        String from = endRinging(
                over.call(),
                switch (over.reason()) {
                    case ELSEWHERE -> "answered on another phone";
                    case CANCELLED, HUNG_UP -> "the caller hung up";
                    case NO_ANSWER -> "not answered";
                    default -> "connection to the caller lost";
                },
                missed);
        if (missed) {
            publishMissed(from);
        }
    }

    private void publishMissed(String from) {
        effects.publish(new PhoneEvent.Missed(from, wallClockMs.getAsLong()));
    }

    /** Returns the caller. */
    private String endRinging(String call, String reason, boolean missed) {
        Caller from = Objects.requireNonNull(ringing.remove(call));
        nextCall = nextCall.equals(call) ? "" : nextCall;
        effects.publish(new PhoneEvent.RingingEnded(from.name(), false, missed, reason));
        if (ringing.isEmpty()) {
            effects.ring(false);
        }
        return from.name();
    }

    /** Ends calls that have rung for too long. To be called several times a second. */
    void onTick() {
        if (ringing.isEmpty()) {
            return;
        }
        long nowNs = clock.nanoTime();
        for (Map.Entry<String, Caller> entry : List.copyOf(ringing.entrySet())) {
            if (nowNs - entry.getValue().sinceNs() >= RING_LIMIT_MS * NanoClock.NS_PER_MS) {
                sayReject(entry.getKey());
                publishMissed(endRinging(entry.getKey(), "not answered", true));
            }
        }
    }

    /**
     * Answers the oldest incoming call; the others continue to ring. During a call, that call is ended first, and the waiting
     * one is answered when it is over.
     */
    void accept() {
        if (ringing.isEmpty()) {
            return;
        }
        String call = ringing.keySet().iterator().next();
        if (!inCall) {
            answer(call);
        } else if (nextCall.isEmpty()) {
            nextCall = call;
            effects.hangUp();
        }
    }

    private void answer(String call) {
        Caller from = Objects.requireNonNull(ringing.remove(call));
        effects.ring(false);
        effects.publish(new PhoneEvent.RingingEnded(from.name(), true, false, ""));
        inCall = true;
        currentCall = call;
        effects.publish(new PhoneEvent.CallStarted(from.name(), false));
        effects.accept(call, from.name());
    }

    private void rejectOthers() {
        for (String call : List.copyOf(ringing.keySet())) {
            sayReject(call);
            publishMissed(endRinging(call, "busy", true));
        }
    }

    /** Rejects the oldest incoming call. */
    void reject() {
        if (!ringing.isEmpty()) {
            String call = ringing.keySet().iterator().next();
            sayReject(call);
            endRinging(call, "rejected", false);
        }
    }

    /** Rejects the oldest incoming call, and from now on all calls with the caller's certificate. */
    void blockCaller() {
        if (ringing.isEmpty()) {
            effects.publish(new PhoneEvent.BlockFailed("", "nobody is calling"));
            return;
        }
        Caller caller = ringing.values().iterator().next();
        String fingerprint = caller.fingerprint();
        if (fingerprint == null) {
            effects.publish(new PhoneEvent.BlockFailed(
                    caller.name(), "cannot be blocked: the relay shows no certificate; reject the call with x"));
            return;
        }
        PhoneEvent.BlockedPeer peer = new PhoneEvent.BlockedPeer(caller.name(), fingerprint);
        blocked.put(fingerprint, peer);
        for (Map.Entry<String, Caller> entry : List.copyOf(ringing.entrySet())) {
            if (fingerprint.equals(entry.getValue().fingerprint())) {
                sayReject(entry.getKey());
                endRinging(entry.getKey(), "blocked", false);
            }
        }
        onBlockChanged(peer, true);
    }

    /**
     * Lets blocked callers call again.
     *
     * @param who a fingerprint, or the name that they had when they were blocked
     */
    void unblock(String who) {
        List<PhoneEvent.BlockedPeer> peers = blocked.values().stream()
                .filter(peer -> peer.fingerprint().equals(who) || peer.name().equals(who))
                .toList();
        if (peers.isEmpty()) {
            effects.publish(new PhoneEvent.BlockFailed(who, "is not blocked"));
        }
        for (PhoneEvent.BlockedPeer peer : peers) {
            blocked.remove(peer.fingerprint());
            onBlockChanged(peer, false);
        }
    }

    private void onBlockChanged(PhoneEvent.BlockedPeer peer, boolean isBlocked) {
        effects.saveBlocked(peer, isBlocked);
        effects.publish(new PhoneEvent.BlockChanged(peer.name(), peer.fingerprint(), isBlocked));
        publishBlocked();
    }

    /** Calls {@code target} unless the phone is in a call. If the target is calling at the moment, answers instead. */
    void dial(String target) {
        if (inCall || ended || leaving != null) {
            return;
        }
        if (contacts.isOwn(target)) {
            effects.publish(new PhoneEvent.DialFailed(target, "that is your own name"));
            return;
        }
        Optional<String> call = ringing.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(target))
                .map(Map.Entry::getKey)
                .findFirst();
        if (call.isPresent()) {
            answer(call.get());
            return;
        }
        rejectOthers();
        inCall = true;
        effects.publish(new PhoneEvent.CallStarted(target, true));
        effects.dial(target);
    }

    /** The current call has ended and its devices are closed. */
    void onCallEnded() {
        String next = nextCall;
        if (!currentCall.isEmpty()) {
            remember(currentCall);
        }
        inCall = false;
        currentCall = "";
        nextCall = "";
        Optional<String> unasked = callToAnswerUnasked();
        if (leaving != null) {
            end(leaving, leavingDetail);
        } else if (ringing.containsKey(next)) {
            answer(next);
        } else if (unasked.isPresent()) {
            answer(unasked.get());
        } else if (!ringing.isEmpty()) {
            effects.ring(true);
        }
    }

    /** Ends the phone, after the current call if there is one; the owner ends the call. */
    void leave(EndReason reason) {
        if (ended || leaving != null) {
            return;
        }
        for (String call : List.copyOf(ringing.keySet())) {
            sayReject(call);
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
