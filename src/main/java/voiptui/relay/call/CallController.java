package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.CallEnding;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.relay.call.Call.Phase;
import voiptui.relay.media.MediaPlane;
import voiptui.relay.session.EndedCalls;
import voiptui.relay.session.Sessions;
import voiptui.time.NanoClock;

/**
 * Changes the state of calls: whether phones ring, who is connected, and who becomes available when a call ends. Requests
 * come from {@link CallMessageHandler} for v2 clients and from {@link ClassicBridge} for classic clients.
 *
 * <p>Owned by the control thread.
 */
public final class CallController {

    private final Sessions<ClientSession> sessions;
    private final ClassicRegistry classic;
    private final MediaPlane media;
    private final Counters counters;
    private final NanoClock clock;
    private final CallNotifier notifier;
    private final EndedCalls ended;
    private final ActiveCalls calls = new ActiveCalls();
    private final CallRinging ringing;
    private final RemoteCalls remote;
    private boolean draining;

    /** Creates a controller without calls. */
    public CallController(
            Sessions<ClientSession> sessions, ClassicRegistry classic, MediaPlane media, RelayContext relay) {
        this.sessions = sessions;
        this.classic = classic;
        this.media = media;
        this.counters = relay.counters();
        this.notifier = new CallNotifier(relay);
        this.clock = relay.clock();
        this.ended = new EndedCalls(clock);
        this.remote = new RemoteCalls(this, media, clock);
        this.ringing = new CallRinging(calls, notifier, clock);
    }

    /** Returns the calls that have not ended, to be read only. */
    public ActiveCalls calls() {
        return calls;
    }

    /** Places no new calls from now on, and ends those that wait for somebody who is not there. */
    public void drain() {
        draining = true;
        for (Call call : calls.all()) {
            if (call.phase == Phase.WAITING && !(call.caller instanceof ClassicClient)) {
                end(call, null, CallEnding.DRAINING);
            }
        }
    }

    /** Returns whether new calls are refused, because the relay is about to stop. */
    boolean isDraining() {
        return draining;
    }

    /** Returns whether there are calls that ring, are connected, or were before the relay was restarted. */
    public boolean hasCalls() {
        return calls.all().stream().anyMatch(call -> call.phase != Phase.WAITING);
    }

    /** Returns the part of the calls that other relays have. */
    public RemoteCalls remote() {
        return remote;
    }

    /** Returns what makes phones ring. */
    CallRinging ringing() {
        return ringing;
    }

    /** Returns who tells clients about calls. */
    public CallNotifier notifier() {
        return notifier;
    }

    /** Returns the calls that ended recently. */
    EndedCalls ended() {
        return ended;
    }

    /** Creates a call, whose id must be unused; {@link #place} is next. */
    Call create(String id, CallParty caller, CallTarget target, MediaOffer offer, Phase phase) {
        Call call = new Call(id, caller, target, offer, phase, clock.nanoTime());
        calls.add(call);
        return call;
    }

    /**
     * Takes a call as far as it can go now: connects it if the other side calls too; else rings; else waits, or ends it
     * if all phones are busy.
     *
     * @param isNew whether the caller is told the state in any case, and whether busy phones end the call; a call that
     *     has waited before continues to wait
     */
    void place(Call call, boolean isNew) {
        Optional<Call> opposite = calls.findOpposite(call);
        if (opposite.isPresent()) {
            merge(opposite.get(), call);
            return;
        }
        if (!call.mayRing()) {
            return;
        }
        remote.invite(call);
        List<ClientSession> phones = sessions.all(phone -> phone.isPhone() && call.isFor(phone));
        List<ClientSession> free = ringing.phonesToRing(call, phones);
        List<ClientSession> busy =
                phones.stream().filter(ClientSession::isReachable).toList();
        if (!free.isEmpty()) {
            ringing.ring(call, free);
        } else if (!call.isRingingAnywhere() && !busy.isEmpty() && isNew) {
            busy.forEach(phone -> ringing.sendMissed(call, phone));
            if (!(call.caller instanceof ClassicClient)) {
                end(call, null, CallEnding.BUSY);
            }
        } else if (!call.isRingingAnywhere() && isNew) {
            notifier.sendWaiting(call);
        }
    }

    /**
     * Decides about a call that may ring nowhere any more: it ends, or waits.
     *
     * @param reason why another relay does not ring for it any more; null: nobody is there
     */
    void settle(Call call, @Nullable CallEnding reason) {
        if (call.phase != Phase.WAITING && call.phase != Phase.RINGING || call.isRingingAnywhere()) {
            return;
        }
        if (!call.rejectedBy.isEmpty()) {
            end(call, null, CallEnding.REJECTED);
        } else if (reason != null && reason != CallEnding.CANCELLED && reason != CallEnding.PEER_LOST) {
            end(call, null, reason);
        } else {
            call.phase = Phase.WAITING;
            place(call, true);
        }
    }

