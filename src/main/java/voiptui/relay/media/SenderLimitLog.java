package voiptui.relay.media;

import java.net.InetSocketAddress;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/** Names the senders whose datagrams are cut: each once a minute, and not more than a few a minute. Any media thread. */
final class SenderLimitLog {

    /** The shortest time between two lines about one sender. */
    static final long INTERVAL_NS = 60_000_000_000L;
    /** Lines per minute about all senders together; the counter covers the rest. */
    static final int LINES_PER_MINUTE = 10;

    private final EventBus events;
    private final RateLimiter lines;

    SenderLimitLog(EventBus events, NanoClock clock) {
        this.events = events;
        this.lines = new RateLimiter(LINES_PER_MINUTE, INTERVAL_NS, clock);
    }

    /** Notes a cut datagram of {@code flow}, which the calling thread has. */
    void onCut(Flow flow, SenderLimit limit, long nowNs) {
        limit.cut++;
        if (limit.nextLineNs - nowNs > 0) {
            return;
        }
        limit.nextLineNs = nowNs + INTERVAL_NS;
        if (allowsLine()) {
            InetSocketAddress source = flow.source;
            events.publish(new RelayEvent.SenderLimited(
                    flow.client(), source == null ? "tunnel" : IpText.of(source), limit.cut));
        }
        limit.cut = 0;
    }

    /** Once a minute for each sender, so that the lock is free. */
    private synchronized boolean allowsLine() {
        return lines.allows();
    }
}
