package voiptui.relay;

import static voiptui.time.NanoClock.NS_PER_MS;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.registrar.Drain;
import voiptui.relay.registrar.SessionHandler;
import voiptui.time.NanoClock;

/**
 * Lets a relay stop without an interruption: new clients and calls are refused, and those that there are have time to end. Any
 * thread may call its methods; it works on the control thread.
 */
final class DrainWait {

    /** How often to look whether the last call has ended, in milliseconds; also the time that clients have at least. */
    private static final long CHECK_MS = 100;

    private final EventLoop control;
    private final ClassicRegistry registry;
    private final SessionHandler sessions;
    private final EventBus events;
    private final NanoClock clock;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Prepares to wait for the calls of {@code registry} and {@code sessions}. */
    DrainWait(EventLoop control, ClassicRegistry registry, SessionHandler sessions, EventBus events, NanoClock clock) {
        this.control = control;
        this.registry = registry;
        this.sessions = sessions;
        this.events = events;
        this.clock = clock;
    }

    /** Begins; returns at once. False: it has begun already. */
    boolean begin(Drain how) {
        if (begun.getAndSet(true)) {
            return false;
        }
        long startedNs = clock.nanoTime();
        control.execute(() -> {
            String to = how.to();
            events.publish(
                    new RelayEvent.Draining(how.withinMs(), to == null ? "" : to, sessions.size() + registry.size()));
            sessions.drain(how);
            awaitCalls(startedNs + how.withinMs() * NS_PER_MS);
        });
        return true;
    }

    private void awaitCalls(long deadlineNs) {
        long leftMs = (deadlineNs - clock.nanoTime()) / NS_PER_MS;
        control.schedule(
                () -> {
                    boolean isOver = clock.nanoTime() - deadlineNs >= 0;
                    if (isOver || !sessions.hasCalls() && !registry.hasPairs()) {
                        ended.complete(null);
                    } else {
                        awaitCalls(deadlineNs);
                    }
                },
                Math.max(0, Math.min(leftMs + 1, CHECK_MS)),
                TimeUnit.MILLISECONDS);
    }

    /** Returns whether it has begun. */
    boolean hasBegun() {
        return begun.get();
    }

    /** Returns what completes when there are no calls any more, or the time is over. */
    CompletionStage<Void> ended() {
        return ended;
    }
}
