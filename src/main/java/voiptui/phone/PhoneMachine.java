package voiptui.phone;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.net.IpText;
import voiptui.phone.RingingCalls.RingingCall;
import voiptui.phone.peers.BlockedCallers;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClientName;
import voiptui.protocol.RelayMessage;
import voiptui.time.NanoClock;

/**
 * The state of a phone around its calls: contacts, incoming calls, missed calls, blocked callers; {@code protocol.md}, section 3. The call
 * itself is a {@link voiptui.call.Call}, one at a time.
 *
 * <p>Passive: decisions go to {@link PhoneEffects}, and nothing blocks. Owned by the phone's thread.
 */
final class PhoneMachine {

    private static final String NOBODY_CALLS = "nobody is calling";

    private final boolean answers;
    private final LongSupplier wallClockMs;
    private final PhoneEffects effects;
    private final ContactList contacts;
    private final RingingCalls ringing;
    private final BlockedCallers blocked;
    private final CallScreening screening;
    private final FinishedCalls finished = new FinishedCalls();

    private boolean inCall;
    /** The identifier of the current call; empty if there is none, or it was placed here and is not connected. */
    private String currentCall = "";
    /** Whether the current call is about to end. */
    private boolean hangingUp;
    /** Whom to call when it has ended; empty: nobody. */
    private String nextDial = "";

    /** The waiting call to answer when the current call has ended; empty: none. */
    private String nextCall = "";
    /** The call with a changed fingerprint that the user has accepted; empty: none. */
    private String confirmedCall = "";

    private boolean doNotDisturb;
    private boolean ended;
    /** Why the phone ends after the current call; null: it stays on. */
    private @Nullable EndReason leaving;

    private String leavingDetail = "";

    /**
     * Creates the machine of a phone that is not in a call.
     *
     * @param answers whether the phone takes incoming calls
     * @param screening whom it rejects, rings for, or answers by itself
     * @param favorites returns whether a name is a favorite
     * @param wallClockMs milliseconds since 1970
     * @param clock measures how long calls ring
     */
    PhoneMachine(
            boolean answers,
            CallScreening screening,
            Predicate<String> favorites,
            LongSupplier wallClockMs,
            NanoClock clock,
            PhoneEffects effects) {
        this.answers = answers;
        this.wallClockMs = wallClockMs;
        this.effects = effects;
        this.ringing = new RingingCalls(clock);
        this.blocked = screening.blocked();
        this.screening = screening;
        this.contacts = new ContactList(screening.encryption().peers(), favorites);
    }

