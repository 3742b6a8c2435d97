package voiptui.line;

import voiptui.event.EventBus;
import voiptui.signal.ClientMessage;
import voiptui.time.NanoClock;

/**
 * A line to a relay of the second protocol, with its threads.
 *
 * <p>{@link #start} begins; from then on the listener is told what happens, and the bus what people want to see ({@link
 * voiptui.event.LineEvent}).
 */
public final class RelayLine implements AutoCloseable {

    /** Prepares a line; no thread runs yet. */
    public RelayLine(LineConfig config, EventBus bus, NanoClock clock, LineListener listener) {
        throw new UnsupportedOperationException("later");
    }

    /** Begins to connect. */
    public void start() {
        throw new UnsupportedOperationException("later");
    }

    /** Says something to the relay; lost where there is no connection. Any thread; never waits. */
    public void say(ClientMessage message) {
        throw new UnsupportedOperationException("later");
    }

    /** The way of media; there from the beginning, though nothing gets through before the relay took us. */
    public MediaPath media() {
        throw new UnsupportedOperationException("later");
    }

    /** Says goodbye, closes everything and joins the threads; waits a second at the most. Any thread. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("later");
    }
}
