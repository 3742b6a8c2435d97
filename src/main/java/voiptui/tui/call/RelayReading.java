package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * How the relay is.
 *
 * @param answered its last answer; {@code null} before the first
 * @param answeredMs when that was
 * @param rttMs the round trip of each answer
 * @param failures how many questions it did not answer as it should, in all
 * @param problem what was wrong the last time, for people; an empty string when all is well
 */
public record RelayReading(
        CallEvent.RelayAnswered answered, long answeredMs, History rttMs, int failures, String problem) {

    static final RelayReading NONE = new RelayReading(null, 0, History.EMPTY, 0, "");

    RelayReading with(CallEvent.RelayAnswered answer, long nowMs) {
        return new RelayReading(answer, nowMs, rttMs.with(answer.rttMs()), failures, "");
    }

    /** The round trip that fills the height of a history of so many values. */
    static double fullRttMs(History rttMs, int values) {
        return Math.max(10, rttMs.max(values) * 1.25);
    }

    RelayReading failed(String newProblem) {
        return new RelayReading(answered, answeredMs, rttMs, failures + 1, newProblem);
    }
}
