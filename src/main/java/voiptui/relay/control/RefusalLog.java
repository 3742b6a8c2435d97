package voiptui.relay.control;

import java.net.InetSocketAddress;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Publishes refusals, at most ten a second, and internal errors, at most one a minute, so that nobody can flood the log.
 * Owned by the control thread.
 */
final class RefusalLog {

    private static final int REFUSALS_PER_SECOND = 10;
    private static final long SECOND_NS = 1_000_000_000L;

    private final EventBus events;
    private final RateLimiter refusals;
    private final RateLimiter errors;

    RefusalLog(EventBus events, NanoClock clock) {
        this.events = events;
        this.refusals = new RateLimiter(REFUSALS_PER_SECOND, SECOND_NS, clock);
        this.errors = new RateLimiter(1, 60 * SECOND_NS, clock);
    }

    /**
     * Publishes that a connection was refused.
     *
     * @param reply the answer, as on the wire
     * @param reason the reason, for people
     */
    void refused(InetSocketAddress from, String reply, String reason) {
        if (refusals.allows()) {
            events.publish(new RelayEvent.Refused(IpText.of(from), reply, reason));
        }
    }

    /** Publishes that handling a control message failed. */
    void failed(Throwable failure) {
        if (errors.allows()) {
            events.publish(new RelayEvent.Warning("internal error while handling a control message: " + failure));
        }
    }
}