    /** Connects two callers that call each other: one of the two calls continues. */
    private void merge(Call one, Call other) {
        if (one.caller instanceof RemoteParty || other.caller instanceof RemoteParty) {
            mergeRemote(one, other);
            return;
        }
        Call kept = calls.isKept(one, other) ? one : other;
        Call dropped = kept == one ? other : one;
        if (kept.agree(dropped.caller, dropped.offer).isEmpty()) {
            // Both at once: who becomes available by the end of one must not ring for the other.
            List<CallParty> released = new ArrayList<>(finish(kept, null, CallEnding.NO_CODEC));
            released.addAll(finish(dropped, null, CallEnding.NO_CODEC));
            released.forEach(party -> release(party, null, CallEnding.NO_CODEC));
            return;
        }
        List<ClientSession> rang = List.copyOf(dropped.ringing);
        remove(dropped);
        rang.forEach(phone -> notifier.sendEnded(dropped, phone, CallEnding.CANCELLED));
        connect(kept, dropped.caller, dropped.offer, dropped.id);
        rang.forEach(this::onAvailable);
    }

    /**
     * As {@link #merge}, with a caller at another relay, which decides at the same time: the lower id continues. If that is its call, it
     * is answered; if not, it answers ours.
     */
    private void mergeRemote(Call one, Call other) {
        Call kept = one.id.compareTo(other.id) < 0 ? one : other;
        Call dropped = kept == one ? other : one;
        if (kept.caller instanceof RemoteParty caller && dropped.caller instanceof ClientSession own) {
            remote.answer(kept, caller, own, dropped.offer, dropped.id);
        } else if (kept.caller instanceof ClientSession) {
            remote.invite(kept);
        }
    }

    /** Removes a call that was merged into another one; its caller learns that with that call. */
    void drop(Call dropped) {
        List<ClientSession> rang = List.copyOf(dropped.ringing);
        remote.cancel(dropped, CallEnding.CANCELLED);
        remove(dropped);
        rang.forEach(phone -> notifier.sendEnded(dropped, phone, CallEnding.CANCELLED));
    }

    /**
     * Connects the caller with {@code callee}, or asks the relay of the caller to do that; ends the call if they have no codec in common.
     *
     * @param replaces the id of a call by the callee that was merged into this one; null: none
     */
    void connect(Call call, CallParty callee, MediaOffer calleeOffer, @Nullable String replaces) {
        if (call.caller instanceof RemoteParty caller
                && callee instanceof ClientSession phone
                && call.agree(callee, calleeOffer).isPresent()) {
            remote.answer(call, caller, phone, calleeOffer, replaces);
        } else {
            connectNow(call, callee, calleeOffer, replaces);
        }
    }

    /** As {@link #connect}; the relay of a caller at another relay has agreed. */
    void connectNow(Call call, CallParty callee, MediaOffer calleeOffer, @Nullable String replaces) {
        Optional<MediaFormat> format = call.agree(callee, calleeOffer);
        if (format.isEmpty()) {
            if (!(callee instanceof ClientSession phone && call.ringing.contains(phone))) {
                notifier.sendEnded(call, callee, CallEnding.NO_CODEC);
            }
            end(call, null, CallEnding.NO_CODEC);
            return;
        }
        List<ClientSession> rang = List.copyOf(call.ringing);
        calls.stopRinging(call);
        calls.stopPlacing(call);
        remote.cancel(call, CallEnding.ELSEWHERE);
        call.connect(new Call.Connection(callee, format.get(), calleeOffer, replaces, clock.nanoTime()));
        call.caller.setActiveCall(call);
        callee.setActiveCall(call);
        media.pair(call.caller.flow(), callee.flow());
        counters.increment(Counter.CALLS_CONNECTED);
        notifier.reportConnected(call);
        rang.stream()
                .filter(phone -> phone != callee)
                .forEach(phone -> notifier.sendEnded(call, phone, CallEnding.ELSEWHERE));
        notifier.sendConnected(call, call.caller, null);
        notifier.sendConnected(call, callee, replaces);
        cancelOtherCalls(call.caller);
        cancelOtherCalls(callee);
        rang.forEach(this::onAvailable);
    }

    /** Ends the other calls that a connected client places, and its ringing unless it has call waiting. */
    void cancelOtherCalls(CallParty party) {
        if (party instanceof ClientSession session) {
            for (Call call : List.copyOf(session.placing)) {
                end(call, null, CallEnding.CANCELLED);
            }
            if (session.hasCallWaiting()) {
                return;
            }
            for (Call call : List.copyOf(session.ringing)) {
                notifier.sendEnded(call, session, CallEnding.CANCELLED);
                stopRingingAt(call, session);
            }
        }
    }

