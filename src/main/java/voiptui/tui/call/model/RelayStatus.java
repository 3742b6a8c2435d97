package voiptui.tui.call.model;

import voiptui.event.CallEvent;
import voiptui.tui.widget.History;
import voiptui.tui.widget.SessionStatus;

/**
 * The connection to the relay. Immutable.
 *
 * @param replies how it replies to control messages
 * @param session the v2 session; {@link SessionStatus#NONE} in a classic call
 */
public record RelayStatus(RelayReplies replies, SessionStatus session) {

    static final RelayStatus NONE = new RelayStatus(RelayReplies.NONE, SessionStatus.NONE);

    /** Returns a copy with another reply. */
    public RelayStatus with(CallEvent.RelayAnswered reply, long nowMs) {
        return new RelayStatus(replies.with(reply, nowMs), session);
    }

    /** Returns a copy after a failed request. */
    public RelayStatus with(CallEvent.RelayFailed failure) {
        return new RelayStatus(replies.failed(failure.problem()), session);
    }

    /** Returns a copy with another session status. */
    public RelayStatus with(SessionStatus newSession) {
        return new RelayStatus(replies, newSession);
    }

    /** Returns the round trips by UDP if they are known, since media takes that path, otherwise those of the replies. */
    public History rttMs() {
        return session.rttMs().size() > 0 ? session.rttMs() : replies.rttMs();
    }
}