    /** Reports who is blocked, if anybody is. To be called once, at the start. */
    void start() {
        if (!blocked.isEmpty()) {
            effects.publish(blocked.event());
        }
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
        contacts.outdate();
        for (RingingCall call : ringing.all()) {
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

    /** Returns whether there is no call, neither going on nor ringing, and the phone stays on. */
    boolean isIdle() {
        return !inCall && !ended && leaving == null && ringing.all().isEmpty();
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
        } else if (message instanceof RelayMessage.Ended end) {
            hangingUp |= inCall && end.call().equals(currentCall);
            ringing.find(end.call()).ifPresent(call -> onCallerGone(call, end.reason()));
        } else if (message instanceof RelayMessage.Connected connected) {
            onConnected(connected.call());
        } else if (message instanceof RelayMessage.Missed missed
                && screening.rejection(missed.from(), missed.fingerprint()).isEmpty()) {
            effects.publish(new PhoneEvent.Missed(missed.from(), missed.atMs()));
        }
    }

    private void onIncoming(RelayMessage.Incoming incoming) {
        String call = incoming.call();
        if (ringing.contains(call) || call.equals(currentCall)) {
            return;
        }
        if (finished.contains(call)) {
            // The end was lost with a connection, and is told the relay again.
            sayReject(call);
            return;
        }
        if (!answers || ended || leaving != null || ringing.isFull()) {
            sayReject(call);
            return;
        }
        Optional<PhoneEvent> rejection = screening.rejection(incoming.from(), incoming.fingerprint());
        if (rejection.isPresent()) {
            sayReject(call);
            effects.publish(rejection.get());
            return;
        }
        if (doNotDisturb) {
            sayReject(call);
            publishMissed(incoming.from());
            return;
        }
        Optional<EncryptionScreening.Rejection> objection =
                screening.encryption().rejection(incoming);
        if (objection.isPresent()) {
            finished.add(call);
            effects.say(
                    new ClientMessage.Reject(call, objection.get().objection().wire()));
            effects.publish(objection.get().event());
            return;
        }
        EncryptionScreening encryption = screening.encryption();
        RingingCall ringingCall = ringing.add(incoming, encryption.shown(incoming), encryption.changedFrom(incoming));
        effects.publish(encryption.announcement(incoming));
        if (inCall) {
            return;
        }
        if (screening.mayAnswerUnasked(incoming.from()) && !mustConfirm(ringingCall)) {
            answer(ringingCall);
        } else {
            effects.ring(true);
        }
    }

    /** Returns whether a call with a changed fingerprint is not answered before the user confirms it. */
    private boolean mustConfirm(RingingCall call) {
        return call.changedFrom() != null
                && screening.encryption().asksAboutChanges()
                && !call.call().equals(confirmedCall);
    }

    private void sayReject(String call) {
        finished.add(call);
        effects.say(new ClientMessage.Reject(call));
    }

    /**
     * The current call is connected, perhaps as the call of a caller whom the user called at the same time; or one that the
     * user has ended before the relay knew.
     */
    private void onConnected(String call) {
        Optional<RingingCall> merged = ringing.remove(call);
        if (merged.isPresent()) {
            effects.publish(new PhoneEvent.RingingEnded(
                    merged.get().caller(), inCall, false, false, inCall ? "" : "you hung up"));
            effects.ring(!inCall && !ringing.isEmpty());
        }
        if (inCall) {
            currentCall = call;
        } else {
            finished.add(call);
            effects.say(new ClientMessage.Hangup(call));
        }
    }

    private void onCallerGone(RingingCall call, CallEnding reason) {
        boolean missed = reason != CallEnding.ELSEWHERE;
        endRinging(
                call,
                switch (reason) {
                    case ELSEWHERE -> "answered on another phone";
                    case CANCELLED, HUNG_UP -> "the caller hung up";
                    case NO_ANSWER -> "not answered";
                    default -> "connection to the caller lost";
                },
                missed);
        if (missed) {
            publishMissed(call.caller());
        }
    }

    private void publishMissed(String from) {
        effects.publish(new PhoneEvent.Missed(from, wallClockMs.getAsLong()));
    }

    private void endRinging(RingingCall call, String reason, boolean missed) {
        endRinging(call, reason, missed, false);
    }

    private void endRejected(RingingCall call, String reason) {
        sayReject(call.call());
        endRinging(call, reason, false, true);
    }

    private void endRinging(RingingCall call, String reason, boolean missed, boolean rejected) {
        ringing.remove(call.call());
        nextCall = nextCall.equals(call.call()) ? "" : nextCall;
        effects.publish(new PhoneEvent.RingingEnded(call.caller(), false, missed, rejected, reason));
        if (ringing.isEmpty()) {
            effects.ring(false);
        }
    }

    /** Ends calls that have rung for too long. To be called several times a second. */
    void onTick() {
        for (RingingCall call : ringing.overdue()) {
            sayReject(call.call());
            endRinging(call, "not answered", true);
            publishMissed(call.caller());
        }
    }

    /**
     * Answers the oldest incoming call; the others continue to ring. During a call, that call is ended first, and the waiting
     * one is answered when it is over.
     */
    void accept() {
        Optional<RingingCall> call = ringing.oldest();
        if (call.isEmpty()) {
            refuse(NOBODY_CALLS);
        } else if (mustConfirm(call.get())) {
            effects.publish(new PhoneEvent.ConfirmationNeeded(call.get().caller()));
        } else if (!inCall) {
            answer(call.get());
        } else if (nextCall.isEmpty()) {
            nextCall = call.get().call();
            effects.hangUp();
        }
    }

    /** As {@link #accept}, although the caller's fingerprint has changed. */
    void acceptChanged() {
        ringing.oldest().ifPresent(call -> confirmedCall = call.call());
        accept();
    }

    private void answer(RingingCall call) {
        ringing.remove(call.call());
        effects.ring(false);
        effects.publish(new PhoneEvent.RingingEnded(call.caller(), true, false, false, ""));
        inCall = true;
        currentCall = call.call();
        effects.publish(new PhoneEvent.CallStarted(call.caller(), false));
        effects.accept(call.call(), call.caller(), call.shown(), call.changedFrom() != null);
    }

    private void rejectOthers() {
        for (RingingCall call : ringing.all()) {
            sayReject(call.call());
            endRinging(call, "busy", true);
            publishMissed(call.caller());
        }
    }

    /** Rejects the oldest incoming call. */
    void reject() {
        ringing.oldest().ifPresentOrElse(call -> endRejected(call, "rejected"), () -> refuse(NOBODY_CALLS));
    }

    /** Rejects all further incoming calls and lists them as missed, or rings for them again; those that ring go on ringing. */
    void toggleDoNotDisturb() {
        doNotDisturb = !doNotDisturb;
        effects.publish(new PhoneEvent.DoNotDisturb(doNotDisturb));
    }

    /** The current call is being hung up, by either side; whoever is dialled meanwhile is called when it is over. */
    void onHangUp() {
        hangingUp = inCall;
    }

    /** Returns whether somebody is calling, and is not answered yet. */
    boolean isRinging() {
        return !ringing.isEmpty();
    }

    /** A command that concerns the current call came without one. */
    void onCommandWithoutCall() {
        refuse("there is no call");
    }

    private void refuse(String problem) {
        if (!ended) {
            effects.publish(new PhoneEvent.CommandRefused(problem));
        }
    }

    /** Rejects the oldest incoming call, and from now on all calls with the caller's certificate. */
    void blockCaller() {
        Optional<RingingCall> call = ringing.oldest();
        if (call.isEmpty()) {
            effects.publish(new PhoneEvent.BlockFailed("", NOBODY_CALLS));
            return;
        }
        String caller = call.get().caller();
        String fingerprint = call.get().fingerprint();
        if (fingerprint == null) {
            effects.publish(new PhoneEvent.BlockFailed(
                    caller, "cannot be blocked: the relay shows no certificate; reject the call with x"));
            return;
        }
        PhoneEvent.BlockedPeer peer = new PhoneEvent.BlockedPeer(caller, fingerprint);
        blocked.add(peer);
        for (RingingCall other : ringing.ofFingerprint(fingerprint)) {
            endRejected(other, "blocked");
        }
        onBlockChanged(peer, true);
    }

    /**
     * Lets blocked callers call again.
     *
     * @param who a fingerprint, or the name that they had when they were blocked
     */
    void unblock(String who) {
        List<PhoneEvent.BlockedPeer> peers = blocked.find(who);
        if (peers.isEmpty()) {
            effects.publish(new PhoneEvent.BlockFailed(who, "is not blocked"));
        }
        for (PhoneEvent.BlockedPeer peer : peers) {
            blocked.remove(peer);
            onBlockChanged(peer, false);
        }
    }

    /** What is known of peers, or who is a favorite, has changed: the contacts show it. */
    void onPeersChanged() {
        if (!contacts.isEmpty()) {
            effects.publish(contacts.event());
        }
    }

    private void onBlockChanged(PhoneEvent.BlockedPeer peer, boolean isBlocked) {
        effects.saveBlocked(peer, isBlocked);
        effects.publish(new PhoneEvent.BlockChanged(peer.name(), peer.fingerprint(), isBlocked));
        effects.publish(blocked.event());
    }

    /**
     * Calls somebody unless the phone is in a call, or the relay knows nobody of that name. If they are calling at the moment,
     * answers instead.
     *
     * @param text a name or an IP address, as the user wrote it
     */
    void dial(String text) {
        Optional<String> name = ClientName.parse(text);
        if (name.isEmpty() && IpText.parse(text).isEmpty()) {
            effects.publish(new PhoneEvent.DialFailed(text, "neither a name nor an IP address"));
            return;
        }
        dialParsed(name.orElse(text));
    }

    private void dialParsed(String target) {
        if (inCall || ended || leaving != null) {
            if (inCall && hangingUp && leaving == null) {
                nextDial = target;
                return;
            }
            refuse(
                    leaving == null
                            ? "you are in a call: hang up before you call " + target
                            : "the phone is signing out");
            return;
        }
        if (contacts.isOwn(target)) {
            effects.publish(new PhoneEvent.DialFailed(target, "that is your own name"));
            return;
        }
        Optional<RingingCall> call = ringing.oldest(other -> other.caller().equals(target));
        if (call.isPresent() && mustConfirm(call.get())) {
            effects.publish(new PhoneEvent.ConfirmationNeeded(target));
            return;
        }
        if (call.isPresent()) {
            answer(call.get());
            return;
        }
        if (contacts.lacks(target) && ClientName.parse(target).isPresent()) {
            effects.publish(new PhoneEvent.NobodyCalled(target));
            return;
        }
        rejectOthers();
        inCall = true;
        effects.publish(new PhoneEvent.CallStarted(target, true));
        effects.dial(target);
    }

    /** The current call has ended and its devices are closed. */
    void onCallEnded() {
        Optional<RingingCall> next = ringing.find(nextCall);
        if (!currentCall.isEmpty()) {
            finished.add(currentCall);
        }
        String dialled = nextDial;
        inCall = false;
        hangingUp = false;
        currentCall = "";
        nextCall = "";
        nextDial = "";
        Optional<RingingCall> unasked =
                ringing.oldest(call -> screening.mayAnswerUnasked(call.caller()) && !mustConfirm(call));
        if (leaving != null) {
            end(leaving, leavingDetail);
        } else if (next.isPresent()) {
            answer(next.get());
        } else if (!dialled.isEmpty()) {
            dialParsed(dialled);
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
        for (RingingCall call : ringing.all()) {
            endRejected(call, "this phone is signing out");
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
