package voiptui.cli.run;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import voiptui.relay.Relay;
import voiptui.relay.call.Drain;

/**
 * Decides when a relay stops: at Ctrl+C or when its screen is left, at once; at SIGTERM, when its calls have ended or the time for
 * that is over; at a second signal, at once. Any thread; never blocks.
 */
public final class RelayShutdown {

    private final Drain drain;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Relay running;

    /**
     * Creates the decision about a relay that is about to start.
     *
     * @param drain what SIGTERM does; with a time of 0 it stops the relay at once
     */
    public RelayShutdown(Drain drain) {
        this.drain = drain;
    }

    /** Handles signals from now on. SIGHUP is left to {@link ProcessSignals#onHangup}. */
    public void onSignals() {
        ProcessSignals.onTerminate(this::terminate);
        ProcessSignals.onInterrupt(this::stop);
    }

    /** Notes that the relay runs. */
    public void onStarted(Relay relay) {
        running = relay;
        relay.drained().thenRun(this::stop);
    }

    /** Stops the relay at once. */
    public void stop() {
        stop.countDown();
    }

    /** Stops the relay as SIGTERM does. */
    public void terminate() {
        Relay relay = running;
        if (relay == null || drain.withinMs() == 0 || !relay.drain(drain)) {
            stop();
        }
    }

    /** Returns what is counted down when the relay is to stop now. */
    CountDownLatch latch() {
        return stop;
    }
}
