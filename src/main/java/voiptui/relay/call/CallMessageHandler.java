package voiptui.relay.call;

import java.util.Optional;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.protocol.CallEnding;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.ClientName;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;
import voiptui.relay.call.Call.Phase;

/**
 * Handles v2 clients' messages about calls: checks that the client takes part in the call, and asks the
 * {@link CallController} for the change. A client that refers to a call it has no part in is told that it is unknown.
 *
 * <p>Owned by the control thread.
 */
public final class CallMessageHandler {

    /** How many calls a client may place at once; one more is {@code busy}, as is any during a connected call. */
    static final int MAX_PLACING = 4;
    /** How many calls a client may place in a minute. */
    public static final int CALLS_PER_MINUTE = 30;

    private final CallController controller;
    private final Counters counters;

    /** Creates a handler that has calls changed by {@code controller}. */
    public CallMessageHandler(CallController controller, Counters counters) {
        this.controller = controller;
        this.counters = counters;
    }

    /** Handles a call request. A repeated one, because the answer may have been lost, is answered with the state. */
    public void onCall(ClientSession session, ClientMessage.Call message) {
        Optional<CallTarget> target = CallTarget.parse(message.to()).filter(parsed -> !parsed.isName(session.name()));
        if (target.isEmpty() && ClientName.parse(message.to()).isPresent()) {
            session.send(new RelayMessage.Ended(message.call(), CallEnding.OWN_NAME));
        } else if (isUsed(message.call()) || target.isEmpty()) {
            sendState(session, message.call(), true);
        } else if (controller.isDraining()) {
            controller.notifier().sendEnded(message.call(), session, true, CallEnding.DRAINING);
        } else if (!mayPlace(session)) {
            session.send(new RelayMessage.Ended(message.call(), CallEnding.BUSY));
        } else {
            counters.increment(Counter.CALLS_PLACED);
            Call call = controller.create(
                    message.call(), session, target.get(), checked(message.offer(), session), Phase.WAITING);
            controller.place(call, true);
        }
    }

    /** Returns whether a call with that id exists or ended recently. */
    private boolean isUsed(String id) {
        return find(id).isPresent() || controller.ended().contains(id);
    }

    private Optional<Call> find(String id) {
        return controller.calls().find(id);
    }

    /** Returns whether a client may place one more call: it has one media path, and must not occupy others' phones. */
    private static boolean mayPlace(ClientSession session) {
        return session.activeCall() == null && session.placing.size() < MAX_PLACING && session.callLimit.allows();
    }

    /** Returns an offer without a fingerprint that is not that of the client's certificate, so that nobody shows another's. */
    private static MediaOffer checked(MediaOffer offer, ClientSession session) {
        return session.fingerprint().equals(offer.fingerprint()) ? offer : offer.with(null);
    }

    /** Handles the answer to a call; ends the call that the client is in, if it is in one. */
    public void onAccept(ClientSession session, ClientMessage.Accept message) {
        Optional<Call> call = find(message.call());
        Call active = session.activeCall();
        if (active != null && call.isPresent() && call.get().ringing.contains(session)) {
            controller.end(active, session, CallEnding.HUNG_UP);
        }
        if (call.isPresent() && call.get().ringing.contains(session)) {
            controller.connect(call.get(), session, checked(message.offer(), session), null);
        } else {
            sendState(session, message.call());
        }
    }

    /** Handles the rejection of a call. */
    public void onReject(ClientSession session, ClientMessage.Reject message) {
        find(message.call())
                .filter(call -> call.ringing.contains(session))
                .ifPresentOrElse(
                        call -> {
                            call.objection = call.ringing.size() == 1 ? message.why() : null;
                            controller.reject(call, session);
                        },
                        () -> sendState(session, message.call()));
    }

    /**
     * Handles the end of a call in any state, also of one that was merged into another, which the client may not know
     * yet.
     */
    public void onHangup(ClientSession session, ClientMessage.Hangup message) {
        Optional<Call> found = find(message.call())
                .or(() -> Optional.ofNullable(session.activeCall())
                        .filter(active -> active.connected().callee == session
                                && message.call().equals(active.connected().replaces)));
        if (found.isEmpty()) {
            sendState(session, message.call());
            return;
        }
        Call call = found.get();
        if (call.isBetween(session)) {
            call.objection = message.why();
            controller.end(call, session, CallEnding.HUNG_UP);
        } else if (call.caller == session) {
            controller.end(call, session, call.phase == Phase.REJOINING ? CallEnding.HUNG_UP : CallEnding.CANCELLED);
        } else if (call.ringing.contains(session)) {
            controller.reject(call, session);
        } else if (call.phase == Phase.REJOINING && call.target.matches(session)) {
            // It hung up while the relay restarted, and the other side does not know yet.
            controller.end(call, session, CallEnding.HUNG_UP);
        } else {
            sendState(session, call.id);
        }
    }

    /** Handles a client's claim to be in a call: it still is, or the call has ended, or began before this relay did. */
    public void onRejoin(ClientSession session, ClientMessage.Rejoin message) {
        Optional<Call> known = find(message.call());
        Optional<CallTarget> peer = CallTarget.parse(message.peer())
                .filter(parsed -> !parsed.isName(session.name()))
                .filter(parsed -> parsed instanceof CallTarget.Address
                        == (message.format().packets() == PacketFormat.CLASSIC));
        boolean confirmed = known.isPresent()
                && known.get().phase == Phase.REJOINING
                && known.get().caller != session
                && session.activeCall() == null
                && known.get().target.matches(session)
                && peer.filter(parsed -> parsed.matches(known.get().caller)).isPresent();
        boolean hasComeHere = known.isPresent()
                && known.get().phase == Phase.CONNECTED
                && session.activeCall() == null
                && controller.remote().comeHere(known.get(), session, message.peer());
        if (confirmed) {
            controller.connect(known.get(), session, offerOf(message, session), null);
        } else if (hasComeHere) {
            sendState(session, message.call());
        } else if (isUsed(message.call()) || peer.isEmpty() || !mayPlace(session)) {
            sendState(session, message.call());
        } else {
            Call call =
                    controller.create(message.call(), session, peer.get(), offerOf(message, session), Phase.REJOINING);
            controller.place(call, true);
            if (call.phase == Phase.REJOINING && peer.get() instanceof CallTarget.Name) {
                controller.remote().rejoin(call, session, message);
            }
        }
    }

    private static MediaOffer offerOf(ClientMessage.Rejoin message, ClientSession session) {
        return checked(message.format().offer().with(message.fingerprint()), session);
    }

    private void sendState(ClientSession session, String id) {
        sendState(session, id, false);
    }

    /**
     * Sends a client the state of a call that it referred to, or that there is no such call, or why it ended.
     *
     * @param isCaller whether it referred to the call as its caller
     */
    private void sendState(ClientSession session, String id, boolean isCaller) {
        Optional<Call> call = find(id);
        if (call.isPresent() && (call.get().isBetween(session) || call.get().caller == session)) {
            controller.notifier().sendState(call.get(), session);
        } else if (call.isPresent() && call.get().ringing.contains(session)) {
            controller.notifier().sendIncoming(call.get(), session);
        } else {
            boolean elsewhere = call.map(Call::connection)
                    .filter(connection -> connection.callee.callerId().equals(session.name()))
                    .isPresent();
            CallEnding reason = elsewhere
                    ? CallEnding.ELSEWHERE
                    : controller.ended().reason(id, session.name()).orElse(CallEnding.UNKNOWN);
            controller.notifier().sendEnded(id, session, isCaller, reason);
        }
    }
}
