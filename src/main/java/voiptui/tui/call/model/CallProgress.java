package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.CallState;

/**
 * How far the call has got. Immutable.
 *
 * @param state the current state
 * @param calling the addresses and codec of the attempt; null: it has not begun
 * @param connected what both sides agreed on; null: not connected yet, or a classic call
 * @param security whether it is encrypted
 * @param peerState what the other side tells about itself; null: nothing
 * @param summary the totals of the call; null: it is not over
 */
public record CallProgress(
        State state,
        CallEvent.@Nullable Calling calling,
        CallEvent.@Nullable Connected connected,
        CallSecurity security,
        CallEvent.@Nullable PeerState peerState,
        CallEvent.@Nullable Summary summary) {

    /**
     * The state of a call. Times are milliseconds since 1970; 0 means "not yet".
     *
     * @param changed the event that led to it
     * @param sinceMs when the call entered the state, whatever number of attempts it took
     * @param retryAtMs when the next attempt is due; 0 if none is
     * @param registeredMs when the relay last accepted the registration
     * @param answeredMs when the peer was first heard; the call's duration counts from here
     */
    public record State(
            CallEvent.StateChanged changed, long sinceMs, long retryAtMs, long registeredMs, long answeredMs) {

        /** Returns the state's name. */
        public CallState name() {
            return changed.state();
        }

        /** Returns the state after {@code next}. */
        public State after(CallEvent.StateChanged next, long nowMs) {
            boolean same = name() == next.state();
            boolean unregistered = name() == CallState.CONNECTING || name() == CallState.RELAY_LOST;
            boolean registers = unregistered
                    && switch (next.state()) {
                        case WAITING, RINGING, IN_CALL -> true;
                        case CONNECTING, PEER_SILENT, RELAY_LOST, ENDED -> false;
                    };
            boolean firstHeard = next.state() == CallState.IN_CALL && answeredMs == 0;
            // With --stay the next caller starts another call.
            boolean callOver = next.state() == CallState.WAITING && name() != CallState.RELAY_LOST;
            return new State(
                    next,
                    same ? sinceMs : nowMs,
                    next.retryInMs() > 0 ? nowMs + next.retryInMs() : 0,
                    registers ? nowMs : registeredMs,
                    firstHeard ? nowMs : callOver ? 0 : answeredMs);
        }
    }

    static CallProgress first(long nowMs) {
        CallEvent.StateChanged connecting = new CallEvent.StateChanged(CallState.CONNECTING, 0, 0, 0, null, "");
        return new CallProgress(new State(connecting, nowMs, 0, 0, 0), null, null, CallSecurity.NONE, null, null);
    }

    /** Returns the progress after a change of state. */
    public CallProgress after(CallEvent.StateChanged changed, long nowMs) {
        CallSecurity next = changed.state() == CallState.ENDED ? security.answered() : security;
        return new CallProgress(state.after(changed, nowMs), calling, connected, next, peerState, summary);
    }

    /** Returns a copy with the attempt's addresses and codec. */
    public CallProgress with(CallEvent.Calling newCalling) {
        return new CallProgress(state, newCalling, connected, security, peerState, summary);
    }

    /** Returns a copy with what both sides agreed on. */
    public CallProgress with(CallEvent.Connected newConnected) {
        return new CallProgress(state, calling, newConnected, security.answered(), null, summary);
    }

    /** Returns a copy with other news about the encryption. */
    public CallProgress with(CallSecurity newSecurity) {
        return new CallProgress(state, calling, connected, newSecurity, peerState, summary);
    }

    /** Returns a copy with what the other side tells about itself. */
    public CallProgress with(CallEvent.PeerState newState) {
        return new CallProgress(state, calling, connected, security, newState, summary);
    }

    /** Returns whether the other side has muted its microphone, as it tells. */
    public boolean isPeerMuted() {
        return peerState != null && peerState.muted();
    }

    /** Returns whether the other side has put the call on hold, as it tells. */
    public boolean isPeerHolding() {
        return peerState != null && peerState.onHold();
    }

    /** Returns whether the other side records the call, as it tells. */
    public boolean isPeerRecording() {
        return peerState != null && peerState.recording();
    }

    /** Returns a copy with the call's totals: the call is over. */
    public CallProgress with(CallEvent.Summary newSummary) {
        return new CallProgress(state, calling, connected, security, peerState, newSummary);
    }
}
