package voiptui.relay.call;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.protocol.CallEnding;
import voiptui.protocol.MediaCodec;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.CallProgress;
import voiptui.relay.call.Call.Phase;
import voiptui.relay.media.MediaPlane;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * The calls: who is rung by which, who is connected, and what comes free when one is over. What stations and classic
 * clients say is taken apart elsewhere ({@link CallMessageHandler}, {@link ClassicBridge}); the moves that it leads to are here.
 *
 * <p>Owned by the control thread.
 */
final class CallController {

    /** How often classic clients may make phones ring, or note that they were missed, all together: nobody knows who they are. */
    static final int CLASSIC_RINGS_PER_MINUTE = 30;

    private static final long MINUTE_NS = 60_000_000_000L;

    private final Sessions stations;
    private final ClassicRegistry classic;
    private final MediaPlane media;
    private final EventBus events;
    private final Counters counters;
    private final NanoClock clock;
    private final InstantSource calendar;
    private final EndedCalls ended;
    private final RateLimiter classicRings;
    /** All that are not over, the oldest first. */
    private final Map<String, Call> calls = new LinkedHashMap<>();

    CallController(
            Sessions stations,
            ClassicRegistry classic,
            MediaPlane media,
            EventBus events,
            Counters counters,
            NanoClock clock,
            InstantSource calendar) {
        this.stations = stations;
        this.classic = classic;
        this.media = media;
        this.events = events;
        this.counters = counters;
        this.clock = clock;
        this.calendar = calendar;
        this.ended = new EndedCalls(clock);
        this.classicRings = new RateLimiter(CLASSIC_RINGS_PER_MINUTE, MINUTE_NS, clock);
    }

    /** The call of that number, if it is not over. */
    Optional<Call> find(String id) {
        return Optional.ofNullable(calls.get(id));
    }

    /** All that are not over, the oldest first. */
    List<Call> calls() {
        return List.copyOf(calls.values());
    }

    /** The calls that are over since a moment ago. */
    EndedCalls ended() {
        return ended;
    }

    /** The call that a classic client makes and that is not connected yet. */
    Optional<Call> madeBy(ClassicClient client) {
        return calls.values().stream()
                .filter(call -> call.caller == client && call.phase != Phase.CONNECTED)
                .findFirst();
    }

    /** Enters a call, whose number is not in use. */
    Call begin(String id, CallParty caller, CallTarget target, List<MediaCodec> codecs, Phase phase) {
        Call call = new Call(id, caller, target, codecs, phase, clock.nanoTime());
        calls.put(id, call);
        if (caller instanceof ClientSession station) {
            station.made.add(call);
        }
        return call;
    }

    /**
     * Takes a call as far as it comes now: connects it where the other side calls too, else rings, else waits, or ends it
     * where all phones are busy.
     *
     * @param isNew whether the caller is told how it stands whatever that is; and whether busy phones end it, which a call
     *     that has waited before outlasts
     */
    void place(Call call, boolean isNew) {
        Optional<Call> mutual = findMutual(call);
        if (mutual.isPresent()) {
            connectMutual(mutual.get(), call);
            return;
        }
        if (!mayRing(call)) {
            return;
        }
        List<ClientSession> phones = stations.all(phone -> phone.answers() && concerns(call, phone));
        List<ClientSession> idle = phones.stream().filter(ClientSession::isIdle).toList();
        List<ClientSession> busy = phones.stream().filter(ClientSession::isBusy).toList();
        if (!idle.isEmpty()) {
            ring(call, idle);
        } else if (call.ringing.isEmpty() && !busy.isEmpty() && isNew) {
            busy.forEach(phone -> tellMissed(call, phone));
            if (call.caller instanceof ClientSession) {
                end(call, null, CallEnding.BUSY);
            }
        } else if (call.ringing.isEmpty() && isNew) {
            call.caller.say(new RelayMessage.Progress(call.id, CallProgress.WAITING));
        }
    }

