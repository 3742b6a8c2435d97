package voiptui.relay.control;

import java.net.InetSocketAddress;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Publishes refusals, which the bus limits for each address, and internal errors, at most one a minute, so that nobody can
 * flood the log. Owned by the control thread.
 */
final class RefusalLog {

    private static final long ERROR_INTERVAL_NS = 60_000_000_000L;

    private final EventBus events;
    private final RateLimiter errors;

    RefusalLog(EventBus events, NanoClock clock) {
        this.events = events;
        this.errors = new RateLimiter(1, ERROR_INTERVAL_NS, clock);
    }

    /**
     * Publishes that a connection was refused.
     *
     * @param reply the answer, as on the wire
     * @param reason the reason, for people
     */
    void refused(InetSocketAddress from, String reply, String reason) {
        events.publish(new RelayEvent.Refused(IpText.of(from), reply, reason));
    }

    /** Publishes that handling a control message failed. */
    void failed(Throwable failure) {
        if (errors.allows()) {
            events.publish(new RelayEvent.Warning("internal error while handling a control message: " + failure));
        }
    }
}
