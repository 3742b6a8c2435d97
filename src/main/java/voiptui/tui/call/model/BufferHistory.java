package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * Readings of the jitter buffer. Immutable.
 *
 * @param last the last reading; null: none yet
 * @param depthMs depth in each reading, in milliseconds
 */
public record BufferHistory(CallEvent.@Nullable JitterBufferFill last, History depthMs) {

    static final BufferHistory NONE = new BufferHistory(null, History.EMPTY);

    BufferHistory with(CallEvent.JitterBufferFill reading) {
        return new BufferHistory(reading, depthMs.with(reading.depthMs()));
    }

    /** Returns the buffer's capacity in milliseconds; 0 before the first reading. */
    public int capacityMs() {
        return last == null ? 0 : last.capacityMs();
    }
}