    /** Whether the call may make phones ring: its caller could talk, and is not to keep quiet. */
    private static boolean mayRing(Call call) {
        return (call.phase == Phase.WAITING || call.phase == Phase.RINGING)
                && isAvailable(call.caller)
                && !(call.caller instanceof ClassicClient client && client.isHushed());
    }

    private static boolean isAvailable(CallParty party) {
        return party.isThere() && party.talk() == null;
    }

    /** Whether {@code phone} is one that the call is for: not the caller's own, and none that has rejected it. */
    private static boolean concerns(Call call, ClientSession phone) {
        return call.target.means(phone) && !areOne(call.caller, phone) && !call.rejectedBy.contains(phone);
    }

    /** Whether two are the same, or go by the same name. */
    private static boolean areOne(CallParty one, CallParty other) {
        return one == other
                || one instanceof ClientSession
                        && other instanceof ClientSession
                        && one.callerId().equals(other.callerId());
    }

    private void tellMissed(Call call, ClientSession phone) {
        if (call.missedBy.add(phone) && (call.caller instanceof ClientSession || classicRings.allows())) {
            phone.say(new RelayMessage.Missed(call.caller.callerId(), calendar.millis()));
        }
    }

    private void ring(Call call, List<ClientSession> phones) {
        boolean first = call.phase != Phase.RINGING;
        if (first && call.caller instanceof ClassicClient client && !classicRings.allows()) {
            client.hush(clock.nanoTime());
            return;
        }
        call.phase = Phase.RINGING;
        for (ClientSession phone : phones) {
            call.ringing.add(phone);
            phone.rung.add(call);
            sayIncoming(call, phone);
        }
        if (first) {
            call.caller.say(new RelayMessage.Progress(call.id, CallProgress.RINGING));
            events.publish(
                    new RelayEvent.CallRinging(call.id, call.caller.callerId(), call.target.toString(), phones.size()));
        }
    }

    /** Tells a phone that it rings. */
    void sayIncoming(Call call, ClientSession phone) {
        phone.say(new RelayMessage.Incoming(call.id, call.caller.callerId(), call.codecs));
    }

    /** The oldest call by somebody whom {@code call} is for, to its caller: the two want each other. */
    private Optional<Call> findMutual(Call call) {
        if (call.phase == Phase.CONNECTED || !isAvailable(call.caller)) {
            return Optional.empty();
        }
        return calls.values().stream()
                .filter(other -> other.phase != Phase.CONNECTED
                        && isAvailable(other.caller)
                        && !areOne(call.caller, other.caller)
                        && !(call.caller instanceof ClassicClient && other.caller instanceof ClassicClient)
                        && call.target.means(other.caller)
                        && other.target.means(call.caller))
                .findFirst();
    }

    private void connectMutual(Call one, Call other) {
        Call stays = goesBefore(one, other) ? one : other;
        Call goes = stays == one ? other : one;
        if (MediaCodec.common(stays.codecs, goes.codecs).isEmpty()) {
            // Both at once: what comes free by the end of one must not ring for the other.
            List<CallParty> free = new ArrayList<>(finish(stays, null, CallEnding.NO_CODEC));
            free.addAll(finish(goes, null, CallEnding.NO_CODEC));
            free.forEach(party -> letGo(party, null, CallEnding.NO_CODEC));
            return;
        }
        List<ClientSession> rang = List.copyOf(goes.ringing);
        retire(goes);
        rang.forEach(phone -> phone.say(new RelayMessage.Ended(goes.id, CallEnding.CANCELLED)));
        connect(stays, goes.caller, goes.codecs, goes.id);
        rang.forEach(this::lookAgain);
    }

    /** Which of two calls the other becomes: the one that its caller talks in already, as it believes; else the older. */
    private boolean goesBefore(Call one, Call other) {
        if ((one.phase == Phase.REJOINING) != (other.phase == Phase.REJOINING)) {
            return one.phase == Phase.REJOINING;
        }
        return calls.values().stream()
                        .filter(call -> call == one || call == other)
                        .findFirst()
                        .orElseThrow()
                == one;
    }

