package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * Readings of the playout delay. Immutable.
 *
 * @param last the last reading; null: none yet
 * @param delayMs the delay in each reading, in milliseconds
 */
public record BufferHistory(CallEvent.@Nullable PlayoutDelay last, History delayMs) {

    static final BufferHistory NONE = new BufferHistory(null, History.EMPTY);

    /** The least full scale, in milliseconds, and its steps. */
    private static final int SCALE_MS = 100;

    BufferHistory with(CallEvent.PlayoutDelay reading) {
        return new BufferHistory(reading, delayMs.with(reading.delayMs()));
    }

    /** Returns the full scale for the last {@code readings}, in milliseconds: a multiple of 100 that leaves room. */
    public int scaleMs(int readings) {
        double highest = Math.max(last == null ? 0 : last.targetMs(), delayMs.max(readings));
        return SCALE_MS * Math.max(1, (int) Math.ceil(highest * 5 / 4 / SCALE_MS));
    }
}