    /** Stops one phone's ringing; the call continues at other phones, or waits, or ends if another phone rejected it. */
    private void stopRingingAt(Call call, ClientSession phone) {
        calls.stopRinging(call, phone);
        if (call.isRingingAnywhere()) {
            return;
        }
        if (!call.rejectedBy.isEmpty()) {
            end(call, null, CallEnding.REJECTED);
        } else {
            call.phase = Phase.WAITING;
            place(call, true);
        }
    }

    /** A phone rejects a call that rings there; the call ends if it rings nowhere else. */
    void reject(Call call, ClientSession phone) {
        calls.stopRinging(call, phone);
        call.rejectedBy.add(phone);
        if (!call.isRingingAnywhere()) {
            end(call, phone, CallEnding.REJECTED);
        }
        onAvailable(phone);
    }

    /**
     * Ends a call, and lets those who become available proceed.
     *
     * @param by who ended it, and is not told; null: nobody in the call
     */
    void end(Call call, @Nullable CallParty by, CallEnding reason) {
        finish(call, by, reason).forEach(party -> release(party, by, reason));
    }

    /** Ends a call, and returns everybody who was involved. */
    private List<CallParty> finish(Call call, @Nullable CallParty by, CallEnding reason) {
        List<CallParty> parties = call.parties();
        recordEnd(call, parties, reason);
        remote.cancel(call, reason);
        remove(call);
        for (CallParty party : parties) {
            if (party != by) {
                notifier.sendEnded(call, party, reason);
            }
        }
        return parties;
    }

    private void recordEnd(Call call, List<CallParty> parties, CallEnding reason) {
        if (call.caller instanceof ClassicClient && call.phase == Phase.WAITING) {
            // No v2 client was told of it.
            return;
        }
        Set<String> mayKnow = new LinkedHashSet<>(List.of(call.target.toString()));
        parties.forEach(party -> mayKnow.add(party.callerId()));
        ended.add(call.id, reason, mayKnow);
        Call.Connection connection = call.connection();
        long connectedMs = connection == null ? 0 : (clock.nanoTime() - connection.sinceNs) / NS_PER_MS;
        notifier.reportEnded(call, reason, connectedMs);
    }

    /** Removes a call without telling anybody. */
    private void remove(Call call) {
        calls.remove(call);
        Call.Connection connection = call.connection();
        if (connection != null) {
            media.unpair(call.caller.flow(), connection.callee.flow());
            call.caller.setActiveCall(null);
            connection.callee.setActiveCall(null);
            remote.release(connection.callee);
        }
        remote.release(call.caller);
    }

    private void release(CallParty party, @Nullable CallParty by, CallEnding reason) {
        if (party instanceof ClientSession session) {
            onAvailable(session);
        } else if (party instanceof ClassicClient client && client != by) {
            ringing.suspendIfUnwanted(client, by, reason);
            classic.onReleased(client);
        }
    }

    /** A v2 client connected or became available: its own calls may proceed, and waiting calls may ring it. */
    public void onAvailable(ClientSession session) {
        if (session.isAvailable()) {
            for (Call call : List.copyOf(session.placing)) {
                if (calls.contains(call) && call.phase != Phase.CONNECTED) {
                    place(call, false);
                }
            }
        }
        for (Call call : calls.waitingFor(session)) {
            if (session.isIdle() || call.ringing.isEmpty() && session.mayRingFor(call)) {
                ringing.ring(call, List.of(session));
            }
        }
    }

    /**
     * Ends the calls of a session that has been removed from {@link Sessions}.
     *
     * @param lost whether the client did not reconnect, rather than signed out
     */
    public void onSessionEnded(ClientSession session, boolean lost) {
        Call active = session.activeCall();
        if (active != null) {
            end(active, session, lost ? CallEnding.PEER_LOST : CallEnding.HUNG_UP);
        }
        for (Call call : List.copyOf(session.placing)) {
            end(call, session, lost ? CallEnding.PEER_LOST : CallEnding.CANCELLED);
        }
        for (Call call : List.copyOf(session.ringing)) {
            stopRingingAt(call, session);
        }
    }

    /**
     * Ends calls whose time is over: those to be continued after a restart whose other side has not rejoined, and those
     * that nobody answers.
     *
     * @param graceMs how long a call waits for a side that is gone, in milliseconds
     * @param ringLimitMs how long a call may ring, in milliseconds
     */
    public void sweep(int graceMs, int ringLimitMs) {
        for (Call call : calls.all()) {
            if (call.phase == Phase.REJOINING && (clock.nanoTime() - call.sinceNs) / NS_PER_MS >= graceMs) {
                end(call, null, CallEnding.PEER_LOST);
            } else if (ringing.isOver(call, ringLimitMs)) {
                end(call, null, CallEnding.NO_ANSWER);
            }
        }
        remote.sweep(graceMs);
        ended.sweep();
    }
}
