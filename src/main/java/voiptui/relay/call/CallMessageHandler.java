package voiptui.relay.call;

import java.util.List;
import java.util.Optional;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.PacketFormat;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.CallProgress;
import voiptui.relay.call.Call.Phase;

/**
 * What stations say about calls: whether it concerns a call of theirs, and which move of the {@link CallController} it asks for.
 * Whoever names a call that it has no part in hears that there is none.
 *
 * <p>Owned by the control thread.
 */
final class CallMessageHandler {

    /** How many calls a station may be making at once. One more is {@code busy}: so is a station that talks. */
    static final int MAX_MADE = 4;
    /** How many calls a station may begin in a minute. */
    static final int CALLS_PER_MINUTE = 30;

    private final CallController exchange;
    private final Counters counters;

    CallMessageHandler(CallController exchange, Counters counters) {
        this.exchange = exchange;
        this.counters = counters;
    }

    /** {@code station} calls somebody. The same again, say since it is not sure to have been heard, does no harm. */
    void onCall(ClientSession station, ClientMessage.Call message) {
        Optional<CallTarget> target =
                CallTarget.parse(message.to()).filter(wanted -> !station.name().equals(wanted.name()));
        if (isUsed(message.call()) || target.isEmpty()) {
            sayHowItStands(station, message.call());
        } else if (!mayBegin(station)) {
            station.say(new RelayMessage.Ended(message.call(), CallEnding.BUSY));
        } else {
            counters.increment(Counter.CALLS_PLACED);
            exchange.place(
                    exchange.begin(message.call(), station, target.get(), message.codecs(), Phase.WAITING), true);
        }
    }

    /** Whether a call of that number is there, or was until a moment ago. */
    private boolean isUsed(String id) {
        return exchange.find(id).isPresent() || exchange.ended().contains(id);
    }

    /** Whether a station may make one more call: it has one way of media, and is not to keep others from theirs. */
    private static boolean mayBegin(ClientSession station) {
        return station.talk() == null && station.made.size() < MAX_MADE && station.callLimit.allows();
    }

    /** {@code station} takes a call that rings there. */
    void onAccept(ClientSession station, ClientMessage.Accept message) {
        Optional<Call> call = exchange.find(message.call());
        if (call.isPresent() && call.get().ringing.contains(station)) {
            exchange.connect(call.get(), station, message.codecs(), null);
        } else {
            sayHowItStands(station, message.call());
        }
    }

    /** {@code station} does not take a call that rings there. */
    void onReject(ClientSession station, ClientMessage.Reject message) {
        exchange.find(message.call())
                .filter(call -> call.ringing.contains(station))
                .ifPresentOrElse(call -> exchange.reject(call, station), () -> sayHowItStands(station, message.call()));
    }

    /**
     * {@code station} wants a call of its to be over, however far it has come: also one that became another meanwhile,
     * which it may not know yet.
     */
    void onHangup(ClientSession station, ClientMessage.Hangup message) {
        Optional<Call> found = exchange.find(message.call())
                .or(() -> Optional.ofNullable(station.talk())
                        .filter(talk -> talk.callee == station && message.call().equals(talk.replaces)));
        if (found.isEmpty()) {
            sayHowItStands(station, message.call());
            return;
        }
        Call call = found.get();
        if (call.joins(station)) {
            exchange.end(call, station, CallEnding.HUNG_UP);
        } else if (call.caller == station) {
            exchange.end(call, station, call.phase == Phase.REJOINING ? CallEnding.HUNG_UP : CallEnding.CANCELLED);
        } else if (call.ringing.contains(station)) {
            exchange.reject(call, station);
        } else {
            sayHowItStands(station, call.id);
        }
    }

    /** {@code station} believes itself in a call: it still is, or is no more, or was before this relay started. */
    void onRejoin(ClientSession station, ClientMessage.Rejoin message) {
        Optional<Call> known = exchange.find(message.call());
        Optional<CallTarget> peer = CallTarget.parse(message.peer())
                .filter(wanted -> !station.name().equals(wanted.name()))
                .filter(wanted -> (wanted.name() == null) == (message.packets() == PacketFormat.CLASSIC));
        boolean restored = known.isPresent()
                && known.get().phase == Phase.REJOINING
                && known.get().caller != station
                && station.talk() == null
                && known.get().target.means(station)
                && peer.filter(wanted -> wanted.means(known.get().caller)).isPresent();
        if (restored) {
            exchange.connect(known.get(), station, List.of(message.codec()), null);
        } else if (isUsed(message.call()) || peer.isEmpty() || !mayBegin(station)) {
            sayHowItStands(station, message.call());
        } else {
            exchange.place(
                    exchange.begin(message.call(), station, peer.get(), List.of(message.codec()), Phase.REJOINING),
                    true);
        }
    }

    /** Tells a station about a call that it named: what it has to do with it, or that there is none, or none any more. */
    private void sayHowItStands(ClientSession station, String id) {
        Optional<Call> call = exchange.find(id);
        if (call.isPresent() && (call.get().joins(station) || call.get().caller == station)) {
            sayHowItStands(station, call.get());
        } else if (call.isPresent() && call.get().ringing.contains(station)) {
            exchange.sayIncoming(call.get(), station);
        } else {
            boolean elsewhere = call.isPresent()
                    && call.get().phase == Phase.CONNECTED
                    && call.get().callee.callerId().equals(station.name());
            station.say(new RelayMessage.Ended(
                    id,
                    elsewhere
                            ? CallEnding.ELSEWHERE
                            : exchange.ended().reason(id, station.name()).orElse(CallEnding.UNKNOWN)));
        }
    }

    private void sayHowItStands(ClientSession station, Call call) {
        switch (call.phase) {
            case CONNECTED -> exchange.sayConnected(call, station, null);
            case RINGING -> station.say(new RelayMessage.Progress(call.id, CallProgress.RINGING));
            case WAITING -> station.say(new RelayMessage.Progress(call.id, CallProgress.WAITING));
            default -> {
                // it waits for the other side to come back, and is told when that is so
            }
        }
    }
}