    /**
     * Connects the caller with {@code callee}, or ends the call where they have no codec in common.
     *
     * @param replaces a call of the callee's that was this one all along, or {@code null}
     */
    void connect(Call call, CallParty callee, List<MediaCodec> calleeCodecs, String replaces) {
        Optional<MediaCodec> codec = MediaCodec.common(call.codecs, calleeCodecs);
        if (codec.isEmpty()) {
            if (!(callee instanceof ClientSession station && call.ringing.contains(station))) {
                callee.say(new RelayMessage.Ended(call.id, CallEnding.NO_CODEC));
            }
            end(call, null, CallEnding.NO_CODEC);
            return;
        }
        List<ClientSession> rang = List.copyOf(call.ringing);
        stopRinging(call);
        if (call.caller instanceof ClientSession station) {
            station.made.remove(call);
        }
        call.phase = Phase.CONNECTED;
        call.callee = callee;
        call.codec = codec.get();
        call.replaces = replaces;
        call.connectedNs = clock.nanoTime();
        call.caller.setTalk(call);
        callee.setTalk(call);
        media.pair(call.caller.flow(), callee.flow());
        counters.increment(Counter.CALLS_CONNECTED);
        events.publish(new RelayEvent.CallConnected(
                call.id,
                call.caller.callerId(),
                callee.callerId(),
                call.codec.wire(),
                call.packets().wire()));
        rang.stream()
                .filter(phone -> phone != callee)
                .forEach(phone -> phone.say(new RelayMessage.Ended(call.id, CallEnding.ELSEWHERE)));
        sayConnected(call, call.caller, null);
        sayConnected(call, callee, replaces);
        dropOthers(call.caller);
        dropOthers(callee);
        rang.forEach(this::lookAgain);
    }

    /** Tells one side of a call that it is connected. */
    void sayConnected(Call call, CallParty party, String replaces) {
        party.say(new RelayMessage.Connected(
                call.id, call.other(party).callerId(), call.codec, call.packets(), replaces));
    }

    /** Whoever talks neither calls somebody else nor is rung by another. */
    private void dropOthers(CallParty party) {
        if (party instanceof ClientSession station) {
            for (Call made : List.copyOf(station.made)) {
                end(made, null, CallEnding.CANCELLED);
            }
            for (Call rung : List.copyOf(station.rung)) {
                station.say(new RelayMessage.Ended(rung.id, CallEnding.CANCELLED));
                stopRingingAt(rung, station);
            }
        }
    }

    /** {@code phone} rings no more for a call that goes on, at another phone or as it can. */
    private void stopRingingAt(Call call, ClientSession phone) {
        call.ringing.remove(phone);
        phone.rung.remove(call);
        if (!call.ringing.isEmpty()) {
            return;
        }
        if (!call.rejectedBy.isEmpty()) {
            end(call, null, CallEnding.REJECTED);
        } else {
            call.phase = Phase.WAITING;
            place(call, true);
        }
    }

    /** A phone does not take a call that rings there. */
    void reject(Call call, ClientSession phone) {
        call.ringing.remove(phone);
        phone.rung.remove(call);
        call.rejectedBy.add(phone);
        if (call.ringing.isEmpty()) {
            end(call, phone, CallEnding.REJECTED);
        }
        lookAgain(phone);
    }

    /**
     * Ends a call, and lets those who come free look for what is next.
     *
     * @param by who ended it and need not be told; {@code null} for nobody in it
     */
    void end(Call call, CallParty by, CallEnding reason) {
        finish(call, by, reason).forEach(party -> letGo(party, by, reason));
    }

    /** Ends a call, and returns who had to do with it. */
    private List<CallParty> finish(Call call, CallParty by, CallEnding reason) {
        List<CallParty> parties = new ArrayList<>();
        parties.add(call.caller);
        parties.addAll(call.ringing);
        if (call.callee != null) {
            parties.add(call.callee);
        }
        remember(call, parties, reason);
        retire(call);
        for (CallParty party : parties) {
            if (party != by) {
                party.say(new RelayMessage.Ended(call.id, reason));
            }
        }
        return parties;
    }

