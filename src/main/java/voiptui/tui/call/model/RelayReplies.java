package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * How the relay replies to control messages. Immutable.
 *
 * @param last its last reply; null: none yet
 * @param lastMs when that came, in milliseconds since 1970
 * @param rttMs the round trip of each reply
 * @param failures the number of requests that failed
 * @param problem why the last request failed; empty if it succeeded
 */
public record RelayReplies(
        CallEvent.@Nullable RelayAnswered last, long lastMs, History rttMs, int failures, String problem) {

    static final RelayReplies NONE = new RelayReplies(null, 0, History.EMPTY, 0, "");

    RelayReplies with(CallEvent.RelayAnswered reply, long nowMs) {
        return new RelayReplies(reply, nowMs, rttMs.with(reply.rttMs()), failures, "");
    }

    RelayReplies failed(String newProblem) {
        return new RelayReplies(last, lastMs, rttMs, failures + 1, newProblem);
    }

    /** Returns the round trip that fills the height of a history of that many values, in milliseconds. */
    public static double fullRttMs(History rttMs, int values) {
        return Math.max(10, rttMs.max(values) * 1.25);
    }
}
