package voiptui.cli.service;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import voiptui.relay.Relay;
import voiptui.relay.registrar.Drain;

/**
 * Decides when a relay stops: at Ctrl+C or when its screen is left, at once; at SIGTERM, when its calls have ended or the time for
 * that is over; at a second signal, at once. Passes on what else the operator's signals ask for. Any thread; never blocks.
 */
public final class RelayShutdown {

    private volatile Drain drain;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ServiceManager manager;
    private volatile @Nullable Relay running;

    /**
     * Creates the decision about a relay that is about to start.
     *
     * @param drain what SIGTERM does; with a time of 0 it stops the relay at once
     * @param manager is told when the relay runs, and when it stops
     */
    public RelayShutdown(Drain drain, ServiceManager manager) {
        this.manager = manager;
        this.drain = drain;
    }

    /** Changes what SIGTERM does. */
    public void use(Drain changed) {
        drain = changed;
    }

    /** Notes that the relay runs. */
    public void onStarted(Relay relay) {
        running = relay;
        relay.drained().thenRun(this::stop);
        manager.onStarted(relay);
    }

    /** Has the relay reread its files, if it runs; see {@link Relay#reload}. */
    public void reload(Relay.ConfigSource source) {
        Relay relay = running;
        if (relay != null) {
            manager.onReloading();
            relay.reload(source).thenRun(manager::onReloaded);
        }
    }

    /** Stops the relay at once. */
    public void stop() {
        manager.onStopping();
        stop.countDown();
    }

    /** Stops the relay as SIGTERM does. */
    public void terminate() {
        Relay relay = running;
        Drain how = drain;
        if (relay == null || how.withinMs() == 0 || !relay.drain(how)) {
            stop();
        } else {
            manager.onDraining(how.withinMs());
        }
    }

    /** Returns what is counted down when the relay is to stop now. */
    CountDownLatch latch() {
        return stop;
    }
}