    private void remember(Call call, List<CallParty> parties, CallEnding reason) {
        if (call.caller instanceof ClassicClient && call.phase == Phase.WAITING) {
            // No station has heard of it.
            return;
        }
        Set<String> mayKnow = new LinkedHashSet<>(List.of(call.target.toString()));
        parties.forEach(party -> mayKnow.add(party.callerId()));
        ended.add(call.id, reason, mayKnow);
        long talkedMs = call.phase == Phase.CONNECTED ? (clock.nanoTime() - call.connectedNs) / NS_PER_MS : 0;
        events.publish(
                new RelayEvent.CallEnded(call.id, call.caller.callerId(), call.calleeId(), reason.wire(), talkedMs));
    }

    /** Takes a call out of everything that it is in, without a word. */
    private void retire(Call call) {
        calls.remove(call.id);
        stopRinging(call);
        if (call.caller instanceof ClientSession station) {
            station.made.remove(call);
        }
        if (call.phase == Phase.CONNECTED) {
            media.unpair(call.caller.flow(), call.callee.flow());
            call.caller.setTalk(null);
            call.callee.setTalk(null);
        }
    }

    private static void stopRinging(Call call) {
        call.ringing.forEach(phone -> phone.rung.remove(call));
        call.ringing.clear();
    }

    private void letGo(CallParty party, CallParty by, CallEnding reason) {
        if (party instanceof ClientSession station) {
            lookAgain(station);
        } else if (party instanceof ClassicClient client && client != by) {
            boolean unwanted = reason == CallEnding.REJECTED
                    || reason == CallEnding.NO_CODEC
                    || reason == CallEnding.HUNG_UP && by != null && by.isThere();
            if (unwanted) {
                client.hush(clock.nanoTime());
            }
            classic.onReleased(client);
        }
    }

    /** A station came, came back or came free: its own calls may come further, and who waits for it may ring it. */
    void lookAgain(ClientSession station) {
        if (!isAvailable(station)) {
            return;
        }
        for (Call made : List.copyOf(station.made)) {
            if (calls.get(made.id) == made && made.phase != Phase.CONNECTED) {
                place(made, false);
            }
        }
        if (station.isIdle()) {
            calls.values().stream()
                    .filter(call -> mayRing(call) && concerns(call, station))
                    .findFirst()
                    .ifPresent(call -> ring(call, List.of(station)));
        }
    }

    /**
     * A station is forgotten, and has been taken out of {@link Sessions} already.
     *
     * @param lost whether it did not come back, rather than said so
     */
    void forget(ClientSession station, boolean lost) {
        if (station.talk() != null) {
            end(station.talk(), station, lost ? CallEnding.PEER_LOST : CallEnding.HUNG_UP);
        }
        for (Call made : List.copyOf(station.made)) {
            end(made, station, lost ? CallEnding.PEER_LOST : CallEnding.CANCELLED);
        }
        for (Call rung : List.copyOf(station.rung)) {
            stopRingingAt(rung, station);
        }
    }

    /** Ends calls that were to go on after a restart, and whose other side has not come for {@code withinMs}. */
    void sweep(long withinMs) {
        long nowNs = clock.nanoTime();
        for (Call call : calls()) {
            if (call.phase == Phase.REJOINING && (nowNs - call.sinceNs) / NS_PER_MS >= withinMs) {
                end(call, null, CallEnding.PEER_LOST);
            }
        }
        ended.sweep();
    }

    /** {@code former} has given way to {@code heir}, a client started anew; all that was between it and a station goes on. */
    void replace(ClassicClient former, ClassicClient heir) {
        Call talk = former.talk();
        if (talk != null) {
            former.setTalk(null);
            heir.setTalk(talk);
            talk.caller = talk.caller == former ? heir : talk.caller;
            talk.callee = talk.callee == former ? heir : talk.callee;
            media.pair(talk.caller.flow(), talk.callee.flow());
        } else {
            madeBy(former).ifPresent(call -> call.caller = heir);
        }
    }
}
