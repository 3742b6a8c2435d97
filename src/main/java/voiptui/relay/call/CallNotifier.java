package voiptui.relay.call;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.RelayEvent;
import voiptui.protocol.CallEnding;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.RelayMessage.CallProgress;

/**
 * Tells the parties of a call what has become of it, and the relay's operator. What happens is decided by
 * {@link CallController}.
 *
 * <p>Owned by the control thread.
 */
public final class CallNotifier {

    private final RelayContext relay;

    CallNotifier(RelayContext relay) {
        this.relay = relay;
    }

    /** Tells a phone that it rings. */
    void sendIncoming(Call call, ClientSession phone) {
        phone.send(incoming(call));
    }

    private static RelayMessage.Incoming incoming(Call call) {
        return new RelayMessage.Incoming(call.id, call.caller.callerId(), call.offer, call.caller.fingerprint());
    }

    /**
     * Tells a client that has reconnected what it may have missed: what was sent and may be lost, and each call that still
     * rings there, because it has stopped ringing when it lost the connection.
     */
    public void repeat(ClientSession session) {
        List<RelayMessage> repeated = session.repeatUnconfirmed();
        for (Call call : session.ringing) {
            if (!repeated.contains(incoming(call))) {
                sendIncoming(call, session);
            }
        }
    }

    /** Tells a phone that is in use who calls. */
    void sendMissed(Call call, ClientSession phone) {
        phone.send(new RelayMessage.Missed(
                call.caller.callerId(), relay.wallClock().millis(), call.caller.fingerprint()));
    }

    /** Tells the caller that nobody can be rung yet. */
    void sendWaiting(Call call) {
        call.caller.send(new RelayMessage.Progress(call.id, CallProgress.WAITING));
    }

    /** Tells the caller, and the operator, that phones ring. */
    void sendRinging(Call call, int phones) {
        call.caller.send(new RelayMessage.Progress(call.id, CallProgress.RINGING));
        relay.events()
                .publish(new RelayEvent.CallRinging(call.id, call.caller.callerId(), call.target.toString(), phones));
    }

    /**
     * Tells one side of a connected call that it is connected.
     *
     * @param replaces the id of a call by that side that was merged into this one; null: none
     */
    void sendConnected(Call call, CallParty party, @Nullable String replaces) {
        party.send(new RelayMessage.Connected(
                call.id,
                call.other(party).callerId(),
                call.connected().format,
                replaces,
                call.otherFingerprint(party)));
    }

    /** Tells the operator that the two sides are connected. */
    void reportConnected(Call call) {
        Call.Connection connection = call.connected();
        relay.events()
                .publish(new RelayEvent.CallConnected(
                        call.id,
                        call.caller.callerId(),
                        connection.callee.callerId(),
                        connection.format.codec().wire(),
                        connection.format.packets().wire()));
    }

    /** Tells the caller, or one of the two connected sides, the state of a call that has not ended. */
    void sendState(Call call, ClientSession session) {
        switch (call.phase) {
            case CONNECTED -> sendConnected(call, session, null);
            case RINGING -> session.send(new RelayMessage.Progress(call.id, CallProgress.RINGING));
            case WAITING -> session.send(new RelayMessage.Progress(call.id, CallProgress.WAITING));
            case REJOINING -> {
                // No message: the client is told once the other side has rejoined.
            }
        }
    }

    /** Tells a party that a call has ended, or rings there no longer. */
    void sendEnded(Call call, CallParty party, CallEnding reason) {
        party.send(new RelayMessage.Ended(call.id, asKnownTo(party, party == call.caller, reason), call.objection));
    }

    /**
     * Tells a party that a call has ended, or that there is no such call.
     *
     * @param isCaller whether it is the caller, or takes itself for it
     */
    void sendEnded(String id, CallParty party, boolean isCaller, CallEnding reason) {
        party.send(new RelayMessage.Ended(id, asKnownTo(party, isCaller, reason)));
    }

    /** Returns the reason for a client, whose program may be older than the reason. */
    private static CallEnding asKnownTo(CallParty party, boolean isCaller, CallEnding reason) {
        if (party instanceof RemoteParty) {
            return reason;
        }
        boolean isKnown = switch (reason) {
            case NO_ANSWER -> party instanceof ClientSession session && session.hasCallWaiting();
            case DRAINING -> party instanceof ClientSession session && session.knowsDraining();
            default -> true;
        };
        if (isKnown) {
            return reason;
        }
        return isCaller ? CallEnding.BUSY : CallEnding.CANCELLED;
    }

    /**
     * Tells the operator that a call has ended.
     *
     * @param connectedMs how long the two sides were connected, in milliseconds; 0: they were not
     */
    void reportEnded(Call call, CallEnding reason, long connectedMs) {
        relay.events()
                .publish(new RelayEvent.CallEnded(
                        call.id, call.caller.callerId(), call.calleeId(), reason.wire(), connectedMs));
    }
}
