package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * How full the jitter buffer is.
 *
 * @param last the last reading; {@code null} before the first
 * @param depthMs the depth in each reading
 */
public record BufferReading(CallEvent.JitterBufferFill last, History depthMs) {

    static final BufferReading NONE = new BufferReading(null, History.EMPTY);

    BufferReading with(CallEvent.JitterBufferFill reading) {
        return new BufferReading(reading, depthMs.with(reading.depthMs()));
    }

    /** The most sound that it holds; 0 before the first reading. */
    int capacityMs() {
        return last == null ? 0 : last.capacityMs();
    }
}
