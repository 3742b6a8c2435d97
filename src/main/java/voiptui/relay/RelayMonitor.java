package voiptui.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import voiptui.event.Counters;
import voiptui.event.RelayEvent;
import voiptui.relay.call.ActiveCalls;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.media.MediaThreads;
import voiptui.relay.media.measure.Distribution;
import voiptui.relay.media.measure.LegLosses;
import voiptui.relay.media.measure.LegMeter;
import voiptui.relay.metrics.MetricsSource;
import voiptui.relay.registrar.SessionHandler;

/**
 * What monitoring sees of a running relay. Any thread may call its methods; {@link #lookAtLegs} belongs to the control thread.
 */
final class RelayMonitor implements MetricsSource {

    private final Executor control;
    private final ClassicRegistry classic;
    private final SessionHandler sessions;
    private final Counters counters;
    private final IntSupplier maxClients;
    private final IntSupplier names;
    private final Supplier<List<RelayEvent.RelayStatus>> relays;
    private final BooleanSupplier ready;
    private final Supplier<CompletableFuture<Void>> heartbeat;
    private final Supplier<Distribution> forwardingTimes;
    private final LegLosses losses = new LegLosses();

    /**
     * Begins to measure.
     *
     * @param control the control thread
     * @param names how many client names have an owner; called by the control thread
     * @param relays the other relays of the cluster; called by the control thread
     * @param ready whether new calls are accepted; called by any thread
     * @param heartbeat completes when the threads that serve clients have answered; called by any thread
     */
    RelayMonitor(
            Executor control,
            MediaThreads media,
            ClassicRegistry classic,
            SessionHandler sessions,
            Counters counters,
            IntSupplier maxClients,
            IntSupplier names,
            Supplier<List<RelayEvent.RelayStatus>> relays,
            BooleanSupplier ready,
            Supplier<CompletableFuture<Void>> heartbeat) {
        this.control = control;
        this.classic = classic;
        this.sessions = sessions;
        this.counters = counters;
        this.maxClients = maxClients;
        this.names = names;
        this.relays = relays;
        this.ready = ready;
        this.heartbeat = heartbeat;
        this.forwardingTimes = media.measureForwarding();
    }

    /** Counts what was lost on the legs of calls since the last look. Control thread. */
    void lookAtLegs() {
        List<LegMeter> legs = new ArrayList<>(sessions.load().legs());
        legs.addAll(classic.legs());
        losses.look(legs);
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public CompletableFuture<Readings> readings() {
        return CompletableFuture.supplyAsync(this::read, control);
    }

    private Readings read() {
        ActiveCalls.Load load = sessions.load();
        List<RelayEvent.RelayStatus> others = relays.get();
        int reachable =
                (int) others.stream().filter(RelayEvent.RelayStatus::reachable).count();
        return new Readings(
                names.getAsInt(),
                maxClients.getAsInt(),
                sessions.size(),
                load.online(),
                classic.size(),
                new Calls(
                        load.unanswered(),
                        load.calls(),
                        load.mixedCalls(),
                        classic.legs().size() / 2),
                new Relays(reachable, others.size() - reachable));
    }

    @Override
    public Distribution forwardingTimes() {
        return forwardingTimes.get();
    }

    @Override
    public Distribution lossesFromClients() {
        return losses.fromClients();
    }

    @Override
    public Distribution lossesToClients() {
        return losses.toClients();
    }

    @Override
    public CompletableFuture<Void> heartbeat() {
        return heartbeat.get();
    }

    @Override
    public boolean isReady() {
        return ready.getAsBoolean();
    }
}
